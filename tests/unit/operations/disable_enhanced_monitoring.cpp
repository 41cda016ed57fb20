// Shard-level metrics go, and the others stay on.

#include "monitoring.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(disable_enhanced_monitoring);

constexpr const char* operation_name = "DisableEnhancedMonitoring";

void enable(service_kit& service, const json& names) {
    ASSERT_TRUE(service.call("EnableEnhancedMonitoring", metrics(names)).ok());
}

TEST_P(disable_enhanced_monitoring, answers_with_what_was_on_and_what_is) {
    service.create_stream("orders");
    enable(service, {"IncomingBytes", "IncomingRecords", "OutgoingBytes"});
    EXPECT_EQ(
        service.call(operation_name, metrics({"IncomingRecords", "OutgoingRecords"})).body,
        changed(
            {"IncomingBytes", "IncomingRecords", "OutgoingBytes"},
            {"IncomingBytes", "OutgoingBytes"}));
    EXPECT_EQ(monitored(service), json({"IncomingBytes", "OutgoingBytes"}));
    EXPECT_EQ(
        service.call(operation_name, metrics({"ALL"})).body,
        changed({"IncomingBytes", "OutgoingBytes"}, json::array()));
    EXPECT_EQ(monitored(service), json::array());
}

TEST_P(disable_enhanced_monitoring, updates_the_stream_unless_nothing_changes) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    EXPECT_EQ(
        slow.call(operation_name, metrics({"ALL"})).body, changed(json::array(), json::array()));
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE") << "nothing was on";
    enable(slow, {"ALL"});
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.call(operation_name, metrics({"IncomingBytes"})).ok());
    slow.clock.advance_ms(499);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "UPDATING");
    slow.clock.advance_ms(1);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
    EXPECT_EQ(monitored(slow).size(), 6U);
}

TEST_P(disable_enhanced_monitoring, needs_an_active_stream) {
    expect_active_only(GetParam(), operation_name, metrics({"ALL"}));
}

TEST_P(disable_enhanced_monitoring, words_every_violation) {
    service.create_stream("orders");
    enable(service, {"ALL"});
    expect_monitoring_violations(service, operation_name);
    EXPECT_EQ(monitored(service), all_metrics);
}

TEST_P(disable_enhanced_monitoring, is_called_five_times_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    expect_rate(
        aws, 5, stream_rate_exceeded, [&] { return aws.call(operation_name, metrics({"ALL"})); });
}

}  // namespace
}  // namespace kinetide::testing
