// Structures that several operations answer with.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <kinetide/engine/stream.hpp>
#include <kinetide/operations/enums.hpp>
#include <kinetide/wire/wire.hpp>

namespace kinetide::operations {

struct mode_details {
    engine::stream_mode mode = engine::stream_mode::provisioned;

    static constexpr auto shape() {
        return wire::structure(wire::member("StreamMode", &mode_details::mode));
    }
};

struct hash_range_shape {
    hash_key start;
    hash_key end;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("StartingHashKey", &hash_range_shape::start),
            wire::member("EndingHashKey", &hash_range_shape::end));
    }
};

struct number_range_shape {
    sequence_number start;
    std::optional<sequence_number> end;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("StartingSequenceNumber", &number_range_shape::start),
            wire::member("EndingSequenceNumber", &number_range_shape::end));
    }
};

struct shard_shape {
    shard_id id;
    std::optional<shard_id> parent;
    std::optional<shard_id> adjacent_parent;
    hash_range_shape hash_range;
    number_range_shape numbers;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("ShardId", &shard_shape::id),
            wire::member("ParentShardId", &shard_shape::parent),
            wire::member("AdjacentParentShardId", &shard_shape::adjacent_parent),
            wire::member("HashKeyRange", &shard_shape::hash_range),
            wire::member("SequenceNumberRange", &shard_shape::numbers));
    }
};

shard_shape describe(const engine::shard& s);

struct child_shard_shape {
    shard_id id;
    std::vector<shard_id> parents;
    hash_range_shape hash_range;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("ShardId", &child_shard_shape::id),
            wire::member("ParentShards", &child_shard_shape::parents),
            wire::member("HashKeyRange", &child_shard_shape::hash_range));
    }
};

// The children of a closed shard; empty for an open one.
std::vector<child_shard_shape> describe_children(const engine::stream& s, shard_id parent);

struct enhanced_metrics {
    std::vector<shard_metric> shard_level_metrics;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("ShardLevelMetrics", &enhanced_metrics::shard_level_metrics));
    }
};

// What DescribeStream and DescribeStreamSummary both tell.
struct stream_facts {
    std::string name;
    std::string arn;
    engine::stream_status status = engine::stream_status::creating;
    mode_details mode;
    std::int64_t retention_hours = 0;
    instant created;  // whole seconds
    std::vector<enhanced_metrics> monitoring;
    engine::encryption_type encryption = engine::encryption_type::none;
    std::optional<std::string> key_id;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("StreamName", &stream_facts::name),
            wire::member("StreamARN", &stream_facts::arn),
            wire::member("StreamStatus", &stream_facts::status),
            wire::member("StreamModeDetails", &stream_facts::mode),
            wire::member("RetentionPeriodHours", &stream_facts::retention_hours),
            wire::member("StreamCreationTimestamp", &stream_facts::created),
            wire::member("EnhancedMonitoring", &stream_facts::monitoring),
            wire::member("EncryptionType", &stream_facts::encryption),
            wire::member("KeyId", &stream_facts::key_id));
    }
};

stream_facts describe(const engine::stream& s, const engine::stream_state& now);

std::vector<shard_metric> metrics_in(engine::metric_set set);

std::string arn_of(const engine::stream_id& s);
// Creation times are shown in whole seconds (observed).
instant shown_creation(const engine::stream& s);

}  // namespace kinetide::operations
