// All tags of a stream or a consumer, sorted by key; of a stream that is there and stays.

#include "support/resource_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_RESOURCE_TESTS(list_tags_for_resource);

TEST_P(list_tags_for_resource, shows_all_by_key) {
    json tags = json::object();
    for (int i = 10; i < 60; ++i) tags["k" + std::to_string(i)] = i == 10 ? "" : "v";
    for (const std::string& arn : {stream, consumer}) {
        EXPECT_EQ(call("ListTagsForResource", arn).body, (json{{"Tags", json::array()}}));
        call("TagResource", arn, {{"Tags", tags}});
        const json listed = call("ListTagsForResource", arn).body["Tags"];
        ASSERT_EQ(listed.size(), 50U);
        EXPECT_EQ(listed[0], (json{{"Key", "k10"}, {"Value", ""}}));
        EXPECT_EQ(listed[49], (json{{"Key", "k59"}, {"Value", "v"}}));
    }
}

TEST_P(list_tags_for_resource, sorts_by_code_units) {
    call(
        "TagResource",
        consumer,
        {{"Tags", {{"a", ""}, {"Z", ""}, {"\uFFFD", ""}, {"\U0001F600", ""}}}});
    std::string keys;
    for (const json& tag : call("ListTagsForResource", consumer).body["Tags"]) {
        keys += tag["Key"].get<std::string>();
    }
    EXPECT_EQ(keys, "Za\U0001F600\uFFFD");
}

TEST_P(list_tags_for_resource, needs_a_stream_that_is_there_and_stays) {
    create_consumer("slow", 500);
    EXPECT_TRUE(call("ListTagsForResource", consumer_arn("slow")).ok()) << "CREATING";
    service.clock.advance_ms(500);
    deregister_consumer("slow", 500);
    EXPECT_TRUE(call("ListTagsForResource", consumer_arn("slow")).ok()) << "DELETING";

    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    const auto asked = [&] { return slow.call("ListTagsForResource", {{"ResourceARN", stream}}); };
    EXPECT_TRUE(refused(asked(), "ResourceInUseException", not_active("orders", "CREATING")));
    slow.clock.advance_ms(500);
    EXPECT_TRUE(asked().ok());
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(refused(asked(), "ResourceInUseException", not_active("orders", "DELETING")));
}

TEST_P(list_tags_for_resource, names_resources_as_all_do) {
    expect_resource_naming_refusals(service, "ListTagsForResource", json::object());
    expect_account_rate_of_five(GetParam(), "ListTagsForResource", {{"ResourceARN", stream}});
}

}  // namespace
}  // namespace kinetide::testing
