// Tags by key, page by page.

#include "support/resource_test.hpp"

namespace kinetide::testing {
namespace {

class list_tags_for_stream : public service_test {
protected:
    void create(const json& tags) {
        service.create_stream("orders");
        service.call("AddTagsToStream", {{"StreamName", "orders"}, {"Tags", tags}});
    }
    json list(json body = json::object()) {
        body["StreamName"] = "orders";
        return service.call("ListTagsForStream", body).body;
    }
    static std::string keys(const json& page) {
        std::string all;
        for (const json& tag : page["Tags"]) all += tag["Key"].get<std::string>() + "|";
        return all + (page["HasMoreTags"] ? "more" : "");
    }
};
INSTANTIATE_TEST_SUITE_P(wire, list_tags_for_stream, every_wire_form(), form_name);

TEST_P(list_tags_for_stream, shows_keys_and_values) {
    create({{"a", "1"}, {"empty", ""}});
    EXPECT_EQ(
        list(),
        (json{
            {"HasMoreTags", false},
            {"Tags", {{{"Key", "a"}, {"Value", "1"}}, {{"Key", "empty"}, {"Value", ""}}}}}));
}

TEST_P(list_tags_for_stream, shows_none_of_any_status) {
    const json none = {{"HasMoreTags", false}, {"Tags", json::array()}};
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    const auto listed = [&] {
        return slow.call("ListTagsForStream", {{"StreamName", "orders"}}).body;
    };
    EXPECT_EQ(listed(), none) << "CREATING";
    slow.clock.advance_ms(500);
    EXPECT_EQ(listed(), none) << "ACTIVE";
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_EQ(listed(), none) << "DELETING";
}

// As observed; the last two are in the order of UTF-16 units, which is not that of UTF-8's bytes.
TEST_P(list_tags_for_stream, sorts_by_code_units) {
    create(
        {{"ÿ", ""},
         {"a", ""},
         {"_", ""},
         {"@", ""},
         {"=", ""},
         {"0", ""},
         {"/", ""},
         {"Zb", ""},
         {"+", ""},
         {" ", ""},
         {"\uFFFD", ""},
         {"\U0001F600", ""},
         {"\uD7FF", ""},
         {"ab", ""},
         {"\uE000", ""},
         {"\U0001F601", ""}});
    EXPECT_EQ(keys(list()), " |+|/|0|=|@|Zb|_|a|ab|ÿ|\uD7FF|\U0001F600|\U0001F601|\uE000|\uFFFD|");
    EXPECT_EQ(keys(list({{"ExclusiveStartTagKey", "\U0001F600"}})), "\U0001F601|\uE000|\uFFFD|");
}

TEST_P(list_tags_for_stream, goes_on_behind_a_key) {
    create({{"a", ""}, {"b", ""}, {"c", ""}, {"d", ""}});
    const auto page = [&](int limit, const std::string& after) {
        return keys(list({{"Limit", limit}, {"ExclusiveStartTagKey", after}}));
    };
    EXPECT_EQ(keys(list({{"Limit", 3}})), "a|b|c|more");
    EXPECT_EQ(keys(list({{"Limit", 4}})), "a|b|c|d|");
    EXPECT_EQ(page(2, "a"), "b|c|more");
    EXPECT_EQ(page(2, "b"), "c|d|");
    EXPECT_EQ(page(2, "aa"), "b|c|more") << "no such key";
    EXPECT_EQ(page(2, "A"), "a|b|more");
    EXPECT_EQ(page(2, "d"), "");
}

TEST_P(list_tags_for_stream, shows_fifty_at_once) {
    json tags = json::object();
    for (int i = 0; i < 50; ++i) tags["k" + std::to_string(i)] = "";
    create(tags);
    EXPECT_EQ(list()["Tags"].size(), 50U);
    EXPECT_EQ(list()["HasMoreTags"], false);
    EXPECT_EQ(list({{"Limit", 50}})["Tags"].size(), 50U);
}

TEST_P(list_tags_for_stream, words_every_violation) {
    const auto violates = [&](json body, const std::vector<violation>& all) {
        return refused(
            service.call("ListTagsForStream", body), "ValidationException", violations(all));
    };
    create({{"a", ""}});
    EXPECT_TRUE(violates(
        {{"StreamName", ""}, {"Limit", 0}, {"ExclusiveStartTagKey", ""}},
        {{"'0'", "limit", must::have_value_from(1)},
         {"''", "exclusiveStartTagKey", must::have_length_from(1)},
         {"''", "streamName", must::match_name},
         {"''", "streamName", must::have_length_from(1)}}));
    const std::string long_key(129, 'k');
    EXPECT_TRUE(violates(
        {{"StreamName", "orders"}, {"Limit", 51}, {"ExclusiveStartTagKey", long_key}},
        {{"'51'", "limit", must::have_value_to(50)},
         {"'" + long_key + "'", "exclusiveStartTagKey", must::have_length_to(128)}}));
    EXPECT_TRUE(list({{"ExclusiveStartTagKey", std::string(128, 'k')}}).contains("Tags"));
}

TEST_P(list_tags_for_stream, names_streams_as_all_do) {
    service.create_stream("orders");
    expect_stream_naming_refusals(service, "ListTagsForStream", json::object());
    expect_account_rate_of_five(GetParam(), "ListTagsForStream", {{"StreamName", "orders"}});
}

}  // namespace
}  // namespace kinetide::testing
