// Where in a shard a reader asks to begin.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <kinetide/base/result.hpp>
#include <kinetide/engine/shard.hpp>
#include <kinetide/operations/enums.hpp>
#include <kinetide/operations/operation.hpp>

namespace kinetide::operations {

// The members that say so, under whatever names.
struct asked_position {
    shard_iterator_type type = shard_iterator_type::latest;
    std::optional<std::string_view> number;
    std::optional<instant> timestamp;
};

struct starting_position {
    std::uint64_t counter = 0;  // of the first record to give
    std::optional<sequence_number> after;
};

// LATEST is fixed here; TRIM_HORIZON is wherever the horizon is when it is used.
result<starting_position> find_position(
    const asked_position& asked,
    const call& c,
    const engine::shard& shard,
    const engine::stream_id& stream);

}  // namespace kinetide::operations
