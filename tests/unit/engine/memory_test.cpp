// Memory follows the records: small shards are cheap, what expires or is deleted goes back, and a
// reader's page holds on to its bytes until the last moment.

#include <gtest/gtest.h>

#include <kinetide/engine/limits.hpp>
#include <kinetide/engine/shard.hpp>
#include <optional>
#include <thread>

#include "support/allocation_count.hpp"
#include "support/engine_kit.hpp"

namespace kinetide::testing {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

TEST(memory, empty_shards_hold_no_block) {
    engine_kit kit;
    kit.create("s", 1000);
    EXPECT_EQ(kit.engine.block_bytes(), 0);
}

TEST(memory, a_small_record_costs_one_page) {
    engine_kit kit;
    kit.put(kit.create("s", 1), "k", "small");
    EXPECT_EQ(kit.engine.block_bytes(), 4096);
}

// Beyond payload and key, blocks and the heap together: at most 48 bytes a record, small ones too.
TEST(memory, records_cost_their_bytes_and_at_most_48_more) {
    for (const std::size_t data_bytes : {100U, 1024U}) {
        engine_kit kit;
        const auto s = kit.create("s", 1);
        const std::string data(data_bytes, 'x');
        constexpr std::int64_t records = 50'000;
        const std::int64_t before = bytes_held();
        for (std::int64_t i = 0; i < records; ++i) kit.put(s, "key", data);
        const auto payload = records * static_cast<std::int64_t>(data_bytes + 3);
        const std::int64_t slack_of_last_block = 1 << 20;
        const std::int64_t all = kit.engine.block_bytes() + bytes_held() - before;
        EXPECT_LE(all - slack_of_last_block, payload + records * 48);
    }
}

TEST(memory, expired_blocks_go_back) {
    engine_kit kit;
    const auto s = kit.create("s", 1);
    const std::string data(10'000, 'x');
    for (int i = 0; i < 1'000; ++i) kit.put(s, "k", data);
    EXPECT_GT(kit.engine.block_bytes(), 10'000'000);

    kit.clock.advance_ms(day_ms);
    kit.engine.run_due();
    EXPECT_EQ(kit.read_all(*s, *s->find_shard({0})).size(), 1'000U) << "not older than a day yet";

    kit.clock.advance_ms(1);
    EXPECT_TRUE(kit.read_all(*s, *s->find_shard({0})).empty());
    kit.engine.run_due();
    EXPECT_EQ(kit.engine.block_bytes(), 0);
}

TEST(memory, a_deleted_stream_gives_its_blocks_back) {
    engine_kit kit;
    auto s = kit.create("s", 4);
    for (int i = 0; i < 1'000; ++i) kit.put(s, std::to_string(i), std::string(1'000, 'x'));
    kit.remove(s);
    EXPECT_EQ(kit.engine.find(test_tenant, "s"), nullptr);
    s.reset();
    EXPECT_EQ(kit.engine.block_bytes(), 0);
}

TEST(memory, a_reader_in_mid_page_keeps_its_bytes_while_retention_and_deletion_run) {
    engine_kit kit;
    auto s = kit.create("s", 1);
    for (int i = 0; i < 3'000; ++i) kit.put(s, "k", std::to_string(i) + std::string(1'000, 'x'));
    const instant now = kit.clock.now();
    auto read = std::optional(s->find_shard({0})->read(0, 10'000, now, s->horizon(now)));
    engine::page::cursor cursor(read->records);
    engine::record_view v;
    for (int i = 0; i < 1'500; ++i) ASSERT_TRUE(cursor.next(v));

    std::thread others([&] {
        kit.clock.advance_ms(2 * day_ms);
        kit.engine.run_due();
        kit.remove(s);
        s.reset();
    });
    for (int i = 1'500; i < 3'000; ++i) {
        ASSERT_TRUE(cursor.next(v));
        EXPECT_TRUE(v.data.as_text().starts_with(std::to_string(i) + "x"));
    }
    others.join();
    EXPECT_GT(kit.engine.block_bytes(), 3'000'000) << "the page pins its blocks";
    read.reset();
    EXPECT_EQ(kit.engine.block_bytes(), 0);
}

TEST(memory, a_closed_shard_vanishes_when_retention_has_passed_over_it) {
    engine_kit kit;
    const auto s = kit.create("s", 1);
    kit.put(s, "k", "old");
    kit.split(s, {0}, {1000});
    EXPECT_EQ(s->shards().size(), 3U);
    EXPECT_EQ(kit.read_all(*s, *s->find_shard({0})).size(), 1U);

    kit.clock.advance_ms(day_ms + 1);
    kit.engine.run_due();
    EXPECT_EQ(s->find_shard({0}), nullptr);
    EXPECT_EQ(s->shards().size(), 2U);
    EXPECT_EQ(kit.engine.block_bytes(), 0);
}

TEST(memory, a_closed_shard_stays_for_records_of_a_clock_that_went_back) {
    engine_kit kit;
    const auto s = kit.create("s", 1);
    kit.put(s, "k", "early");
    constexpr std::int64_t hour_ms = 3'600'000;
    kit.clock.advance_ms(2 * hour_ms);
    kit.put(s, "k", "late");
    kit.clock.advance_ms(-hour_ms);
    kit.split(s, {0}, {1000});
    const auto parent = s->find_shard({0});
    kit.clock.advance_ms(hour_ms + day_ms);
    kit.engine.run_due();
    ASSERT_EQ(s->find_shard({0}), parent);
    EXPECT_EQ(kit.read_all(*s, *parent).size(), 1U) << "the late one";
    kit.clock.advance_ms(2 * hour_ms);
    kit.engine.run_due();
    EXPECT_EQ(s->find_shard({0}), nullptr);
}

TEST(memory, a_page_ends_before_ten_mebibytes_but_gives_one_record_at_least) {
    engine_kit kit;
    const auto s = kit.create("s", 1);
    const std::string data(3 * 1024 * 1024, 'x');
    for (int i = 0; i < 5; ++i) kit.put(s, "k", data);
    kit.put(s, "k", std::string(limits::record_data_bytes_max, 'y'));
    const instant now = kit.clock.now();
    const auto shard = s->find_shard({0});
    const auto first = shard->read(0, 10'000, now, s->horizon(now));
    EXPECT_EQ(first.records.size(), 3U);
    EXPECT_EQ(shard->read(6, 10'000, now, s->horizon(now)).records.size(), 1U);
}

}  // namespace
}  // namespace kinetide::testing
