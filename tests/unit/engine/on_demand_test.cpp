// On-demand streams scale by what is written to them, on a clock that tests move.

#include <gtest/gtest.h>

#include <kinetide/engine/limits.hpp>

#include <set>

#include "support/engine_kit.hpp"

namespace kinetide::testing {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t day_ms = 24 * 60 * minute_ms;
constexpr std::int64_t mib = 1'048'576;

class on_demand : public ::testing::Test {
protected:
    on_demand() {
        {
            const auto control = kit.engine.control();
            engine::stream_created c;
            c.stream = {test_tenant, "s", kit.engine.next_generation(control, test_tenant)};
            c.at = c.settles_at = kit.engine.now();
            c.shard_count = limits::on_demand_shards;
            c.settings.mode = engine::stream_mode::on_demand;
            kit.engine.commit(control, c, kit.answer_after);
        }
        kit.engine.run_due();
        s = kit.engine.find(test_tenant, "s");
    }
    void pass(std::int64_t ms) {
        kit.clock.advance_ms(ms);
        kit.engine.run_due();
    }
    // Reports writes at this rate, without storing them, and closes the window.
    void write_for_a_quarter(std::int64_t bytes_per_s) {
        begin_window();
        for (int i = 0; i < 15; ++i) {
            s->on_demand().note(bytes_per_s * 60, 60, kit.engine.now());
            kit.clock.advance_ms(minute_ms);
        }
        kit.engine.run_due();
    }
    // With a first write, which is stored.
    void begin_window() { kit.put(s, "", ""); }
    void warm(std::int64_t mib_per_s) {
        {
            const auto control = kit.engine.control();
            engine::settings_changed c;
            c.stream = s->id();
            c.at = kit.engine.now();
            c.settles_at = c.at;
            c.settings = s->settings();
            c.settings.warm_mib_per_s = mib_per_s;
            kit.engine.commit(control, c, kit.answer_after);
        }
        kit.engine.run_due();
    }
    std::int64_t open() const { return s->state().open_shards; }

    engine_kit kit;
    std::shared_ptr<engine::stream> s;
};

TEST_F(on_demand, has_room_for_twice_the_peak) {
    write_for_a_quarter(39 * mib / 10);
    EXPECT_EQ(open(), 8);
}

TEST_F(on_demand, keeps_its_shards_while_twice_the_traffic_fits) {
    write_for_a_quarter(2 * mib);
    EXPECT_EQ(open(), 4);
    write_for_a_quarter(2 * mib + 1);
    EXPECT_EQ(open(), 5);
}

TEST_F(on_demand, does_not_scale_before_the_window_has_ended) {
    begin_window();
    s->on_demand().note(3600 * mib, 1, kit.engine.now());
    pass(15 * minute_ms - 1);
    EXPECT_EQ(open(), 4);
    pass(1);
    EXPECT_EQ(open(), 8);
}

TEST_F(on_demand, doubles_at_most_with_every_window) {
    write_for_a_quarter(20 * mib);
    EXPECT_EQ(open(), 8);
    pass(15 * minute_ms);
    EXPECT_EQ(open(), 16);
    pass(15 * minute_ms);
    EXPECT_EQ(open(), 32);
    pass(15 * minute_ms);
    EXPECT_EQ(open(), 40);
    pass(day_ms);
    EXPECT_EQ(open(), 40);
}

TEST_F(on_demand, forgets_a_peak_after_thirty_days) {
    write_for_a_quarter(8 * mib);
    pass(15 * minute_ms);
    EXPECT_EQ(open(), 16);
    pass(30 * day_ms - 15 * minute_ms - 1);
    EXPECT_EQ(open(), 16);
    pass(1);
    EXPECT_EQ(open(), 8);
    pass(15 * minute_ms);
    EXPECT_EQ(open(), 4);
    pass(30 * day_ms);
    EXPECT_EQ(open(), 4) << "four at least";
}

TEST_F(on_demand, remembers_a_lower_peak_when_the_higher_one_is_forgotten) {
    write_for_a_quarter(4 * mib);  // 8 shards
    pass(10 * day_ms);
    write_for_a_quarter(3 * mib);  // 6
    EXPECT_EQ(open(), 8);
    pass(20 * day_ms);
    EXPECT_EQ(open(), 6);
    pass(10 * day_ms);
    EXPECT_EQ(open(), 4);
}

TEST_F(on_demand, counts_records_like_a_shard_does) {
    begin_window();
    s->on_demand().note(1, 900 * 3'900, kit.engine.now());
    pass(15 * minute_ms);
    EXPECT_EQ(open(), 8);
}

TEST_F(on_demand, stays_within_the_regions_limit) {
    engine_kit other;
    engine::tenant_id elsewhere{"000000000000", "eu-north-1"};
    {
        const auto control = other.engine.control();
        engine::stream_created c;
        c.stream = {elsewhere, "s", 1};
        c.at = c.settles_at = other.engine.now();
        c.shard_count = 150;
        c.settings.mode = engine::stream_mode::on_demand;
        other.engine.commit(control, c, other.answer_after);
    }
    other.engine.run_due();
    const auto stream = other.engine.find(elsewhere, "s");
    other.put(stream, "k", "");
    stream->on_demand().note(900 * 1'000 * mib, 1, other.engine.now());
    other.clock.advance_ms(15 * minute_ms);
    other.engine.run_due();
    EXPECT_EQ(stream->state().open_shards, 200);
}

TEST_F(on_demand, waits_for_the_end_of_updating) {
    begin_window();
    s->on_demand().note(3600 * mib, 1, kit.engine.now());
    {
        const auto control = kit.engine.control();
        engine::settings_changed c;
        c.stream = s->id();
        c.at = kit.engine.now();
        c.settles_at = c.at + 20 * minute_ms;
        c.settings = s->settings();
        c.settings.retention_hours = 48;
        kit.engine.commit(control, c, kit.answer_after);
    }
    pass(15 * minute_ms);
    EXPECT_EQ(open(), 4);
    EXPECT_EQ(kit.engine.next_due(), kit.engine.now() + 5 * minute_ms) << "nothing is due before";
    pass(5 * minute_ms);
    EXPECT_EQ(open(), 8);
}

TEST_F(on_demand, holds_the_warm_floor) {
    warm(12);
    EXPECT_EQ(open(), 12) << "at once";
    pass(31 * day_ms);
    write_for_a_quarter(1);
    EXPECT_EQ(open(), 12);
    warm(0);
    EXPECT_EQ(open(), 6);
    pass(15 * minute_ms);
    EXPECT_EQ(open(), 4);
}

TEST_F(on_demand, keeps_the_shards_that_a_switch_brought) {
    const auto wide = kit.create("wide", 20);
    const auto to_mode = [&](engine::stream_mode mode) {
        const auto control = kit.engine.control();
        engine::settings_changed c;
        c.stream = wide->id();
        c.at = kit.engine.now();
        c.settles_at = c.at;
        c.settings = wide->settings();
        c.settings.mode = mode;
        kit.engine.commit(control, c, kit.answer_after);
    };
    to_mode(engine::stream_mode::on_demand);
    pass(1);
    kit.put(wide, "k", "x");
    pass(29 * day_ms);
    EXPECT_EQ(wide->state().open_shards, 20);
    to_mode(engine::stream_mode::provisioned);
    pass(60 * day_ms);
    EXPECT_EQ(wide->state().open_shards, 20) << "provisioned streams do not scale";
}

// Real records: 3,900 a second, for which four shards are enough and eight are wanted.
TEST_F(on_demand, finds_every_record_after_it_has_scaled) {
    constexpr int seconds = 900;
    constexpr int per_second = 39;  // the rest is reported: memory is not what this is about
    int put = 0;
    const auto write = [&](int count) {
        for (int i = 0; i < count; ++i) {
            const std::string key = "key-" + std::to_string(put % 97);
            EXPECT_EQ(kit.put(s, key, std::to_string(put++)).outcome, engine::put_outcome::stored);
        }
    };
    for (int second = 0; second < seconds; ++second) {
        write(per_second);
        s->on_demand().note(mib / 2, 3'900 - per_second, kit.engine.now());
        pass(1'000);
    }
    EXPECT_EQ(open(), 8);
    write(per_second);
    std::set<std::string> found;
    for (const auto& shard : s->shards()) {
        for (const read_record& r : kit.read_all(*s, *shard)) {
            EXPECT_TRUE(found.insert(r.data).second) << "twice: " << r.data;
        }
    }
    EXPECT_EQ(found.size(), static_cast<std::size_t>(put));
}

}  // namespace
}  // namespace kinetide::testing
