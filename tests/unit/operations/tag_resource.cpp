// Streams and consumers have tags of their own; those of a stream are the ones of AddTagsToStream.

#include "support/resource_test.hpp"

namespace kinetide::testing {
namespace {

class tag_resource : public resource_test {
protected:
    reply tag(const std::string& arn, const json& tags) {
        return call("TagResource", arn, {{"Tags", tags}});
    }
    json tags(const std::string& arn) {
        json all = json::object();
        const reply r = call("ListTagsForResource", arn);
        for (const json& tag : r.body["Tags"]) all[tag["Key"].get<std::string>()] = tag["Value"];
        return all;
    }
};
INSTANTIATE_TEST_SUITE_P(wire, tag_resource, every_wire_form(), form_name);

TEST_P(tag_resource, tags_streams_as_the_other_family_does) {
    EXPECT_TRUE(tag(stream, {{"a", "1"}, {"b", ""}}).ok_and_empty());
    service.call("AddTagsToStream", {{"StreamName", "orders"}, {"Tags", {{"a", "2"}}}});
    EXPECT_EQ(tags(stream), (json{{"a", "2"}, {"b", ""}}));
    const reply listed = service.call("ListTagsForStream", {{"StreamName", "orders"}});
    EXPECT_EQ(listed.body["Tags"].size(), 2U);
    EXPECT_EQ(service.summary("orders")["StreamStatus"], "ACTIVE");
    EXPECT_EQ(tags(consumer), json::object());
}

TEST_P(tag_resource, tags_consumers_apart_from_their_stream) {
    EXPECT_TRUE(tag(consumer, {{"a", "1"}}).ok_and_empty());
    EXPECT_TRUE(tag(consumer, {{"a", "2"}, {"b", ""}}).ok_and_empty());
    EXPECT_EQ(tags(consumer), (json{{"a", "2"}, {"b", ""}}));
    EXPECT_EQ(tags(stream), json::object());
}

TEST_P(tag_resource, leaves_fifty_at_most_each) {
    json many = json::object();
    for (int i = 0; i < 50; ++i) many["k" + std::to_string(i)] = "";
    EXPECT_TRUE(tag(consumer, many).ok());
    EXPECT_TRUE(tag(stream, many).ok());
    EXPECT_TRUE(refused(
        tag(stream, {{"more", ""}}),
        "InvalidArgumentException",
        "Failed to add tags to stream orders under account 000000000000 because a given stream "
        "cannot have more than 10 tags associated with it."));
    EXPECT_TRUE(refused(
        tag(consumer, {{"more", ""}}),
        "InvalidArgumentException",
        "Failed to add tags to consumer billing under account 000000000000 because a given "
        "consumer cannot have more than 10 tags associated with it."));
    EXPECT_TRUE(tag(consumer, {{"k0", "new"}}).ok());
}

TEST_P(tag_resource, judges_characters) {
    for (const std::string& arn : {stream, consumer}) {
        EXPECT_TRUE(refused(
            tag(arn, {{"a;", ""}}),
            "InvalidArgumentException",
            "Some tags contain invalid characters. Valid characters: Unicode letters, digits, "
            "white space, _ . / = + - % @."));
        EXPECT_EQ(tag(arn, {{"aws:k", ""}}).error_code, "InvalidArgumentException");
        EXPECT_EQ(tags(arn), json::object());
        EXPECT_TRUE(tag(arn, {{"a:b", "c:d"}}).ok());
    }
    EXPECT_TRUE(refused(
        tag(consumer, {{"a", "%"}}),
        "InvalidArgumentException",
        "Failed to add tags to consumer billing under account 000000000000 because some tags "
        "contained illegal characters. The allowed characters are Unicode letters, white-spaces, "
        "'_',',','/','=','+','-','@'."));
}

TEST_P(tag_resource, needs_an_active_consumer) {
    const auto busy = [&](const std::string& name) {
        const std::string arn = consumer_arn(name);
        return refused(
            tag(arn, {{"a", "b"}}),
            "ResourceInUseException",
            "Consumer " + name + " with creation timestamp " + arn.substr(arn.rfind(':') + 1) +
                " under stream orders and account 000000000000 is not in ACTIVE status.");
    };
    create_consumer("slow", 500);
    EXPECT_TRUE(busy("slow"));
    service.clock.advance_ms(500);
    EXPECT_TRUE(tag(consumer_arn("slow"), {{"a", "b"}}).ok());
    deregister_consumer("slow", 500);
    EXPECT_TRUE(busy("slow"));

    const std::string gone = consumer_arn("slow");
    service.clock.advance_ms(500);
    create_consumer("slow");
    EXPECT_NE(consumer_arn("slow"), gone);
    EXPECT_TRUE(refused(
        tag(gone, {{"a", "b"}}),
        "ResourceNotFoundException",
        "Consumer slow, account 000000000000 not found."));
    EXPECT_EQ(tags(consumer_arn("slow")), json::object()) << "tags end with their consumer";
}

TEST_P(tag_resource, needs_an_active_stream) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    const json body = {{"ResourceARN", stream}, {"Tags", {{"a", "b"}}}};
    EXPECT_TRUE(refused(
        slow.call("TagResource", body),
        "ResourceInUseException",
        not_active("orders", "CREATING")));
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.call("TagResource", body).ok());
}

TEST_P(tag_resource, words_every_violation) {
    EXPECT_TRUE(refused(
        service.call("TagResource", json::object()),
        "ValidationException",
        violations(
            {{"null", "tags", must::not_be_null}, {"null", "resourceARN", must::not_be_null}})));
    EXPECT_TRUE(refused(
        tag(stream, json::object()),
        "ValidationException",
        violations({{"'{}'", "tags", must::have_length_from(1)}})));
    expect_resource_naming_refusals(service, "TagResource", {{"Tags", {{"a", "b"}}}});
    EXPECT_EQ(tags(stream), json::object());
    EXPECT_EQ(tags(consumer), json::object());
    expect_account_rate_of_five(
        GetParam(), "TagResource", {{"ResourceARN", stream}, {"Tags", {{"a", "b"}}}});
}

}  // namespace
}  // namespace kinetide::testing
