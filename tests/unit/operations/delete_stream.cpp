// A stream and its records go; the name is free once DELETING has ended.

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
