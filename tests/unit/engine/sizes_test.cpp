// What an empty shard costs, all its objects counted.

#include <gtest/gtest.h>

#include <kinetide/engine/stream.hpp>

#include "engine/record_log.hpp"

namespace kinetide::testing {
namespace {

TEST(sizes, an_empty_shard_costs_at_most_512_bytes) {
    constexpr std::size_t control_block = 16;
    constexpr std::size_t allocator_header = 16;  // of each of the two allocations
    constexpr std::size_t in_list_of_shards = sizeof(std::shared_ptr<engine::shard>);
    constexpr std::size_t in_table_of_open_ranges =
        sizeof(hash_key) + sizeof(std::shared_ptr<engine::shard>);
    EXPECT_LE(
        sizeof(engine::shard) + sizeof(engine::record_log) + control_block + 2 * allocator_header +
            in_list_of_shards + in_table_of_open_ranges,
        512U);
}

}  // namespace
}  // namespace kinetide::testing
