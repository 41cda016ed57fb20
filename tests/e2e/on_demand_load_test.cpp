// An on-demand stream under what makes it scale: 3.9 MiB written in each of 900 seconds of the
// clock, 3.4 GiB in all, while it doubles; afterwards every record is found, in order, with its
// bytes.

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <string>

#include <kinetide/engine/limits.hpp>

#include "support/engine_kit.hpp"

namespace kinetide::testing {
namespace {

constexpr std::size_t mib = 1'048'576;
constexpr int seconds = 900;
constexpr int keys = 50;

class on_demand_load : public ::testing::Test {
protected:
    on_demand_load() {
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

    // The data begins with how many records its key had before.
    void put(std::size_t bytes) {
        const std::string key = "k" + std::to_string(count++ % keys);
        const std::uint64_t before = next_of_key[key]++;
        std::memcpy(data.data(), &before, sizeof before);
        const std::string_view some = std::string_view(data).substr(0, bytes - key.size());
        ASSERT_EQ(kit.put(s, key, some).outcome, engine::put_outcome::stored);
    }

    // Every record from the oldest shards to the newest, counted down from what was put.
    void expect_all() {
        std::map<std::string, std::uint64_t> read_of_key;
        for (const auto& one : s->shards()) {
            std::uint64_t position = 0;
            for (bool more = true; more;) {
                const auto r =
                    one->read(position, 100, kit.engine.now(), s->horizon(kit.engine.now()));
                engine::page::cursor cursor(r.records);
                for (engine::record_view v; cursor.next(v);) {
                    std::uint64_t before = 0;
                    std::memcpy(&before, v.data.as_text().data(), sizeof before);
                    ASSERT_EQ(before, read_of_key[std::string(*v.partition_key)]++);
                    ASSERT_EQ(v.data.as_text().back(), '.');
                }
                more = r.records.size() != 0;
                position = r.next_position;
            }
        }
        EXPECT_EQ(read_of_key, next_of_key);
    }

    engine_kit kit;
    std::shared_ptr<engine::stream> s;
    std::string data = std::string(mib, '.');
    std::map<std::string, std::uint64_t> next_of_key;
    int count = 0;
};

TEST_F(on_demand_load, leads_to_eight_shards_and_loses_nothing) {
    const std::size_t rest = mib * 9 / 10;
    for (int second = 0; second < seconds; ++second) {
        EXPECT_EQ(s->state().open_shards, 4);
        for (int i = 0; i < 3; ++i) put(mib);
        put(rest);
        kit.clock.advance_ms(1000);
        kit.engine.run_due();
    }
    EXPECT_EQ(s->state().open_shards, 8);
    for (int i = 0; i < keys; ++i) put(100);
    expect_all();
}

}  // namespace
}  // namespace kinetide::testing
