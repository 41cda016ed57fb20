// A policy goes once.

#include "support/policies.hpp"
#include "support/resource_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_RESOURCE_TESTS(delete_resource_policy);

TEST_P(delete_resource_policy, deletes_what_is_there) {
    call(
        "PutResourcePolicy",
        stream,
        {{"Policy", policy_of(statement("111111111111", "kinesis:PutRecord", stream))}});
    const std::string of_consumer =
        policy_of(statement("111111111111", "kinesis:SubscribeToShard", consumer));
    call("PutResourcePolicy", consumer, {{"Policy", of_consumer}});

    EXPECT_TRUE(call("DeleteResourcePolicy", stream).ok_and_empty());
    EXPECT_EQ(call("GetResourcePolicy", stream).body["Policy"], "{}");
    EXPECT_EQ(call("GetResourcePolicy", consumer).body["Policy"], of_consumer);
    EXPECT_TRUE(call("DeleteResourcePolicy", consumer).ok_and_empty());
    EXPECT_EQ(service.summary("orders")["StreamStatus"], "ACTIVE");
    for (const std::string& arn : {stream, consumer}) {
        EXPECT_TRUE(refused(
            call("DeleteResourcePolicy", arn),
            "ResourceNotFoundException",
            "No resource policy found for resource ARN " + arn));
    }
}

TEST_P(delete_resource_policy, needs_an_active_resource) {
    create_consumer("slow", 500);
    const std::string arn = consumer_arn("slow");
    EXPECT_EQ(call("DeleteResourcePolicy", arn).error_code, "ResourceInUseException");
    service.clock.advance_ms(500);
    EXPECT_EQ(call("DeleteResourcePolicy", arn).error_code, "ResourceNotFoundException");

    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    EXPECT_TRUE(refused(
        slow.call("DeleteResourcePolicy", {{"ResourceARN", stream}}),
        "ResourceInUseException",
        not_active("orders", "CREATING")));
}

TEST_P(delete_resource_policy, names_resources_as_all_do) {
    expect_resource_naming_refusals(service, "DeleteResourcePolicy", json::object());
    expect_account_rate_of_five(GetParam(), "DeleteResourcePolicy", {{"ResourceARN", stream}});
}

}  // namespace
}  // namespace kinetide::testing
