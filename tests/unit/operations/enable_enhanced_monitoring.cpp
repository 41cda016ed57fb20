// Shard-level metrics join those that are on, in the API's order.

#include "monitoring.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(enable_enhanced_monitoring);

constexpr const char* operation_name = "EnableEnhancedMonitoring";

TEST_P(enable_enhanced_monitoring, answers_with_what_was_on_and_what_is) {
    service.create_stream("orders");
    const auto enable = [&](const json& names) {
        return service.call(operation_name, metrics(names)).body;
    };
    EXPECT_EQ(
        enable({"OutgoingBytes", "IncomingBytes", "OutgoingBytes"}),
        changed(json::array(), {"IncomingBytes", "OutgoingBytes"}));
    EXPECT_EQ(monitored(service), json({"IncomingBytes", "OutgoingBytes"}));
    EXPECT_EQ(
        enable({"IncomingRecords"}),
        changed(
            {"IncomingBytes", "OutgoingBytes"},
            {"IncomingBytes", "IncomingRecords", "OutgoingBytes"}));
    EXPECT_EQ(
        enable({"IteratorAgeMilliseconds", "ALL"}),
        changed({"IncomingBytes", "IncomingRecords", "OutgoingBytes"}, all_metrics));
    EXPECT_EQ(monitored(service), all_metrics);
}

TEST_P(enable_enhanced_monitoring, turns_each_metric_on_by_its_name) {
    for (const json& name : all_metrics) {
        service.create_stream("orders");
        service.call(operation_name, metrics(json::array({name})));
        EXPECT_EQ(monitored(service), json::array({name}));
        service.call("DeleteStream", {{"StreamName", "orders"}});
    }
}

TEST_P(enable_enhanced_monitoring, updates_the_stream_unless_nothing_changes) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.call(operation_name, metrics({"IncomingBytes"})).ok());
    slow.clock.advance_ms(499);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "UPDATING");
    slow.clock.advance_ms(1);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
    const json same = {"IncomingBytes"};
    EXPECT_EQ(slow.call(operation_name, metrics(same)).body, changed(same, same));
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE") << "it was on";
}

TEST_P(enable_enhanced_monitoring, needs_an_active_stream) {
    expect_active_only(GetParam(), operation_name, metrics({"ALL"}));
}

TEST_P(enable_enhanced_monitoring, words_every_violation) {
    service.create_stream("orders");
    expect_monitoring_violations(service, operation_name);
    EXPECT_EQ(monitored(service), json::array());
}

TEST_P(enable_enhanced_monitoring, is_called_five_times_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    expect_rate(
        aws, 5, stream_rate_exceeded, [&] { return aws.call(operation_name, metrics({"ALL"})); });
}

}  // namespace
}  // namespace kinetide::testing
