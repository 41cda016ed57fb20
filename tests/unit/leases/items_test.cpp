// Writes with their conditions in the older spelling, as the KCL sends them.

#include "lease_kit.hpp"

namespace kinetide::testing {
namespace {

class lease_items : public leases_test {
protected:
    const json lease = {
        {"leaseKey", text("a")}, {"leaseCounter", numeric("41")}, {"checkpoint", text("1")}};

    lease_items() { put(lease); }

    lease_reply renew(const json& expected, const json& more = json::object()) {
        json in = more;
        in["Expected"] = expected;
        in["AttributeUpdates"] = {{"leaseCounter", {{"Value", numeric("42")}, {"Action", "PUT"}}}};
        return update("a", in);
    }
};

TEST_F(lease_items, come_back_as_they_were_put) {
    const json rich = {
        {"leaseKey", text("rich")},
        {"n", numeric("1.0E-4")},
        {"b", {{"B", "AAEC"}}},
        {"ss", {{"SS", {"x", "y"}}}},
        {"m", {{"M", {{"empty", {{"M", json::object()}}}}}}},
        {"l", {{"L", {text("x"), numeric("2")}}}},
        {"yes", {{"BOOL", true}}},
        {"nothing", {{"NULL", true}}}};
    EXPECT_EQ(put(rich).body, json::object());
    EXPECT_EQ(get("rich"), rich);
    EXPECT_EQ(get("none"), json());
}

TEST_F(lease_items, have_byte_strings_that_are_base64) {
    for (const std::string bad :
         {"no base64!", "AAE", "A=AA", "AA=A", " AAE", "AAE\n", "====", "AA-_"}) {
        const json one = {{"leaseKey", text("bad")}, {"b", {{"B", bad}}}};
        EXPECT_EQ(put(one).error, "SerializationException") << bad;
        const json among = {{"leaseKey", text("bad")}, {"b", {{"BS", {"AAEC", bad}}}}};
        EXPECT_EQ(put(among).error, "SerializationException") << bad;
    }
    EXPECT_EQ(get("bad"), json());
    EXPECT_EQ(put({{"leaseKey", text("good")}, {"b", {{"B", ""}}}}).status, 200);
}

TEST_F(lease_items, compare_byte_strings_by_their_bytes) {
    const auto holds = [&](const std::string& test, const std::string& bytes) {
        return update(
                   "bytes",
                   {{"UpdateExpression", "SET n = :n"},
                    {"ConditionExpression", test},
                    {"ExpressionAttributeValues", {{":n", numeric("1")}, {":b", {{"B", bytes}}}}}})
                   .status == 200;
    };
    put({{"leaseKey", text("bytes")}, {"b", {{"B", "+w=="}}}});  // 0xfb
    EXPECT_TRUE(holds("b > :b", "AA==")) << "though its base64 comes first";
    EXPECT_FALSE(holds("b < :b", "AA=="));
    EXPECT_TRUE(holds("b < :b", "+wA="));
    EXPECT_TRUE(holds("b = :b", "+w=="));
    EXPECT_TRUE(holds("b = :b", "+x==")) << "the same byte";
}

TEST_F(lease_items, are_created_once) {
    const json in = {
        {"TableName", "app"}, {"Item", lease}, {"Expected", {{"leaseKey", {{"Exists", false}}}}}};
    const lease_reply no = call("PutItem", in);
    EXPECT_EQ(no.error, "ConditionalCheckFailedException");
    EXPECT_EQ(no.message, "The conditional request failed");
    EXPECT_FALSE(no.body.contains("Item"));
    call("DeleteItem", {{"TableName", "app"}, {"Key", {{"leaseKey", text("a")}}}});
    EXPECT_EQ(call("PutItem", in).status, 200);
}

TEST_F(lease_items, are_renewed_by_their_counter) {
    EXPECT_EQ(renew({{"leaseCounter", {{"Value", numeric("41.0")}}}}).body, json::object());
    EXPECT_EQ(get("a")["leaseCounter"], numeric("42"));
    EXPECT_EQ(
        renew({{"leaseCounter", {{"Value", numeric("41")}}}}).error,
        "ConditionalCheckFailedException");
    EXPECT_EQ(renew({{"leaseCounter", {{"Exists", true}, {"Value", numeric("42")}}}}).status, 200);
}

TEST_F(lease_items, show_themselves_when_asked_to_on_failure) {
    const lease_reply no = renew(
        {{"leaseCounter", {{"Value", numeric("7")}}}},
        {{"ReturnValuesOnConditionCheckFailure", "ALL_OLD"}});
    EXPECT_EQ(no.body["Item"], lease);
    const json in = {
        {"Expected", {{"leaseCounter", {{"Value", numeric("7")}}}}},
        {"ReturnValuesOnConditionCheckFailure", "ALL_OLD"}};
    EXPECT_FALSE(update("none", in).body.contains("Item"));
}

// KCL 1.15 checkpoints so: "equal" in its place would refuse each of them.
TEST_F(lease_items, may_be_demanded_to_differ) {
    const json not_ended = {
        {"checkpoint", {{"Value", text("SHARD_END")}, {"ComparisonOperator", "NE"}}}};
    EXPECT_EQ(renew(not_ended).status, 200);
    update("a", {{"AttributeUpdates", {{"checkpoint", {{"Value", text("SHARD_END")}}}}}});
    EXPECT_EQ(renew(not_ended).error, "ConditionalCheckFailedException");
    EXPECT_EQ(
        renew({{"x", {{"Value", text("1")}, {"ComparisonOperator", "GT"}}}}).error,
        "ValidationException");
}

TEST_F(lease_items, an_expectation_of_a_missing_item_fails) {
    const json in = {{"Expected", {{"leaseCounter", {{"Value", numeric("1")}}}}}};
    EXPECT_EQ(update("none", in).error, "ConditionalCheckFailedException");
    EXPECT_EQ(get("none"), json());
    EXPECT_EQ(update("made", json::object()).status, 200);
    EXPECT_EQ(get("made"), (json{{"leaseKey", text("made")}}));
}

TEST_F(lease_items, attributes_are_set_added_to_and_removed) {
    const lease_reply r = update(
        "a",
        {{"AttributeUpdates",
          {{"leaseCounter", {{"Value", numeric("1")}, {"Action", "ADD"}}},
           {"switches", {{"Value", numeric("2.5")}, {"Action", "ADD"}}},
           {"checkpoint", {{"Action", "DELETE"}}},
           {"absent", {{"Action", "DELETE"}}},
           {"leaseOwner", {{"Value", text("w")}}}}},
         {"ReturnValues", "ALL_NEW"}});
    EXPECT_EQ(
        r.body["Attributes"],
        (json{
            {"leaseKey", text("a")},
            {"leaseCounter", numeric("42")},
            {"switches", numeric("2.5")},
            {"leaseOwner", text("w")}}));
    EXPECT_EQ(get("a"), r.body["Attributes"]);
}

TEST_F(lease_items, a_refused_update_changes_nothing) {
    const json updates = {
        {"a", {{"Value", text("set first")}}},
        {"checkpoint", {{"Value", numeric("1")}, {"Action", "ADD"}}}};
    EXPECT_EQ(update("a", {{"AttributeUpdates", updates}}).error, "ValidationException");
    EXPECT_EQ(get("a"), lease);
}

TEST_F(lease_items, a_key_is_fixed) {
    const lease_reply no =
        update("a", {{"AttributeUpdates", {{"leaseKey", {{"Value", text("b")}}}}}});
    EXPECT_EQ(
        no.message,
        "One or more parameter values were invalid: Cannot update attribute leaseKey. This "
        "attribute is part of the key");
}

TEST_F(lease_items, a_key_must_fit_the_schema) {
    EXPECT_EQ(
        put({{"x", text("y")}}).message,
        "One or more parameter values were invalid: Missing the key leaseKey in the item");
    EXPECT_EQ(
        put({{"leaseKey", numeric("1")}}).message,
        "One or more parameter values were invalid: Type mismatch for key leaseKey expected: S "
        "actual: N");
    EXPECT_EQ(put({{"leaseKey", text("")}}).error, "ValidationException");
    const auto get_by = [&](const json& key) {
        return call("GetItem", {{"TableName", "app"}, {"Key", key}}).message;
    };
    EXPECT_EQ(get_by({{"x", text("a")}}), "The provided key element does not match the schema");
    EXPECT_EQ(
        get_by({{"leaseKey", text("a")}, {"x", text("a")}}),
        "The provided key element does not match the schema");
}

TEST_F(lease_items, deletion_says_what_was_there_when_asked) {
    json in = {
        {"TableName", "app"}, {"Key", {{"leaseKey", text("a")}}}, {"ReturnValues", "ALL_OLD"}};
    EXPECT_EQ(call("DeleteItem", in).body["Attributes"], lease);
    EXPECT_EQ(call("DeleteItem", in).body, json::object());
    in["ReturnValues"] = "ALL_NEW";
    EXPECT_EQ(call("DeleteItem", in).message, "ReturnValues can only be ALL_OLD or NONE");
}

TEST_F(lease_items, hold_400_kib_and_no_byte_more) {
    constexpr std::size_t most = 400 * 1024;
    const auto of = [](std::size_t bytes) {  // names and the key count too
        return json{{"leaseKey", text("big")}, {"d", text(std::string(bytes - 12, 'x'))}};
    };
    EXPECT_EQ(put(of(most)).status, 200);
    EXPECT_EQ(put(of(most + 1)).message, "Item size has exceeded the maximum allowed size");
    const lease_reply no = update("big", {{"AttributeUpdates", {{"e", {{"Value", text("")}}}}}});
    EXPECT_EQ(no.message, "Item size to update has exceeded the maximum allowed size");
    EXPECT_EQ(get("big"), of(most));
}

TEST_F(lease_items, values_are_of_one_type) {
    for (const json& value :
         {json::object(),
          json{{"S", "a"}, {"N", "1"}},
          json{{"N", "one"}},
          json{{"SS", json::array()}},
          json{{"SS", {"a", "a"}}},
          json{{"NS", {"1", "1.0"}}},
          json{{"X", "a"}},
          json{{"S", 1}},
          json("a"),
          json{{"L", {json{{"N", "x"}}}}},
          json{{"M", {{"k", json{{"N", "x"}}}}}}}) {
        const std::string error = put({{"leaseKey", text("bad")}, {"v", value}}).error;
        EXPECT_TRUE(error == "ValidationException" || error == "SerializationException") << value;
    }
    EXPECT_EQ(get("bad"), json());
}

}  // namespace
}  // namespace kinetide::testing
