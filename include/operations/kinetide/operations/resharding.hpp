// What SplitShard, MergeShards and UpdateShardCount share.
#pragma once

#include <memory>
#include <optional>

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {

// The stream, ACTIVE and provisioned, or why it cannot be resharded.
result<std::shared_ptr<engine::stream>> find_stream_to_reshard(
    const call& c, const named_stream& named);

// An open shard of the stream, or why that one cannot be split or merged.
result<std::shared_ptr<engine::shard>> find_open_shard(const engine::stream& stream, shard_id id);

// The stream is UPDATING for the time of `takes`; then its shards change.
result<nothing> order_reshard(
    call& c,
    const engine::control_lock& held,
    const engine::stream& stream,
    const engine::reshard_order& order,
    engine::transition takes,
    std::optional<engine::daily_quota> counts_as = {});

}  // namespace kinetide::operations
