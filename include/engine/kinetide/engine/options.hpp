// What the engine is told at its start and never changes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace kinetide::engine {

// relaxed: sizes and counts are enforced, rates are not.  aws: everything is.
enum class limits_profile { relaxed, aws };

// What keeps a stream or consumer in CREATING, UPDATING or DELETING for a while.
enum class transition : std::uint8_t {
    create_stream,
    delete_stream,
    update_stream,  // every UPDATING without a kind of its own
    split_shard,
    merge_shards,
    update_shard_count,
    update_stream_mode,
    start_encryption,
    stop_encryption,
    register_consumer,
    deregister_consumer,
};
inline constexpr std::size_t transition_count = 11;

// How long each takes.  With 0 it has passed by the next call.
struct transition_times {
    std::array<std::int64_t, transition_count> ms{};

    static constexpr transition_times of_all(std::int64_t each_ms) {
        transition_times t;
        t.ms.fill(each_ms);
        return t;
    }
    [[nodiscard]] constexpr std::int64_t of(transition what) const {
        return ms[static_cast<std::size_t>(what)];
    }
    constexpr void set(transition what, std::int64_t value_ms) {
        ms[static_cast<std::size_t>(what)] = value_ms;
    }
};

struct options {
    transition_times transitions;
    limits_profile limits = limits_profile::relaxed;
    // Open shards of an account in a region.  Absent: none when relaxed, AWS's when aws.
    std::optional<std::int64_t> shard_limit;
    // Streams on demand of an account in a region.  Absent: none when relaxed, AWS's when aws.
    std::optional<std::int64_t> on_demand_stream_limit;
    // How long a shard iterator is good for.
    std::int64_t iterator_age_ms_max = 300'000;
    // Decides every id and token that chance decides otherwise.
    std::optional<std::uint64_t> seed;
};

}  // namespace kinetide::engine
