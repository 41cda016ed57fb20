// CloudWatch's calls through the service, as a client of JSON makes them.
#pragma once

#include <map>
#include <string>

#include "neighbour_call.hpp"

namespace kinetide::testing {

inline json cloudwatch(service_kit& service, const std::string& operation, const json& members) {
    return neighbour_call(service, "GraniteServiceVersion20100801." + operation, members);
}

using named_dimensions = std::map<std::string, std::string>;

inline json shown(const named_dimensions& dimensions) {
    json out = json::array();
    for (const auto& [name, value] : dimensions) out.push_back({{"Name", name}, {"Value", value}});
    return out;
}

// All statistics of one metric of AWS/Kinesis, minute by minute.
inline json minutes_of(
    service_kit& service, const std::string& metric, const named_dimensions& dimensions) {
    const std::int64_t now_s = service.clock.now().seconds();
    const json ask = {
        {"Namespace", "AWS/Kinesis"},
        {"MetricName", metric},
        {"Dimensions", shown(dimensions)},
        {"Period", 60},
        {"StartTime", now_s - 3 * 3600},
        {"EndTime", now_s + 60},
        {"Statistics", {"SampleCount", "Sum", "Minimum", "Maximum"}}};
    return cloudwatch(service, "GetMetricStatistics", ask)["Datapoints"];
}

// "count sum min max" of the only minute; "" when there is none.
inline std::string measured(
    service_kit& service, const std::string& metric, const named_dimensions& dimensions) {
    const json minutes = minutes_of(service, metric, dimensions);
    if (minutes.empty()) return "";
    EXPECT_EQ(minutes.size(), 1U);
    std::string out;
    for (const char* name : {"SampleCount", "Sum", "Minimum", "Maximum"}) {
        if (!out.empty()) out += ' ';
        out += std::to_string(minutes[0][name].get<std::int64_t>());
    }
    return out;
}

inline named_dimensions of_stream(const std::string& name) { return {{"StreamName", name}}; }
inline named_dimensions of_shard(const std::string& stream, int shard) {
    return {{"StreamName", stream}, {"ShardId", "shardId-00000000000" + std::to_string(shard)}};
}
inline named_dimensions of_consumer(const std::string& stream, const std::string& consumer) {
    return {{"StreamName", stream}, {"ConsumerName", consumer}};
}

}  // namespace kinetide::testing
