// The laws of the engine, each over random histories of splits, merges, puts and clock steps.

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "support/engine_kit.hpp"

namespace kinetide::testing {
namespace {

using generator = std::mt19937_64;

hash_key any_hash(generator& r) { return {static_cast<uint128>(r()) << 64 | r()}; }

void expect_tiling(const engine::stream& s) {
    const auto open = open_shards(s);
    ASSERT_FALSE(open.empty());
    EXPECT_TRUE(open.front()->birth().range.start.value == 0);
    EXPECT_TRUE(open.back()->birth().range.end.value == uint128_max);
    for (std::size_t i = 1; i < open.size(); ++i) {
        const hash_range before = open[i - 1]->birth().range;
        EXPECT_TRUE(before.end.value + 1 == open[i]->birth().range.start.value);
    }
}

// Splits or merges at random.
void reshard(engine_kit& kit, const std::shared_ptr<engine::stream>& s, generator& r) {
    const auto open = open_shards(*s);
    const std::size_t at = r() % open.size();
    if (r() % 2 == 0 && at + 1 < open.size()) {
        kit.merge(s, open[at]->birth().id, open[at + 1]->birth().id);
        return;
    }
    const hash_range range = open[at]->birth().range;
    const uint128 width = range.end.value - range.start.value;
    if (width < 4) return;
    kit.split(s, open[at]->birth().id, {range.start.value + 2 + any_hash(r).value % (width - 2)});
}

TEST(laws, initial_shards_tile_whatever_their_number) {
    engine_kit kit;
    for (const std::uint32_t shards : {1U, 2U, 3U, 5U, 7U, 100U, 1000U}) {
        expect_tiling(*kit.create("s" + std::to_string(shards), shards));
    }
}

TEST(laws, open_shards_tile_after_any_reshards) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        generator r(seed);
        engine_kit kit;
        const auto s = kit.create("s", 1 + static_cast<std::uint32_t>(r() % 5));
        for (int i = 0; i < 50; ++i) {
            reshard(kit, s, r);
            expect_tiling(*s);
        }
    }
}

TEST(laws, a_record_goes_to_the_open_shard_that_holds_its_key) {
    generator r(1);
    engine_kit kit;
    const auto s = kit.create("s", 3);
    for (int i = 0; i < 300; ++i) {
        const hash_key key = any_hash(r);
        const engine::put_result put = kit.put_at(s, key, "x");
        const auto where = s->find_shard(put.shard);
        EXPECT_TRUE(where->birth().range.holds(key));
        EXPECT_FALSE(where->closing());
        if (i % 10 == 0) reshard(kit, s, r);
    }
}

TEST(laws, both_ends_of_each_range_belong_to_its_shard) {
    engine_kit kit;
    const auto s = kit.create("s", 7);
    for (const auto& one : s->shards()) {
        EXPECT_EQ(kit.put_at(s, one->birth().range.start, "x").shard, one->birth().id);
        EXPECT_EQ(kit.put_at(s, one->birth().range.end, "x").shard, one->birth().id);
    }
}

TEST(laws, known_keys_go_where_the_service_sends_them) {
    engine_kit kit;
    const auto s = kit.create("s", 3);
    EXPECT_EQ(kit.put(s, "a", "x").shard.index, 0U);
    EXPECT_EQ(kit.put(s, "b", "x").shard.index, 1U);
    EXPECT_EQ(kit.put(s, "e", "x").shard.index, 2U);
    EXPECT_EQ(kit.put(s, "f", "x").shard.index, 1U);
}

// Every number of a child is above every number of its parents, and numbers rise in each shard.
void expect_rising_numbers(const engine_kit& kit, const engine::stream& s) {
    std::map<shard_id, std::vector<read_record>> records;
    for (const auto& one : s.shards()) records[one->birth().id] = kit.read_all(s, *one);
    for (const auto& one : s.shards()) {
        const engine::shard_birth& birth = one->birth();
        sequence_number last = one->starting_number();
        instant last_arrival{};
        for (const read_record& r : records[birth.id]) {
            EXPECT_GT(r.number, last);
            EXPECT_EQ(r.number.text().size(), 56U);
            EXPECT_GE(r.arrival, last_arrival);
            last = r.number;
            last_arrival = r.arrival;
        }
        if (const auto closing = one->closing()) {
            EXPECT_GT(one->ending_number(*closing), last);
        }
        for (const auto& parent_id : {birth.parent, birth.adjacent_parent}) {
            if (!parent_id) continue;
            const auto parent = s.find_shard(*parent_id);
            EXPECT_GT(one->starting_number(), parent->ending_number(*parent->closing()));
        }
    }
}

TEST(laws, numbers_rise_whatever_the_clock_does) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        generator r(seed);
        engine_kit kit;
        const auto s = kit.create("s", 2);
        for (int i = 0; i < 400; ++i) {
            const std::int64_t steps_ms[] = {0, 0, 1, 900, 5'000, -3'600'000};
            kit.clock.advance_ms(steps_ms[r() % 6]);
            EXPECT_EQ(kit.put_at(s, any_hash(r), "x").outcome, engine::put_outcome::stored);
            if (i % 20 == 0) reshard(kit, s, r);
        }
        expect_rising_numbers(kit, *s);
    }
}

TEST(laws, twenty_reshards_in_one_second_on_a_frozen_clock) {
    generator r(3);
    engine_kit kit;
    const auto s = kit.create("s", 1);
    for (int i = 0; i < 20; ++i) {
        for (int n = 0; n < 5; ++n) kit.put_at(s, any_hash(r), "x");
        kit.clock.advance_ms(40);
        reshard(kit, s, r);
    }
    expect_rising_numbers(kit, *s);
    expect_tiling(*s);
}

TEST(laws, every_retained_record_is_read_once_in_order_by_any_page_size) {
    generator r(4);
    engine_kit kit;
    const auto s = kit.create("s", 1);
    const auto shard = s->find_shard({0});
    constexpr std::size_t records = 5'000;
    for (std::size_t i = 0; i < records; ++i) {
        kit.put(s, "key", std::to_string(i) + std::string(r() % 600, 'x'));
        kit.clock.advance_ms(static_cast<std::int64_t>(r() % 3));
    }
    for (const std::uint64_t page : {1U, 7U, 100U, 9'999U}) {
        const auto all = kit.read_all(*s, *shard, page);
        ASSERT_EQ(all.size(), records);
        for (std::size_t i = 0; i < records; ++i) {
            ASSERT_EQ(all[i].data.substr(0, all[i].data.find('x')), std::to_string(i));
        }
    }
}

TEST(laws, any_position_gives_the_first_record_at_or_after_it) {
    generator r(5);
    engine_kit kit;
    const auto s = kit.create("s", 1);
    const auto shard = s->find_shard({0});
    std::vector<sequence_number> numbers;
    std::vector<instant> arrivals;
    for (int i = 0; i < 1'000; ++i) {
        kit.clock.advance_ms(static_cast<std::int64_t>(r() % 4));
        numbers.push_back(kit.put(s, "k", std::to_string(i)).number);
        arrivals.push_back(kit.clock.now());
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        EXPECT_EQ(shard->position_at(numbers[i], false), i + 1);
        EXPECT_EQ(shard->position_at(numbers[i], true), i + 2);
        const auto first = std::lower_bound(arrivals.begin(), arrivals.end(), arrivals[i]);
        EXPECT_EQ(
            shard->position_at(arrivals[i]),
            static_cast<std::uint64_t>(first - arrivals.begin()) + 1);
    }
}

}  // namespace
}  // namespace kinetide::testing
