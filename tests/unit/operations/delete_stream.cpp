// A stream and its records go; the name is free once DELETING has ended.

#include "consumers.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(delete_stream);

const json orders = {{"StreamName", "orders"}};

TEST_P(delete_stream, deletes_by_name_by_arn_and_by_both) {
    const std::vector<json> namings{
        orders,
        {{"StreamARN", arn_of("orders")}},
        {{"StreamName", "orders"}, {"StreamARN", arn_of("orders")}}};
    for (const json& naming : namings) {
        service.create_stream("orders");
        EXPECT_TRUE(service.call("DeleteStream", naming).ok_and_empty()) << naming;
        EXPECT_TRUE(service.stream_names().empty());
    }
}

TEST_P(delete_stream, is_deleting_for_its_transition_time) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    slow.put("orders", "k", "old");
    EXPECT_TRUE(slow.call("DeleteStream", orders).ok_and_empty());

    slow.clock.advance_ms(499);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "DELETING");
    EXPECT_EQ(slow.stream_names(), std::vector<std::string>{"orders"});
    EXPECT_TRUE(refused(
        slow.call("DeleteStream", orders),
        "ResourceInUseException",
        not_active("orders", "DELETING")));
    slow.clock.advance_ms(1);
    EXPECT_TRUE(slow.stream_names().empty());
    EXPECT_TRUE(refused(
        slow.call("DeleteStream", orders), "ResourceNotFoundException", not_found("orders")));

    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.all_data("orders").empty()) << "a new stream has none of the old records";
}

TEST_P(delete_stream, deletes_what_is_creating_or_updating) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    EXPECT_TRUE(slow.call("DeleteStream", orders).ok());
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "DELETING");
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.stream_names().empty()) << "creation did not end as ACTIVE";

    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    slow.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    EXPECT_TRUE(slow.call("DeleteStream", orders).ok());
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.stream_names().empty());
}

TEST_P(delete_stream, takes_enforce_consumer_deletion_either_way) {
    for (const bool enforced : {true, false}) {
        service.create_stream("orders");
        EXPECT_TRUE(service
                        .call(
                            "DeleteStream",
                            {{"StreamName", "orders"}, {"EnforceConsumerDeletion", enforced}})
                        .ok());
    }
}

TEST_P(delete_stream, keeps_a_stream_with_consumers_unless_they_are_to_go_too) {
    service.create_stream("orders");
    register_consumer(service, "billing");
    for (const json& unforced :
         {orders, json({{"StreamName", "orders"}, {"EnforceConsumerDeletion", false}})}) {
        EXPECT_TRUE(refused(
            service.call("DeleteStream", unforced),
            "ResourceInUseException",
            "DeleteStream can't delete 000000000000:orders because there are consumers associated "
            "with this data stream. To delete orders anyway, set the EnforceConsumerDeletion "
            "parameter to true to force the deletion of all the consumers that are associated "
            "with it."));
    }
    EXPECT_EQ(service.summary("orders")["StreamStatus"], "ACTIVE");
    EXPECT_EQ(consumer_in(service, "billing")["ConsumerStatus"], "ACTIVE");

    const json forced = {{"StreamName", "orders"}, {"EnforceConsumerDeletion", true}};
    EXPECT_TRUE(service.call("DeleteStream", forced).ok_and_empty());
    EXPECT_TRUE(refused(
        service.call("DescribeStreamConsumer", by_name("billing")),
        "ResourceNotFoundException",
        not_found("orders")));
    service.create_stream("orders");
    EXPECT_EQ(service.summary("orders")["ConsumerCount"], 0) << "a new stream has none of them";
    EXPECT_TRUE(consumer_in(service, "billing").is_null());
}

TEST_P(delete_stream, waits_for_consumers_to_be_gone) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    register_consumer(slow, "billing");
    EXPECT_EQ(slow.call("DeleteStream", orders).error_code, "ResourceInUseException") << "CREATING";
    slow.call("DeregisterStreamConsumer", by_name("billing"));
    EXPECT_EQ(slow.call("DeleteStream", orders).error_code, "ResourceInUseException") << "DELETING";
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.call("DeleteStream", orders).ok());
}

TEST_P(delete_stream, reaches_no_stream_of_others) {
    service.create_stream("orders");
    service.act_as("111111111111", "us-east-1");
    EXPECT_TRUE(refused(
        service.call("DeleteStream", orders),
        "ResourceNotFoundException",
        not_found("orders", "111111111111")));
    service.act_as("000000000000", "eu-west-1");
    EXPECT_TRUE(refused(
        service.call("DeleteStream", orders), "ResourceNotFoundException", not_found("orders")));
    service.act_as("000000000000", "us-east-1");
    expect_stream_naming_refusals(service, "DeleteStream", json::object());
    EXPECT_EQ(service.stream_names(), std::vector<std::string>{"orders"});
}

}  // namespace
}  // namespace kinetide::testing
