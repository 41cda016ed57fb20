// How much an account may have, by the limits profile.
#pragma once

#include <cstdint>
#include <optional>

#include <kinetide/base/result.hpp>
#include <kinetide/operations/operation.hpp>

namespace kinetide::operations {

struct account_usage {
    std::int64_t open_shards = 0;
    std::int64_t provisioned_shards = 0;  // open ones: AWS's quota is of these
    std::int64_t on_demand_streams = 0;
    std::int64_t changing_streams = 0;  // CREATING or DELETING
};

account_usage usage_of(const call& c);

// The account's shard quota in this region: --shard-limit, else AWS's.  What DescribeLimits shows.
std::int64_t shown_shard_limit(const call& c);

// Streams on demand that the account may have: --on-demand-stream-limit, else AWS's.
std::int64_t shown_on_demand_stream_limit(const call& c);

// Whether one more stream on demand would be too much.
std::optional<refusal> on_demand_quota_refusal(const call& c);

// Whether so many more open shards would be too much.
std::optional<refusal> shard_quota_refusal(const call& c, std::int64_t additional);

// Whether one more stream of `shards` shards would be too much.
std::optional<refusal> stream_quota_refusal(
    const call& c, engine::stream_mode mode, std::int64_t shards);

}  // namespace kinetide::operations
