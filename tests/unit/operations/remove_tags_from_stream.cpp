// Tags go by key; keys that are absent do no harm.

#include "support/resource_test.hpp"

namespace kinetide::testing {
namespace {

class remove_tags_from_stream : public service_test {
protected:
    void create() {
        service.create_stream("orders");
        service.call(
            "AddTagsToStream",
            {{"StreamName", "orders"}, {"Tags", {{"a", "1"}, {"b", "2"}, {"ключ", "3"}}}});
    }
    reply remove(const json& keys, const std::string& stream = "orders") {
        return service.call("RemoveTagsFromStream", {{"StreamName", stream}, {"TagKeys", keys}});
    }
    std::string keys() {
        std::string all;
        const reply r = service.call("ListTagsForStream", {{"StreamName", "orders"}});
        for (const json& tag : r.body["Tags"]) all += tag["Key"].get<std::string>() + " ";
        return all;
    }
};
INSTANTIATE_TEST_SUITE_P(wire, remove_tags_from_stream, every_wire_form(), form_name);

TEST_P(remove_tags_from_stream, removes_what_is_there) {
    create();
    EXPECT_TRUE(remove({"a", "ключ", "absent", "a"}).ok_and_empty());
    EXPECT_EQ(keys(), "b ");
    EXPECT_TRUE(remove({"B", "aws:reserved"}).ok_and_empty()) << "no such keys";
    EXPECT_EQ(keys(), "b ");
    EXPECT_TRUE(
        service.call("RemoveTagsFromStream", {{"StreamARN", arn_of("orders")}, {"TagKeys", {"b"}}})
            .ok_and_empty());
    EXPECT_EQ(keys(), "");
    EXPECT_EQ(service.summary("orders")["StreamStatus"], "ACTIVE");
}

TEST_P(remove_tags_from_stream, judges_characters_too) {
    create();
    for (const char* bad : {"a\tb", "a\nb", "a,b", "a;b", "%;"}) {
        EXPECT_TRUE(refused(
            remove({"a", bad}),
            "InvalidArgumentException",
            "Some tags contain invalid characters. Valid characters: Unicode letters, digits, "
            "white space, _ . / = + - % @."));
    }
    EXPECT_TRUE(refused(
        remove({"a", "b%"}),
        "InvalidArgumentException",
        "Failed to remove tags from stream orders under account 000000000000 because some tags "
        "contained illegal characters. The allowed characters are Unicode letters, white-spaces, "
        "'_',',','/','=','+','-','@'."));
    EXPECT_TRUE(refused(remove({"%"}, "absent"), "ResourceNotFoundException", not_found("absent")));
    EXPECT_EQ(keys(), "a b ключ ");
}

TEST_P(remove_tags_from_stream, needs_an_active_stream) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    const json body = {{"StreamName", "orders"}, {"TagKeys", {"a"}}};
    EXPECT_TRUE(refused(
        slow.call("RemoveTagsFromStream", body),
        "ResourceInUseException",
        not_active("orders", "CREATING")));
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.call("RemoveTagsFromStream", body).ok());
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(refused(
        slow.call("RemoveTagsFromStream", body),
        "ResourceInUseException",
        not_active("orders", "DELETING")));
}

TEST_P(remove_tags_from_stream, words_every_violation) {
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(
            service.call("RemoveTagsFromStream", body), "ValidationException", violations(all));
    };
    create();
    const std::string each =
        "Member must satisfy constraint: [Member must have length less than or equal to 128, "
        "Member must have length greater than or equal to 1]";
    EXPECT_TRUE(violates({{"StreamName", "orders"}}, {{"null", "tagKeys", must::not_be_null}}));
    EXPECT_TRUE(violates(
        {{"StreamName", "orders"}, {"TagKeys", json::array()}},
        {{"'[]'", "tagKeys", must::have_length_from(1)}}));
    EXPECT_TRUE(violates(
        {{"StreamName", "orders"}, {"TagKeys", {"a", ""}}}, {{"'[a, ]'", "tagKeys", each}}));
    const std::string long_key(129, 'k');
    EXPECT_TRUE(violates(
        {{"StreamName", "orders"}, {"TagKeys", {long_key}}},
        {{"'[" + long_key + "]'", "tagKeys", each}}));
    json many = json::array();
    for (int i = 0; i < 50; ++i) many.push_back("k" + std::to_string(i));
    EXPECT_TRUE(remove(many).ok());
    many.push_back("a");
    EXPECT_NE(remove(many).message.find(must::have_length_to(50)), std::string::npos);
    EXPECT_EQ(keys(), "a b ключ ");
}

TEST_P(remove_tags_from_stream, names_streams_as_all_do) {
    create();
    expect_stream_naming_refusals(service, "RemoveTagsFromStream", {{"TagKeys", {"a"}}});
    EXPECT_EQ(keys(), "a b ключ ");
    expect_account_rate_of_five(
        GetParam(), "RemoveTagsFromStream", {{"StreamName", "orders"}, {"TagKeys", {"a"}}});
}

}  // namespace
}  // namespace kinetide::testing
