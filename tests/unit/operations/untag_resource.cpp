// Tags of streams and consumers go by key.

#include "support/resource_test.hpp"

namespace kinetide::testing {
namespace {

class untag_resource : public resource_test {
protected:
    untag_resource() {
        for (const std::string& arn : {stream, consumer}) {
            call("TagResource", arn, {{"Tags", {{"a", "1"}, {"b", "2"}}}});
        }
    }
    reply untag(const std::string& arn, const json& keys) {
        return call("UntagResource", arn, {{"TagKeys", keys}});
    }
    std::string keys(const std::string& arn) {
        std::string all;
        const reply r = call("ListTagsForResource", arn);
        for (const json& tag : r.body["Tags"]) all += tag["Key"].get<std::string>() + " ";
        return all;
    }
};
INSTANTIATE_TEST_SUITE_P(wire, untag_resource, every_wire_form(), form_name);

TEST_P(untag_resource, removes_what_is_there) {
    EXPECT_TRUE(untag(stream, {"a", "absent"}).ok_and_empty());
    EXPECT_EQ(keys(stream), "b ");
    EXPECT_EQ(keys(consumer), "a b ");
    EXPECT_TRUE(untag(consumer, {"b", "b"}).ok_and_empty());
    EXPECT_EQ(keys(consumer), "a ");
    EXPECT_TRUE(untag(consumer, {"b"}).ok_and_empty()) << "gone already";
    EXPECT_EQ(service.summary("orders")["StreamStatus"], "ACTIVE");
}

TEST_P(untag_resource, judges_characters) {
    EXPECT_TRUE(refused(
        untag(stream, {"a", "b;"}),
        "InvalidArgumentException",
        "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white "
        "space, _ . / = + - % @."));
    const std::string end =
        " under account 000000000000 because some tags contained illegal characters. The allowed "
        "characters are Unicode letters, white-spaces, '_',',','/','=','+','-','@'.";
    EXPECT_TRUE(refused(
        untag(stream, {"a", "%"}),
        "InvalidArgumentException",
        "Failed to remove tags from stream orders" + end));
    EXPECT_TRUE(refused(
        untag(consumer, {"a", "%"}),
        "InvalidArgumentException",
        "Failed to remove tags from consumer billing" + end));
    EXPECT_EQ(keys(stream) + keys(consumer), "a b a b ");
}

TEST_P(untag_resource, needs_an_active_resource) {
    create_consumer("slow", 500);
    EXPECT_EQ(untag(consumer_arn("slow"), {"a"}).error_code, "ResourceInUseException");
    service.clock.advance_ms(500);
    EXPECT_TRUE(untag(consumer_arn("slow"), {"a"}).ok());

    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    EXPECT_TRUE(refused(
        slow.call("UntagResource", {{"ResourceARN", stream}, {"TagKeys", {"a"}}}),
        "ResourceInUseException",
        not_active("orders", "CREATING")));
}

TEST_P(untag_resource, words_every_violation) {
    EXPECT_TRUE(refused(
        service.call("UntagResource", json::object()),
        "ValidationException",
        violations(
            {{"null", "tagKeys", must::not_be_null}, {"null", "resourceARN", must::not_be_null}})));
    EXPECT_TRUE(refused(
        untag(stream, json::array()),
        "ValidationException",
        violations({{"'[]'", "tagKeys", must::have_length_from(1)}})));
    json many = json::array();
    for (int i = 0; i < 51; ++i) many.push_back("k" + std::to_string(i));
    EXPECT_NE(untag(stream, many).message.find(must::have_length_to(50)), std::string::npos);
    expect_resource_naming_refusals(service, "UntagResource", {{"TagKeys", {"a"}}});
    EXPECT_EQ(keys(stream) + keys(consumer), "a b a b ");
    expect_account_rate_of_five(
        GetParam(), "UntagResource", {{"ResourceARN", stream}, {"TagKeys", {"a"}}});
}

}  // namespace
}  // namespace kinetide::testing
