// Every change of engine state.  A change carries all that clock or chance decided, so that
// applying the same changes in the same order gives the same state: live, and at recovery from a
// journal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <kinetide/base/blob.hpp>
#include <kinetide/base/clock.hpp>
#include <kinetide/engine/limits.hpp>
#include <kinetide/model/hash_key.hpp>
#include <kinetide/model/shard_id.hpp>

namespace kinetide::engine {

enum class stream_status { creating, deleting, active, updating };
enum class stream_mode { provisioned, on_demand };
enum class distribution { automatic, user_partition_key };
enum class encryption_type { none, kms };

// Shard-level metrics, one bit each, in the order of the API's MetricsName.
struct metric_set {
    static constexpr std::size_t size = 7;
    static constexpr std::uint8_t all_bits = 0x7f;
    std::uint8_t bits = 0;
    friend bool operator==(metric_set, metric_set) = default;
};

using tag_list = std::vector<std::pair<std::string, std::string>>;

// Whose streams: accounts and regions never meet.
struct tenant_id {
    std::string account_id;
    std::string region;
    friend auto operator<=>(const tenant_id&, const tenant_id&) = default;
};

// A stream, told apart from an earlier one of the same name by its generation.
struct stream_id {
    tenant_id tenant;
    std::string name;
    std::uint64_t generation = 0;
};

// All that a stream can be set to.
struct stream_settings {
    stream_mode mode = stream_mode::provisioned;
    distribution strategy = distribution::user_partition_key;
    std::int64_t retention_hours = limits::retention_hours_default;
    std::int64_t record_kib_max = limits::record_kib_default;
    encryption_type encryption = encryption_type::none;
    std::string key_id;  // as it was given
    metric_set metrics;
    std::int64_t warm_mib_per_s = 0;  // write capacity that is kept ready; 0: none

    friend bool operator==(const stream_settings&, const stream_settings&) = default;
};

// What the service allows so many times in any 24 hours.
enum class daily_quota : std::uint8_t {
    mode_switch,
    encryption_start,
    encryption_stop,
    shard_count_update
};
inline constexpr std::size_t daily_quota_count = 4;

struct stream_created {
    stream_id stream;
    instant at;
    instant settles_at;  // CREATING until then
    std::uint32_t shard_count = 1;
    stream_settings settings;
    tag_list tags;
};

// CREATING and UPDATING end as ACTIVE, DELETING ends the stream.
struct stream_settled {
    stream_id stream;
    instant at;
};

struct stream_deleting {
    stream_id stream;
    instant settles_at;
};

struct settings_changed {
    stream_id stream;
    instant at;
    std::optional<instant> settles_at;  // UPDATING until then; absent: done at once
    stream_settings settings;
    instant expired_before;  // what was too old until now stays gone
    std::optional<daily_quota> counts_as;
};

// What is to become of a stream's shards, done when its UPDATING ends.
struct split_order {
    shard_id shard;
    hash_key second_start;
};
struct merge_order {
    shard_id low;
    shard_id high;
};
struct uniform_order {
    std::uint32_t shard_count = 0;
};
using reshard_order = std::variant<split_order, merge_order, uniform_order>;

struct reshard_ordered {
    stream_id stream;
    instant at;
    instant settles_at;
    reshard_order order;
    std::optional<daily_quota> counts_as;
};

// Closes the parents and opens their children; together these hold the same hash keys.
struct resharded {
    struct child {
        shard_id id;
        hash_range range;
        shard_id parent;
        std::optional<shard_id> adjacent_parent;
    };
    stream_id stream;
    instant at;
    std::int64_t closed_s = 0;   // time in the parents' EndingSequenceNumber
    std::int64_t created_s = 0;  // the children's creation time in their numbers
    std::vector<shard_id> parents;
    std::vector<child> children;
};

// On demand: so many shards would have held twice what was written in a window that ended now.
struct peak_seen {
    stream_id stream;
    instant at;
    std::int64_t shards = 0;
};

struct consumer_registered {
    stream_id stream;
    std::string name;
    instant created;
    instant settles_at;  // CREATING until then
    tag_list tags;
};

struct consumer_deregistering {
    stream_id stream;
    std::string name;
    instant settles_at;
};

// CREATING ends as ACTIVE, DELETING ends the consumer.
struct consumer_settled {
    stream_id stream;
    std::string name;
};

// Of the stream, or of one of its consumers.
struct tags_changed {
    stream_id stream;
    std::optional<std::string> consumer;
    tag_list tags;  // all, by key
};

struct policy_changed {
    stream_id stream;
    std::optional<std::string> consumer;
    std::string policy;  // empty: none
};

// The account's MinimumThroughputBillingCommitment in a region.
struct billing_commitment {
    std::optional<instant> started_at;
    instant earliest_end;
    std::optional<instant> ends_at;  // may lie ahead
};

struct commitment_changed {
    tenant_id tenant;
    billing_commitment commitment;
};

// One record on its way into a shard.  `next` chains the records of one call that go to the same
// shard, in the call's order.
struct put_entry {
    static constexpr std::uint32_t none = 0xffffffff;

    hash_key key;
    std::optional<std::string_view> partition_key;  // absent only where the stream spreads records
    blob_view data;
    std::uint32_t next = none;
};

// Records of one call that a shard takes, from `first` along the chain.  Views the caller's memory:
// a journal that keeps it past the call copies it.
struct records_appended {
    const stream_id* stream = nullptr;
    shard_id shard;
    std::uint64_t first_counter = 0;
    instant arrival;
    encryption_type encryption = encryption_type::none;
    std::span<const put_entry> entries;
    std::uint32_t first = put_entry::none;
};

using change = std::variant<
    stream_created,
    stream_settled,
    stream_deleting,
    settings_changed,
    reshard_ordered,
    resharded,
    peak_seen,
    consumer_registered,
    consumer_deregistering,
    consumer_settled,
    tags_changed,
    policy_changed,
    commitment_changed,
    records_appended>;

}  // namespace kinetide::engine
