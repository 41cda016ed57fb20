// Every change of engine state.  A change carries all that clock or chance decided, so that
// applying the same changes in the same order gives the same state: live, and at recovery from a
// journal.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <kinetide/base/blob.hpp>
#include <kinetide/base/clock.hpp>
#include <kinetide/model/hash_key.hpp>
#include <kinetide/model/shard_id.hpp>

namespace kinetide::engine {

enum class stream_status { creating, deleting, active, updating };
enum class stream_mode { provisioned, on_demand };
enum class distribution { automatic, user_partition_key };

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

struct stream_created {
    stream_id stream;
    instant at;
    instant settles_at;  // CREATING until then
    stream_mode mode = stream_mode::provisioned;
    std::uint32_t shard_count = 1;
    std::int64_t record_kib_max = 0;
    distribution strategy = distribution::user_partition_key;
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

struct retention_changed {
    stream_id stream;
    instant settles_at;
    std::int64_t hours = 0;
    instant expired_before;  // what was too old until now stays gone
};

struct mode_changed {
    stream_id stream;
    instant at;
    instant settles_at;
    stream_mode mode = stream_mode::provisioned;
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
    std::span<const put_entry> entries;
    std::uint32_t first = put_entry::none;
};

using change = std::variant<
    stream_created,
    stream_settled,
    stream_deleting,
    retention_changed,
    mode_changed,
    resharded,
    records_appended>;

}  // namespace kinetide::engine
