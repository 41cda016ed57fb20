// Rounds of splits and merges, as pure steps over ranges.

#include <gtest/gtest.h>

#include <kinetide/engine/reshard_plan.hpp>

#include <algorithm>
#include <random>

namespace kinetide::testing {
namespace {

using engine::reshaping;
using engine::shard_range;

std::vector<shard_range> initial(std::size_t count) {
    std::vector<shard_range> open;
    for (std::uint32_t i = 0; i < count; ++i) {
        open.push_back({shard_id{i}, hash_range::of_initial_shard(i, count)});
    }
    return open;
}

// Carries a round out, and checks that each step keeps the keys that its parents held.
void carry_out(std::vector<shard_range>& open, const std::vector<reshaping>& round) {
    static std::uint32_t next_id = 1'000'000;
    for (const reshaping& step : round) {
        const auto first = std::find_if(open.begin(), open.end(), [&](const shard_range& s) {
            return s.id == step.parents.front();
        });
        ASSERT_NE(first, open.end());
        const auto last = first + static_cast<std::ptrdiff_t>(step.parents.size());
        ASSERT_TRUE(std::prev(last)->id == step.parents.back());
        ASSERT_TRUE(step.ranges.front().start == first->range.start);
        ASSERT_TRUE(step.ranges.back().end == std::prev(last)->range.end);
        const auto at = open.erase(first, last);
        std::vector<shard_range> children;
        for (const hash_range& r : step.ranges) children.push_back({shard_id{next_id++}, r});
        open.insert(at, children.begin(), children.end());
    }
    ASSERT_TRUE(open.front().range.start.value == 0);
    ASSERT_TRUE(open.back().range.end.value == uint128_max);
    for (std::size_t i = 1; i < open.size(); ++i) {
        ASSERT_TRUE(open[i - 1].range.end.value + 1 == open[i].range.start.value);
    }
}

template <class Next>
int run(std::vector<shard_range>& open, std::size_t count, Next next) {
    int rounds = 0;
    while (true) {
        const auto round = next(open, count);
        if (round.empty()) return rounds;
        carry_out(open, round);
        if (::testing::Test::HasFatalFailure() || ++rounds > 100) return -1;
    }
}

TEST(reshard_plan, makes_equal_ranges_from_equal_ones) {
    for (std::size_t from = 1; from <= 24; ++from) {
        for (std::size_t count = (from + 1) / 2; count <= 2 * from; ++count) {
            auto open = initial(from);
            EXPECT_GE(run(open, count, engine::next_uniform_round), 0);
            ASSERT_EQ(open.size(), count) << from << " to " << count;
            const uint128 ideal = uint128_max / count;
            for (const shard_range& s : open) {
                const uint128 width = s.range.end.value - s.range.start.value;
                EXPECT_TRUE((width > ideal ? width - ideal : ideal - width) < ideal / 200);
            }
        }
    }
}

TEST(reshard_plan, makes_equal_ranges_from_any) {
    std::mt19937_64 r(1);
    for (int i = 0; i < 50; ++i) {
        auto open = initial(1 + r() % 8);
        for (int j = 0; j < 12; ++j) {
            const std::size_t at = r() % open.size();
            const hash_range whole = open[at].range;
            const uint128 width = whole.end.value - whole.start.value;
            if (width < 1000) continue;
            const uint128 cut =
                whole.start.value + 2 + (static_cast<uint128>(r()) << 64) % (width - 2);
            carry_out(open, {{{open[at].id}, {{whole.start, {cut - 1}}, {{cut}, whole.end}}}});
        }
        const std::size_t count = 1 + r() % 16;
        EXPECT_GE(run(open, count, engine::next_uniform_round), 0);
        EXPECT_EQ(open.size(), count);
    }
}

TEST(reshard_plan, cuts_no_slivers) {
    auto open = initial(3);
    EXPECT_EQ(run(open, 6, engine::next_uniform_round), 1) << "splits alone";
    EXPECT_EQ(run(open, 3, engine::next_uniform_round), 1) << "merges alone";
}

TEST(reshard_plan, does_nothing_when_it_is_done) {
    auto open = initial(5);
    EXPECT_TRUE(engine::next_uniform_round(open, 5).empty());
    EXPECT_TRUE(engine::next_capacity_round(open, 5).empty());
}

TEST(reshard_plan, halves_the_widest_and_joins_the_narrowest) {
    auto open = initial(4);
    EXPECT_EQ(run(open, 6, engine::next_capacity_round), 1);
    ASSERT_EQ(open.size(), 6U);
    EXPECT_EQ(run(open, 4, engine::next_capacity_round), 1) << "the four halves join again";
    const auto widths = [&] {
        std::vector<bool> whole;
        for (const shard_range& s : open) {
            whole.push_back(s.range.end.value - s.range.start.value == uint128_max / 4);
        }
        return whole;
    };
    EXPECT_EQ(widths(), std::vector<bool>(4, true));
}

TEST(reshard_plan, comes_to_any_capacity) {
    for (std::size_t from = 1; from <= 20; ++from) {
        for (std::size_t count = 1; count <= 40; ++count) {
            auto open = initial(from);
            EXPECT_GE(run(open, count, engine::next_capacity_round), 0);
            EXPECT_EQ(open.size(), count);
        }
    }
}

TEST(reshard_plan, leaves_shards_of_one_key_whole) {
    const std::vector<shard_range> open{
        {shard_id{0}, {{0}, {0}}}, {shard_id{1}, {{1}, {uint128_max}}}};
    const auto round = engine::next_capacity_round(open, 4);
    ASSERT_EQ(round.size(), 1U);
    EXPECT_TRUE(round[0].parents[0] == shard_id{1});
}

}  // namespace
}  // namespace kinetide::testing
