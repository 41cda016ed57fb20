// A consumer goes by whatever names it, and its name is free once DELETING has ended.

#include "consumers.hpp"
#include "shared.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(deregister_stream_consumer);

constexpr const char* operation_name = "DeregisterStreamConsumer";

TEST_P(deregister_stream_consumer, takes_an_arn_a_name_and_both) {
    service.create_stream("orders");
    register_consumer(service, "audit");
    for (int i = 0; i < 3; ++i) {
        const std::string arn =
            register_consumer(service, "billing").body["Consumer"]["ConsumerARN"];
        json all = by_name("billing");
        all["ConsumerARN"] = arn;
        all["StreamId"] = "abcdefghij0123456789-xyz";
        const std::vector<json> namings{by_name("billing"), {{"ConsumerARN", arn}}, all};
        EXPECT_TRUE(
            service.call(operation_name, namings[static_cast<std::size_t>(i)]).ok_and_empty());
        EXPECT_TRUE(consumer_in(service, "billing").is_null());
    }
    EXPECT_EQ(service.summary("orders")["ConsumerCount"], 1) << "the other one stays";
}

TEST_P(deregister_stream_consumer, is_deleting_for_its_transition_time) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    register_consumer(slow, "billing");
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.call(operation_name, by_name("billing")).ok_and_empty());
    slow.clock.advance_ms(499);
    EXPECT_EQ(consumer_in(slow, "billing")["ConsumerStatus"], "DELETING");
    EXPECT_EQ(slow.summary("orders")["ConsumerCount"], 1);
    EXPECT_TRUE(refused(
        slow.call(operation_name, by_name("billing")),
        "ResourceNotFoundException",
        no_such_consumer("billing")))
        << "the service has no other refusal for it";
    slow.clock.advance_ms(1);
    EXPECT_TRUE(consumer_in(slow, "billing").is_null());
    EXPECT_EQ(slow.summary("orders")["ConsumerCount"], 0);
}

TEST_P(deregister_stream_consumer, takes_what_is_still_creating) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    register_consumer(slow, "billing");
    slow.clock.advance_ms(100);
    EXPECT_TRUE(slow.call(operation_name, by_name("billing")).ok());
    slow.clock.advance_ms(499);
    EXPECT_EQ(consumer_in(slow, "billing")["ConsumerStatus"], "DELETING")
        << "creation did not end as ACTIVE";
    slow.clock.advance_ms(1);
    EXPECT_TRUE(consumer_in(slow, "billing").is_null());
}

TEST_P(deregister_stream_consumer, finds_no_consumer_of_another_life) {
    service.create_stream("orders");
    register_consumer(service, "billing");
    service.call(operation_name, by_name("billing"));
    register_consumer(service, "billing");
    EXPECT_TRUE(refused(
        service.call(operation_name, {{"ConsumerARN", consumer_arn_of("billing")}}),
        "ResourceNotFoundException",
        no_such_consumer("billing")));
    EXPECT_EQ(service.summary("orders")["ConsumerCount"], 1);
}

TEST_P(deregister_stream_consumer, needs_a_consumer_of_ours) {
    service.create_stream("orders");
    register_consumer(service, "billing");
    expect_consumer_naming_refusals(service, operation_name);
    EXPECT_EQ(consumer_in(service, "billing")["ConsumerStatus"], "ACTIVE");
}

TEST_P(deregister_stream_consumer, is_called_five_times_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    expect_rate(
        aws, 5, stream_rate_exceeded, [&] { return aws.call(operation_name, by_name("billing")); });
}

}  // namespace
}  // namespace kinetide::testing
