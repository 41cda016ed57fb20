// Write capacity that an on-demand stream keeps ready.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/account.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {

struct warm_throughput_shape {
    std::int64_t target_mib_per_s = 0;
    std::int64_t current_mib_per_s = 0;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("TargetMiBps", &warm_throughput_shape::target_mib_per_s),
            wire::member("CurrentMiBps", &warm_throughput_shape::current_mib_per_s));
    }
};

// Each open shard takes 1 MiB/s; what is open already counts towards the target.
inline warm_throughput_shape describe_warm_throughput(
    std::int64_t target_mib_per_s, std::int64_t open_shards) {
    return {target_mib_per_s, std::min(target_mib_per_s, open_shards)};
}

// On demand only, for accounts with the billing commitment, up to a limit.  It may be taken away
// without the commitment: else a stream that is warm when that ends could never leave the mode.
inline std::optional<refusal> warm_throughput_refusal(
    const call& c, const engine::stream_id& stream, const engine::stream_settings& to) {
    const bool allowed = to.warm_mib_per_s == 0 || is_committed(c, stream.tenant);
    if (to.mode != engine::stream_mode::on_demand || !allowed) {
        return refusals::warm_throughput_not_available(stream.name);
    }
    if (to.warm_mib_per_s > limits::warm_mib_per_s_max) {
        return refusals::warm_throughput_too_large(stream, to.warm_mib_per_s);
    }
    return std::nullopt;
}

}  // namespace kinetide::operations
