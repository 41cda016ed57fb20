// Shard-level metrics: which are turned on is stored and reported.
#pragma once

#include <string>
#include <vector>

#include <kinetide/operations/enums.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {

struct monitoring_input {
    stream_reference stream;
    wire::list<shard_metric> metrics;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&monitoring_input::stream),
            wire::member("ShardLevelMetrics", &monitoring_input::metrics, wire::count{1, 7}));
    }
};

struct monitoring_output {
    std::string name;
    std::vector<shard_metric> current;  // before the call
    std::vector<shard_metric> desired;  // after it
    std::string arn;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("StreamName", &monitoring_output::name),
            wire::member("CurrentShardLevelMetrics", &monitoring_output::current),
            wire::member("DesiredShardLevelMetrics", &monitoring_output::desired),
            wire::member("StreamARN", &monitoring_output::arn));
    }
};

// What the two monitoring operations share: all but how the named metrics join those there are.
result<monitoring_output> change_monitoring(
    const monitoring_input& in,
    call& c,
    std::uint8_t (*join)(std::uint8_t present_bits, std::uint8_t named_bits));

}  // namespace kinetide::operations
