// A full block's memory serves the next one; what nobody needs for a whole period goes back.

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <kinetide/engine/spare_memory.hpp>
#include <new>
#include <string>
#include <thread>
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

std::size_t address_space_bytes() {
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
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
    const std::string data(50'000, 'x');
    const auto filled = [&](const char* name) {
        auto s = kit.create(name, 1);
        for (int i = 0; i < 1'000; ++i) kit.put(s, "k", std::to_string(i) + data);
        return s;
    };
    kit.remove(filled("first"));
    EXPECT_EQ(told, 1);
    EXPECT_EQ(kit.engine.block_bytes(), 0);
    EXPECT_EQ(kit.engine.return_spare_memory(), spare_memory::kept);

    const auto second = filled("second");
    EXPECT_EQ(kit.engine.return_spare_memory(), spare_memory::none) << "the second has it all";
    const auto all = kit.read_all(*second, *second->find_shard({0}));
    ASSERT_EQ(all.size(), 1'000U);
    EXPECT_EQ(all[999].data, "999" + data);
}

// Streams come and go on four threads while a fifth returns what they leave.
TEST(block_memory, is_any_threads) {
    block_memory memory;
    std::atomic<int> told{0};
    memory.keep([&] { ++told; });
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&memory, t] {
            for (int round = 0; round < 50; ++round) {
                std::vector<area> areas;
                for (int i = 0; i < 20; ++i) {
                    areas.push_back(memory.take(full));
                    *areas.back().begin = static_cast<char>(t);
                }
                for (const area& a : areas) {
                    EXPECT_EQ(*a.begin, static_cast<char>(t)) << "nobody else has it";
                    memory.give_back(a);
                }
            }
        });
    }
    threads.emplace_back([&memory] {
        for (int i = 0; i < 1'000; ++i) (void)memory.return_unneeded();
    });
    for (auto& one : threads) one.join();
    EXPECT_EQ(memory.held_bytes(), 0);
    EXPECT_GE(told, 1);
    while (memory.return_unneeded() != spare_memory::none) {
    }
}

TEST(block_memory, that_is_spare_makes_room_where_the_system_has_no_more) {
    block_memory memory;
    memory.keep([] {});
    std::vector<area> areas;
    for (int i = 0; i < 64; ++i) areas.push_back(memory.take(full));
    for (const area& a : areas) memory.give_back(a);

    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_AS, &before), 0);
    rlimit tight = before;
    tight.rlim_cur = address_space_bytes() + 8 * full;
    ASSERT_EQ(setrlimit(RLIMIT_AS, &tight), 0);
    area large;
    EXPECT_NO_THROW(large = memory.take(32 * full));
    EXPECT_THROW(memory.take(256 * full), std::bad_alloc);
    ASSERT_EQ(setrlimit(RLIMIT_AS, &before), 0);
    ASSERT_NE(large.begin, nullptr);
    memory.give_back(large);
    EXPECT_EQ(memory.held_bytes(), 0);
}

}  // namespace
}  // namespace kinetide::testing
