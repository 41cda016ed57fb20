// A full block's memory serves the next one; what nobody needs for a whole period goes back.

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <string>
#include <vector>

#include "../../../src/engine/block_memory.hpp"
#include "support/engine_kit.hpp"

namespace kinetide::testing {
namespace {

using engine::block_memory;
using engine::spare_memory;
using area = block_memory::area;

constexpr std::size_t full = block_memory::kept_bytes;

bool is_mapped(const area& a) {
    unsigned char first_page = 0;
    return mincore(a.begin, 1, &first_page) == 0;
}

class kept_memory : public ::testing::Test {
protected:
    kept_memory() {
        memory.keep([this] { ++told; });
    }

    std::vector<area> take(std::size_t count) {
        std::vector<area> taken;
        while (taken.size() < count) taken.push_back(memory.take(full));
        return taken;
    }
    void give_back(const std::vector<area>& areas) {
        for (const area& a : areas) memory.give_back(a);
    }
    // Until a period has ended.
    spare_memory end_period() {
        spare_memory left = memory.return_unneeded();
        while (left == spare_memory::unneeded) left = memory.return_unneeded();
        return left;
    }

    block_memory memory;
    int told = 0;
};

TEST_F(kept_memory, is_taken_again_with_the_pages_that_it_has) {
    area first = memory.take(full);
    EXPECT_EQ(first.touched, 0U);
    first.touched = 8192;
    memory.give_back(first);
    const area again = memory.take(full);
    EXPECT_EQ(again.begin, first.begin);
    EXPECT_EQ(again.touched, 8192U);
    memory.give_back(again);
}

TEST_F(kept_memory, is_of_full_blocks_only) {
    for (const std::size_t bytes : {std::size_t{4096}, full / 2, full + 4096}) {
        const area a = memory.take(bytes);
        EXPECT_EQ(a.bytes, bytes);
        memory.give_back(a);
        EXPECT_FALSE(is_mapped(a)) << bytes;
    }
    EXPECT_EQ(told, 0);
}

TEST_F(kept_memory, is_not_counted_as_held) {
    const area a = memory.take(full);
    EXPECT_EQ(memory.held_bytes(), static_cast<std::int64_t>(full));
    memory.give_back(a);
    EXPECT_EQ(memory.held_bytes(), 0);
}

TEST_F(kept_memory, goes_back_when_a_whole_period_did_not_need_it) {
    const auto areas = take(100);
    give_back(areas);
    EXPECT_EQ(end_period(), spare_memory::kept) << "it came within this period";
    EXPECT_TRUE(is_mapped(areas.front()));
    EXPECT_EQ(memory.return_unneeded(), spare_memory::unneeded) << "not all at once";
    EXPECT_EQ(end_period(), spare_memory::none);
    for (const area& a : areas) EXPECT_FALSE(is_mapped(a));
}

TEST_F(kept_memory, stays_as_far_as_a_period_needed_it) {
    const auto areas = take(10);
    give_back(areas);
    EXPECT_EQ(end_period(), spare_memory::kept);
    for (int period = 0; period < 3; ++period) {
        give_back(take(4));
        EXPECT_EQ(end_period(), spare_memory::kept);
        EXPECT_FALSE(is_mapped(areas[5]));
        EXPECT_TRUE(is_mapped(areas[6]));
    }
    EXPECT_EQ(end_period(), spare_memory::none);
}

TEST_F(kept_memory, may_be_taken_while_it_goes_back) {
    give_back(take(100));
    EXPECT_EQ(end_period(), spare_memory::kept);
    EXPECT_EQ(memory.return_unneeded(), spare_memory::unneeded);
    const auto rest = take(100);  // what is left, and new ones
    EXPECT_EQ(memory.return_unneeded(), spare_memory::none);
    give_back(rest);
    EXPECT_EQ(end_period(), spare_memory::kept);
    EXPECT_EQ(end_period(), spare_memory::none);
}

TEST_F(kept_memory, is_told_of_when_there_was_none) {
    give_back(take(2));
    EXPECT_EQ(told, 1);
    give_back(take(3));
    EXPECT_EQ(told, 1);
    (void)end_period();
    EXPECT_EQ(end_period(), spare_memory::none);
    give_back(take(1));
    EXPECT_EQ(told, 2);
}

TEST_F(kept_memory, ends) {
    const auto areas = take(2);
    memory.give_back(areas[0]);
    memory.stop_keeping();
    memory.give_back(areas[1]);
    for (const area& a : areas) EXPECT_FALSE(is_mapped(a));
}

TEST(block_memory, goes_back_at_once_where_nobody_keeps_it) {
    block_memory memory;
    const area a = memory.take(full);
    memory.give_back(a);
    EXPECT_FALSE(is_mapped(a));
    EXPECT_EQ(memory.return_unneeded(), spare_memory::none);
}

TEST(block_memory, of_a_deleted_stream_serves_the_next) {
    engine_kit kit;
    int told = 0;
    kit.engine.keep_spare_memory([&] { ++told; });
    const std::string data(10'000, 'x');
    for (const char* const name : {"first", "second"}) {
        auto s = kit.create(name, 1);
        for (int i = 0; i < 1'000; ++i) kit.put(s, "k", std::to_string(i) + data);
        const auto all = kit.read_all(*s, *s->find_shard({0}));
        ASSERT_EQ(all.size(), 1'000U);
        EXPECT_EQ(all[999].data, "999" + data);
        kit.remove(s);
    }
    EXPECT_EQ(told, 1);
    EXPECT_EQ(kit.engine.block_bytes(), 0);
}

}  // namespace
}  // namespace kinetide::testing
