// A shard has an appended and a visible end: nothing is read, nor waited for as LATEST, before the
// journal has it safe; and what was safe survives a power cut, exactly.

#include <gtest/gtest.h>

#include "support/engine_kit.hpp"
#include "support/fake_journal.hpp"

namespace kinetide::testing {
namespace {

struct journaled : ::testing::Test {
    fake_journal journal;
    engine_kit kit{{}, &journal};

    void make_safe() { kit.engine.make_visible(journal.make_safe()); }
};

TEST_F(journaled, records_are_unseen_until_they_are_safe) {
    const auto s = kit.create("s", 1);
    const auto shard = s->find_shard({0});
    kit.answer_after = 0;
    kit.put(s, "k", "one");

    EXPECT_FALSE(journal.is_safe(kit.answer_after));
    EXPECT_TRUE(kit.read_all(*s, *shard).empty());
    EXPECT_EQ(shard->latest(), 1U);
    EXPECT_EQ(shard->appended_end(), 2U);

    make_safe();
    EXPECT_EQ(kit.read_all(*s, *shard).size(), 1U);
    EXPECT_EQ(shard->latest(), 2U);
}

TEST_F(journaled, millis_behind_latest_counts_visible_records_only) {
    const auto s = kit.create("s", 1);
    const auto shard = s->find_shard({0});
    kit.put(s, "k", "one");
    make_safe();
    kit.put(s, "k", "two");
    kit.clock.advance_ms(5'000);
    const instant now = kit.clock.now();

    const auto read = shard->read(0, 100, now, s->horizon(now));
    EXPECT_EQ(read.records.size(), 1U);
    EXPECT_EQ(read.millis_behind_latest, 0);
}

TEST_F(journaled, a_failed_journal_refuses_writes_and_goes_on_reading) {
    const auto s = kit.create("s", 1);
    kit.put(s, "k", "one");
    make_safe();
    journal.fail_from_now_on();

    EXPECT_EQ(kit.put(s, "k", "two").outcome, engine::put_outcome::journal_failed);
    make_safe();
    EXPECT_EQ(kit.read_all(*s, *s->find_shard({0})).size(), 1U);
    EXPECT_EQ(s->find_shard({0})->appended_end(), 2U);

    kit.create("other", 1);
    EXPECT_EQ(kit.engine.find(test_tenant, "other"), nullptr);
}

TEST_F(journaled, a_power_cut_leaves_exactly_what_was_safe) {
    const auto s = kit.create("s", 2);
    const hash_key low{0};
    const hash_key high{uint128_max};
    for (int i = 0; i < 50; ++i) kit.put_at(s, i % 2 == 0 ? low : high, std::to_string(i));
    kit.split(s, {0}, {1000});
    for (int i = 50; i < 100; ++i) kit.put_at(s, i % 2 == 0 ? low : high, std::to_string(i));
    make_safe();
    for (int i = 100; i < 150; ++i) kit.put_at(s, low, "lost");
    kit.remove(s);

    engine_kit after;
    journal.recover([&](const engine::change& c) { after.engine.apply(c); });
    const auto again = after.engine.find(test_tenant, "s");
    ASSERT_NE(again, nullptr);
    EXPECT_EQ(again->status(), engine::stream_status::active);
    EXPECT_EQ(again->id().generation, s->id().generation);
    std::size_t found = 0;
    for (const auto& shard : again->shards()) {
        const auto before = s->find_shard(shard->birth().id);
        ASSERT_NE(before, nullptr);
        EXPECT_EQ(before->birth().range, shard->birth().range);
        EXPECT_EQ(before->closing().has_value(), shard->closing().has_value());
        const auto old_records = kit.read_all(*s, *before);
        const auto records = after.read_all(*again, *shard);
        found += records.size();
        ASSERT_LE(records.size(), old_records.size());
        for (std::size_t i = 0; i < records.size(); ++i) {
            EXPECT_EQ(records[i].number, old_records[i].number);
            EXPECT_EQ(records[i].arrival, old_records[i].arrival);
            EXPECT_EQ(records[i].data, old_records[i].data);
        }
    }
    EXPECT_EQ(found, 100U);
}

TEST_F(journaled, numbers_go_on_rising_after_a_power_cut_and_a_clock_gone_back) {
    const auto s = kit.create("s", 1);
    const sequence_number last = kit.put(s, "k", "one").number;
    make_safe();

    engine_kit after;
    journal.recover([&](const engine::change& c) { after.engine.apply(c); });
    after.clock.advance_ms(-3'600'000);
    EXPECT_GT(after.put(after.engine.find(test_tenant, "s"), "k", "two").number, last);
}

}  // namespace
}  // namespace kinetide::testing
