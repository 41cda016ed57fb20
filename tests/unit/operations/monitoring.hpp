// What the tests of both monitoring operations share.
#pragma once

#include "shared.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {

inline const json all_metrics = {
    "IncomingBytes",
    "IncomingRecords",
    "OutgoingBytes",
    "OutgoingRecords",
    "WriteProvisionedThroughputExceeded",
    "ReadProvisionedThroughputExceeded",
    "IteratorAgeMilliseconds"};

inline json metrics(const json& names) {
    return {{"StreamName", "orders"}, {"ShardLevelMetrics", names}};
}

// What both descriptions tell of the stream "orders".
inline json monitored(service_kit& service) {
    const json s = service.summary("orders")["EnhancedMonitoring"];
    const reply r = service.call("DescribeStream", {{"StreamName", "orders"}});
    EXPECT_EQ(r.body["StreamDescription"]["EnhancedMonitoring"], s);
    EXPECT_EQ(s.size(), 1U);
    return s[0]["ShardLevelMetrics"];
}

inline json changed(const json& before, const json& after) {
    return {
        {"StreamName", "orders"},
        {"StreamARN", arn_of("orders")},
        {"CurrentShardLevelMetrics", before},
        {"DesiredShardLevelMetrics", after}};
}

// The stream "orders" must exist.
inline void expect_monitoring_violations(service_kit& service, std::string_view operation) {
    const auto violates = [&](const json& body, const violation& v) {
        return refused(service.call(operation, body), "ValidationException", violations({v}));
    };
    EXPECT_TRUE(
        violates({{"StreamName", "orders"}}, {"null", "shardLevelMetrics", must::not_be_null}));
    EXPECT_TRUE(
        violates(metrics(json::array()), {"'[]'", "shardLevelMetrics", must::have_length_from(1)}));
    EXPECT_TRUE(violates(
        metrics(json(8, "ALL")),
        {"'[ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL]'",
         "shardLevelMetrics",
         must::have_length_to(7)}));
    std::string names;
    for (const json& one : all_metrics) names += one.get<std::string>() + ", ";
    EXPECT_TRUE(violates(
        metrics({"IncomingBytes", "Other"}),
        {"'[IncomingBytes, Other]'",
         "shardLevelMetrics",
         "Member must satisfy constraint: [" + must::be_one_of(names + "ALL") + "]"}));
    expect_stream_naming_refusals(service, operation, {{"ShardLevelMetrics", {"ALL"}}});
}

}  // namespace kinetide::testing
