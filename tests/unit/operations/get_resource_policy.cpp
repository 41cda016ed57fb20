// The policy of a stream or a consumer; of a stream that is there and stays.

#include "support/policies.hpp"
#include "support/resource_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_RESOURCE_TESTS(get_resource_policy);

TEST_P(get_resource_policy, gives_empty_braces_without_one) {
    for (const std::string& arn : {stream, consumer}) {
        EXPECT_EQ(call("GetResourcePolicy", arn).body, (json{{"Policy", "{}"}}));
    }
}

TEST_P(get_resource_policy, gives_each_resources_own) {
    const std::string of_stream = policy_of(statement("111111111111", "kinesis:PutRecord", stream));
    const std::string of_consumer =
        policy_of(statement("111111111111", "kinesis:SubscribeToShard", consumer));
    EXPECT_TRUE(call("PutResourcePolicy", stream, {{"Policy", of_stream}}).ok());
    EXPECT_TRUE(call("PutResourcePolicy", consumer, {{"Policy", of_consumer}}).ok());
    EXPECT_EQ(call("GetResourcePolicy", stream).body["Policy"], of_stream);
    EXPECT_EQ(call("GetResourcePolicy", consumer).body["Policy"], of_consumer);

    engine.remove(engine.engine.find(test_tenant, "orders"));
    engine.create("orders", 1);
    EXPECT_EQ(call("GetResourcePolicy", stream).body["Policy"], "{}")
        << "policies end with their stream";
}

TEST_P(get_resource_policy, needs_a_stream_that_is_there_and_stays) {
    create_consumer("slow", 500);
    EXPECT_TRUE(call("GetResourcePolicy", consumer_arn("slow")).ok()) << "CREATING";
    service.clock.advance_ms(500);
    deregister_consumer("slow", 500);
    EXPECT_TRUE(call("GetResourcePolicy", consumer_arn("slow")).ok()) << "DELETING";

    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    const auto asked = [&] { return slow.call("GetResourcePolicy", {{"ResourceARN", stream}}); };
    EXPECT_TRUE(refused(asked(), "ResourceInUseException", not_active("orders", "CREATING")));
    slow.clock.advance_ms(500);
    EXPECT_TRUE(asked().ok());
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(refused(asked(), "ResourceInUseException", not_active("orders", "DELETING")));
}

TEST_P(get_resource_policy, names_resources_as_all_do) {
    expect_resource_naming_refusals(service, "GetResourcePolicy", json::object());
    expect_account_rate_of_five(GetParam(), "GetResourcePolicy", {{"ResourceARN", stream}});
}

}  // namespace
}  // namespace kinetide::testing
