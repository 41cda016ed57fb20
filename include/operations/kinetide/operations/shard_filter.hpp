// ListShards' ShardFilter: which shards a reader that starts now, at a time or at the horizon
// needs.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include <kinetide/engine/stream.hpp>
#include <kinetide/operations/enums.hpp>
#include <kinetide/operations/patterns.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {

struct shard_filter {
    shard_filter_type type = shard_filter_type::from_trim_horizon;
    std::optional<std::string_view> shard;
    std::optional<instant> timestamp;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Type", &shard_filter::type),
            wire::member("ShardId", &shard_filter::shard, patterns::name, wire::length{1, 128}),
            wire::member("Timestamp", &shard_filter::timestamp));
    }
};

// A filter whose members were found to go together.
struct shard_choice {
    shard_filter_type type = shard_filter_type::from_trim_horizon;
    instant at;
};

// The choice, and for AFTER_SHARD_ID the shard to start behind.
result<std::pair<shard_choice, std::optional<shard_id>>> checked_filter(
    const shard_filter& f, const named_stream& stream, instant now);

bool is_chosen(
    const engine::shard& s, const shard_choice& choice, const engine::stream& stream, instant now);

}  // namespace kinetide::operations
