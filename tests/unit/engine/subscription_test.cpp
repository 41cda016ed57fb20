// A subscription is a cursor that sleeps: woken when there is something to read and not before,
// once for whatever happens until its worker has run; and a seat that the newest one holds.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "support/engine_kit.hpp"
#include "support/fake_journal.hpp"

namespace kinetide::testing {
namespace {

using kind = engine::delivery::kind;

struct one_worker final : engine::alarm {
    void ring() override { ++rings; }
    void run() {
        rings = 0;
        watches.wake();
    }
    int rings = 0;
    engine::watchman watches{*this};
};

struct reader final : engine::sleeper {
    void woken() override { ++wakes; }
    int wakes = 0;
};

class subscription : public ::testing::Test {
protected:
    std::unique_ptr<engine::subscription> subscribe(
        const std::string& consumer = "c", std::uint32_t shard = 0) {
        const auto from = stream->find_shard({shard});
        auto result = kit.engine.subscribe(
            kit.engine.control(), stream, from, consumer, {from->latest(), {}});
        if (result.made) result.made->settle(worker.watches);
        return std::move(result.made);
    }
    void put(std::uint32_t shard = 0) {
        kit.put_at(stream, stream->find_shard({shard})->birth().range.start, "data");
    }

    fake_journal journal;
    engine_kit kit{{}, &journal};
    std::shared_ptr<engine::stream> stream = kit.create("orders", 2);
    one_worker worker;
    reader r;
};

TEST_F(subscription, sleeps_until_records_are_visible) {
    const auto s = subscribe();
    ASSERT_TRUE(s->sleep(r));
    put();
    EXPECT_EQ(worker.rings, 0) << "not safe yet";
    kit.engine.make_visible(journal.make_safe());
    EXPECT_EQ(worker.rings, 1);
    worker.run();
    EXPECT_EQ(r.wakes, 1);
    const engine::delivery d = s->take(kit.clock.now());
    EXPECT_EQ(d.what, kind::records);
    EXPECT_EQ(d.records.size(), 1U);
    EXPECT_EQ(d.continuation, d.records.last_number());
    EXPECT_EQ(s->take(kit.clock.now()).what, kind::nothing);
}

TEST_F(subscription, does_not_sleep_while_there_is_something_to_read) {
    const auto s = subscribe();
    put();
    kit.engine.make_visible(journal.make_safe());
    EXPECT_FALSE(s->sleep(r));
    kit.split(stream, {1}, {(uint128_max >> 1U) + 10});
    const auto closed = subscribe("c", 1);
    EXPECT_FALSE(closed->sleep(r));
    EXPECT_EQ(closed->take(kit.clock.now()).what, kind::shard_end);
}

TEST_F(subscription, is_rung_for_once_over_all_shards_until_the_worker_runs) {
    const auto first = subscribe("c", 0);
    const auto second = subscribe("c", 1);
    reader other;
    ASSERT_TRUE(first->sleep(r));
    ASSERT_TRUE(second->sleep(other));
    for (int i = 0; i < 3; ++i) {
        put(0);
        put(1);
        kit.engine.make_visible(journal.make_safe());
    }
    EXPECT_EQ(worker.rings, 1);
    worker.run();
    EXPECT_EQ(r.wakes, 1);
    EXPECT_EQ(other.wakes, 1);
    put();
    kit.engine.make_visible(journal.make_safe());
    EXPECT_EQ(worker.rings, 0) << "nobody sleeps";
}

TEST_F(subscription, that_goes_away_is_neither_rung_for_nor_woken) {
    auto gone = subscribe();
    {
        reader short_lived;
        ASSERT_TRUE(gone->sleep(short_lived));
        put();
        kit.engine.make_visible(journal.make_safe());
        EXPECT_EQ(worker.rings, 1);
    }
    gone.reset();
    worker.run();
    put();
    kit.engine.make_visible(journal.make_safe());
    EXPECT_EQ(worker.rings, 0);
}

TEST_F(subscription, may_be_destroyed_by_another_that_wakes) {
    struct destroyer final : engine::sleeper {
        void woken() override { victim.reset(); }
        std::unique_ptr<reader> victim = std::make_unique<reader>();
    } first;
    const auto a = subscribe("a");
    const auto b = subscribe("b");
    ASSERT_TRUE(a->sleep(first));
    ASSERT_TRUE(b->sleep(*first.victim));
    put();
    kit.engine.make_visible(journal.make_safe());
    worker.run();
    EXPECT_EQ(first.victim, nullptr);
}

TEST_F(subscription, wakes_when_its_seat_is_lost) {
    const auto old = subscribe();
    ASSERT_TRUE(old->sleep(r));
    EXPECT_EQ(subscribe(), nullptr) << "within 5 s";
    EXPECT_EQ(worker.rings, 0);
    kit.clock.advance_ms(5'000);
    const auto young = subscribe();
    ASSERT_NE(young, nullptr);
    worker.run();
    EXPECT_EQ(r.wakes, 1);
    EXPECT_EQ(old->take(kit.clock.now()).what, kind::taken_over);

    ASSERT_TRUE(young->sleep(r));
    kit.remove(stream);
    worker.run();
    EXPECT_EQ(r.wakes, 2);
    EXPECT_EQ(young->take(kit.clock.now()).what, kind::gone);
    EXPECT_EQ(old->take(kit.clock.now()).what, kind::gone);
}

TEST_F(subscription, disturbs_nobody_who_has_another_seat) {
    const auto s = subscribe("c");
    ASSERT_TRUE(s->sleep(r));
    const auto other = subscribe("d");
    EXPECT_EQ(worker.rings, 0);
}

TEST_F(subscription, leaves_no_seat_behind_for_long) {
    for (int i = 0; i < 50; ++i) subscribe("c" + std::to_string(i));
    const auto kept = subscribe("kept");
    EXPECT_EQ(stream->subscriptions().size(), 51U);
    kit.clock.advance_ms(120'000);
    subscribe("last");
    EXPECT_EQ(stream->subscriptions().size(), 2U);
    EXPECT_EQ(kept->take(kit.clock.now()).what, kind::nothing) << "it is held";
}

TEST_F(subscription, is_over_after_five_minutes) {
    const auto s = subscribe();
    kit.clock.advance_ms(299'999);
    EXPECT_EQ(s->take(kit.clock.now()).what, kind::nothing);
    kit.clock.advance_ms(1);
    EXPECT_EQ(s->take(kit.clock.now()).what, kind::expired);
}

}  // namespace
}  // namespace kinetide::testing
