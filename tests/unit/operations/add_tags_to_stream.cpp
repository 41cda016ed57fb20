// Tags come and take new values; what is refused changes nothing.

#include "support/resource_test.hpp"

namespace kinetide::testing {
namespace {

class add_tags_to_stream : public service_test {
protected:
    reply add(const json& tags, const std::string& stream = "orders") {
        return service.call("AddTagsToStream", {{"StreamName", stream}, {"Tags", tags}});
    }
    json tags() {
        json all = json::object();
        const reply r = service.call("ListTagsForStream", {{"StreamName", "orders"}});
        for (const json& tag : r.body["Tags"]) all[tag["Key"].get<std::string>()] = tag["Value"];
        return all;
    }
    static json many(int count, int from = 1000) {
        json tags = json::object();
        for (int i = from; i < from + count; ++i) tags["k" + std::to_string(i)] = "v";
        return tags;
    }
};
INSTANTIATE_TEST_SUITE_P(wire, add_tags_to_stream, every_wire_form(), form_name);

TEST_P(add_tags_to_stream, adds_and_overwrites) {
    service.create_stream("orders");
    EXPECT_TRUE(add({{"team", "a"}, {"Team", "b"}}).ok_and_empty());
    EXPECT_TRUE(add({{"team", ""}, {"cost center", "7"}}).ok());
    EXPECT_EQ(tags(), (json{{"Team", "b"}, {"cost center", "7"}, {"team", ""}}));
    EXPECT_TRUE(
        service.call("AddTagsToStream", {{"StreamARN", arn_of("orders")}, {"Tags", {{"x", "y"}}}})
            .ok_and_empty());
    EXPECT_EQ(tags().size(), 4U);
    EXPECT_EQ(service.summary("orders")["StreamStatus"], "ACTIVE");
}

TEST_P(add_tags_to_stream, adds_to_those_of_creation) {
    service.call(
        "CreateStream", {{"StreamName", "orders"}, {"ShardCount", 1}, {"Tags", {{"a", "1"}}}});
    EXPECT_TRUE(add({{"b", "2"}}).ok());
    EXPECT_EQ(tags(), (json{{"a", "1"}, {"b", "2"}}));
}

TEST_P(add_tags_to_stream, leaves_fifty_at_most) {
    const std::string text =
        "Failed to add tags to stream orders under account 000000000000 because a given stream "
        "cannot have more than 10 tags associated with it.";
    service.create_stream("orders");
    EXPECT_TRUE(refused(add(many(51)), "InvalidArgumentException", text));
    EXPECT_EQ(tags().size(), 0U);
    EXPECT_TRUE(add(many(49)).ok());
    EXPECT_TRUE(refused(add(many(2, 2000)), "InvalidArgumentException", text));
    EXPECT_EQ(tags().size(), 49U);
    EXPECT_TRUE(add(many(1, 2000)).ok());
    EXPECT_TRUE(add(many(49)).ok()) << "these are there";
    EXPECT_TRUE(refused(add({{"one more", ""}}), "InvalidArgumentException", text));
}

TEST_P(add_tags_to_stream, takes_letters_digits_blanks_and_some_marks) {
    const std::string unreadable =
        "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white "
        "space, _ . / = + - % @.";
    const std::string illegal =
        "Failed to add tags to stream orders under account 000000000000 because some tags "
        "contained illegal characters. The allowed characters are Unicode letters, white-spaces, "
        "'_',',','/','=','+','-','@'.";
    service.create_stream("orders");
    for (const char* bad : {"a\tb", "a\nb", "a,b", "a;b", "a%;b"}) {
        EXPECT_TRUE(refused(add({{bad, "v"}}), "InvalidArgumentException", unreadable));
        EXPECT_TRUE(refused(add({{"k", bad}}), "InvalidArgumentException", unreadable));
    }
    EXPECT_TRUE(refused(add({{"a%", "v"}}), "InvalidArgumentException", illegal));
    EXPECT_TRUE(refused(add({{"k", "%"}}), "InvalidArgumentException", illegal));
    EXPECT_TRUE(refused(
        add({{"aws:k", "v"}}),
        "InvalidArgumentException",
        "Tag key aws:k is invalid: keys that begin with aws: are reserved."));
    EXPECT_TRUE(
        refused(add({{"%;", ""}}, "absent"), "ResourceNotFoundException", not_found("absent")))
        << "the stream is looked for first";
    EXPECT_EQ(tags().size(), 0U);
    EXPECT_TRUE(add({{"aZ 09_./=+-@:", "aws:v"}, {"ключ", "ÿ"}}).ok());
}

TEST_P(add_tags_to_stream, needs_an_active_stream) {
    service_kit slow(GetParam(), slow_transitions());
    const auto add_slowly = [&] {
        return slow.call("AddTagsToStream", {{"StreamName", "orders"}, {"Tags", {{"a", "b"}}}});
    };
    const auto busy = [&](const std::string& status) {
        return refused(add_slowly(), "ResourceInUseException", not_active("orders", status));
    };
    slow.create_stream("orders");
    EXPECT_TRUE(busy("CREATING"));
    slow.clock.advance_ms(500);
    EXPECT_TRUE(add_slowly().ok());
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE") << "tags are there at once";
    slow.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    EXPECT_TRUE(busy("UPDATING"));
    slow.clock.advance_ms(500);
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(busy("DELETING"));
    slow.clock.advance_ms(500);
    slow.create_stream("orders");
    const reply listed = slow.call("ListTagsForStream", {{"StreamName", "orders"}});
    EXPECT_EQ(listed.body["Tags"], json::array()) << "tags end with their stream";
}

TEST_P(add_tags_to_stream, words_every_violation) {
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(
            service.call("AddTagsToStream", body), "ValidationException", violations(all));
    };
    const std::string key(129, 'k');
    const std::string value(257, 'v');
    service.create_stream("orders");
    EXPECT_TRUE(violates(
        {{"StreamName", ""}},
        {{"null", "tags", must::not_be_null},
         {"''", "streamName", must::match_name},
         {"''", "streamName", must::have_length_from(1)}}));
    EXPECT_TRUE(violates(
        {{"StreamName", "orders"}, {"Tags", {{key, value}}}},
        {{"'{" + key + "=" + value + "}'",
          "tags",
          "Map keys must satisfy constraint: [Member must have length less than or equal to 128, "
          "Member must have length greater than or equal to 1]"},
         {"'{" + key + "=" + value + "}'",
          "tags",
          "Map value must satisfy constraint: [Member must have length less than or equal to 256, "
          "Member must have length greater than or equal to 0]"}}));
    EXPECT_TRUE(violates(
        {{"StreamName", "orders"}, {"Tags", json::object()}},
        {{"'{}'", "tags", must::have_length_from(1)}}));
    EXPECT_NE(add(many(201)).message.find(must::have_length_to(200)), std::string::npos);
    EXPECT_EQ(add(many(200)).error_code, "InvalidArgumentException");
    EXPECT_EQ(tags().size(), 0U);
    EXPECT_TRUE(add({{std::string(128, 'k'), std::string(256, 'v')}}).ok());
}

TEST_P(add_tags_to_stream, names_streams_as_all_do) {
    service.create_stream("orders");
    expect_stream_naming_refusals(service, "AddTagsToStream", {{"Tags", {{"k", "v"}}}});
    EXPECT_EQ(tags().size(), 0U);
    expect_account_rate_of_five(
        GetParam(), "AddTagsToStream", {{"StreamName", "orders"}, {"Tags", {{"k", "v"}}}});
}

}  // namespace
}  // namespace kinetide::testing
