// One consumer in whatever status, by whatever names it; the answer tells its stream too.

#include "consumers.hpp"
#include "shared.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(describe_stream_consumer);

constexpr const char* operation_name = "DescribeStreamConsumer";

TEST_P(describe_stream_consumer, has_exactly_these_members) {
    service.create_stream("orders");
    register_consumer(service, "billing");
    service.clock.advance_ms(5000);
    const reply r = service.call(operation_name, by_name("billing"));
    ASSERT_TRUE(r.ok()) << r.message;
    EXPECT_EQ(members(r.body), "ConsumerDescription");
    EXPECT_EQ(
        r.body["ConsumerDescription"],
        json(
            {{"ConsumerName", "billing"},
             {"ConsumerARN", consumer_arn_of("billing")},
             {"ConsumerStatus", "ACTIVE"},
             {"ConsumerCreationTimestamp", kit_start.seconds()},
             {"StreamARN", arn_of("orders")}}));
}

TEST_P(describe_stream_consumer, answers_to_an_arn_as_to_a_name) {
    service.create_stream("orders");
    register_consumer(service, "billing");
    const reply named = service.call(operation_name, by_name("billing"));
    const std::string arn = consumer_arn_of("billing");
    const std::vector<json> others{
        {{"ConsumerARN", arn}},
        {{"ConsumerARN", arn}, {"ConsumerName", "billing"}},
        {{"ConsumerARN", arn}, {"StreamARN", arn_of("orders")}},
        {{"ConsumerARN", arn}, {"StreamARN", arn_of("orders")}, {"ConsumerName", "billing"}},
        {{"ConsumerARN", arn}, {"StreamId", "abcdefghij0123456789-xyz"}}};
    for (const json& body : others) {
        EXPECT_EQ(service.call(operation_name, body).body, named.body) << body;
    }
}

TEST_P(describe_stream_consumer, tells_every_status_of_streams_in_every_status) {
    service_kit slow(GetParam(), slow_transitions());
    const auto status = [&] { return consumer_in(slow, "billing")["ConsumerStatus"]; };
    slow.create_stream("orders");
    EXPECT_TRUE(refused(
        slow.call(operation_name, by_name("billing")),
        "ResourceNotFoundException",
        no_such_consumer("billing")))
        << "a stream that is CREATING has none yet";
    slow.clock.advance_ms(500);
    register_consumer(slow, "billing");
    EXPECT_EQ(status(), "CREATING");
    slow.clock.advance_ms(500);
    slow.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    EXPECT_EQ(status(), "ACTIVE") << "the stream is UPDATING";
    slow.call("DeregisterStreamConsumer", by_name("billing"));
    EXPECT_EQ(status(), "DELETING");
}

TEST_P(describe_stream_consumer, needs_a_consumer_of_ours) {
    service.create_stream("orders");
    register_consumer(service, "billing");
    expect_consumer_naming_refusals(service, operation_name);
}

TEST_P(describe_stream_consumer, answers_another_account_that_the_consumers_policy_lets_in) {
    service.create_stream("orders");
    register_consumer(service, "billing");
    const std::string arn = consumer_arn_of("billing");
    const json statement = {
        {"Effect", "Allow"},
        {"Principal", {{"AWS", "111111111111"}}},
        {"Action", "kinesis:DescribeStreamConsumer"},
        {"Resource", arn}};
    const json policy = {{"Version", "2012-10-17"}, {"Statement", json::array({statement})}};
    const json shared = {{"ResourceARN", arn}, {"Policy", policy.dump()}};
    const reply put = service.call("PutResourcePolicy", shared);
    ASSERT_TRUE(put.ok()) << put.message;
    const json own = consumer_in(service, "billing");

    service.act_as("111111111111", "us-east-1");
    EXPECT_EQ(consumer_in(service, "billing"), own);
    EXPECT_EQ(
        service.call(operation_name, {{"ConsumerARN", arn}}).body["ConsumerDescription"], own);
    for (const char* other : {"DeregisterStreamConsumer", "RegisterStreamConsumer"}) {
        EXPECT_EQ(service.call(other, by_name("billing")).error_code, "AccessDeniedException");
    }
    const json stream = {{"StreamARN", arn_of("orders")}};
    EXPECT_EQ(service.call("ListStreamConsumers", stream).error_code, "AccessDeniedException");
    service.act_as("222222222222", "us-east-1");
    EXPECT_TRUE(consumer_in(service, "billing").is_null());
}

TEST_P(describe_stream_consumer, is_called_twenty_times_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    expect_rate(aws, 20, stream_rate_exceeded, [&] {
        return aws.call(operation_name, by_name("billing"));
    });
}

}  // namespace
}  // namespace kinetide::testing
