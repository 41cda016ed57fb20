// What the engine is told at its start and never changes.
#pragma once

#include <cstdint>
#include <optional>

namespace kinetide::engine {

// relaxed: sizes and counts are enforced, rates are not.  aws: everything is.
enum class limits_profile { relaxed, aws };

struct options {
    // How long a stream stays CREATING, DELETING or UPDATING.  With 0 it has passed by the next
    // call.
    std::int64_t transition_ms = 0;
    limits_profile limits = limits_profile::relaxed;
    // Open shards of an account in a region.  Absent: none when relaxed, AWS's when aws.
    std::optional<std::int64_t> shard_limit;
    // Decides every id and token that chance decides otherwise.
    std::optional<std::uint64_t> seed;
};

}  // namespace kinetide::engine
