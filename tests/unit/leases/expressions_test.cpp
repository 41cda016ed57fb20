// Conditions and updates as the lock client and the newer KCL write them.

#include "lease_kit.hpp"

namespace kinetide::testing {
namespace {

class lease_expressions : public leases_test {
protected:
    lease_expressions() {
        put({{"leaseKey", text("a")}, {"n", numeric("5")}, {"s", text("five")}});
    }

    // Tries to write under the condition.
    lease_reply given(const std::string& condition, json values, json names = json::object()) {
        values[":new"] = text("yes");
        json in = {
            {"ConditionExpression", condition},
            {"UpdateExpression", "SET done = :new"},
            {"ExpressionAttributeValues", std::move(values)}};
        if (!names.empty()) in["ExpressionAttributeNames"] = std::move(names);
        return update("a", in);
    }
    bool holds(const std::string& condition, const json& values = json::object()) {
        const lease_reply r = given(condition, values);
        EXPECT_TRUE(r.status == 200 || r.error == "ConditionalCheckFailedException") << r.message;
        return r.status == 200;
    }
    std::string why(const std::string& condition, const json& values = json::object()) {
        const lease_reply r = given(condition, values);
        EXPECT_EQ(r.error, "ValidationException") << condition;
        return r.message;
    }
};

TEST_F(lease_expressions, compare) {
    EXPECT_TRUE(holds("n = :v", {{":v", numeric("5.0")}}));
    EXPECT_FALSE(holds("n = :v", {{":v", text("5")}}));
    EXPECT_TRUE(holds("n <> :v", {{":v", text("5")}}));
    EXPECT_TRUE(holds("n < :v", {{":v", numeric("10")}}));
    EXPECT_FALSE(holds("n < :v", {{":v", numeric("5")}}));
    EXPECT_TRUE(holds("n <= :v", {{":v", numeric("5")}}));
    EXPECT_TRUE(holds("s > :v", {{":v", text("Five")}}));
    EXPECT_TRUE(holds("n >= :v", {{":v", numeric("-7")}}));
    EXPECT_FALSE(holds("missing = :v", {{":v", numeric("5")}}));
}

TEST_F(lease_expressions, join) {
    const json v = {{":v", numeric("5")}};
    EXPECT_TRUE(holds("attribute_exists(n) AND n = :v", v));
    EXPECT_TRUE(holds("attribute_exists (n) AND attribute_not_exists ( x ) "));
    EXPECT_FALSE(holds("attribute_not_exists(n) OR n <> :v", v));
    EXPECT_TRUE(holds("attribute_exists(n) OR attribute_exists(x) AND attribute_exists(y)"))
        << "AND binds closer";
    EXPECT_FALSE(holds("(attribute_exists(n) OR attribute_exists(x)) AND attribute_exists(y)"));
    EXPECT_TRUE(holds("NOT n <> :v", v));
    EXPECT_TRUE(holds("((n=:v))", v));
}

TEST_F(lease_expressions, take_names_from_beside) {
    EXPECT_EQ(
        given("#k = :v AND attribute_exists (leaseKey)", {{":v", numeric("5")}}, {{"#k", "n"}})
            .status,
        200);
    EXPECT_EQ(get("a")["done"], text("yes"));
}

TEST_F(lease_expressions, update) {
    const json in = {
        {"UpdateExpression", "SET #k0=:v0,#k1=:v1 REMOVE s, nothing "},
        {"ExpressionAttributeNames", {{"#k0", "x"}, {"#k1", "y"}}},
        {"ExpressionAttributeValues", {{":v0", text("1")}, {":v1", {{"M", json::object()}}}}},
        {"ReturnValues", "ALL_NEW"}};
    EXPECT_EQ(
        lease_kit::update("a", in).body["Attributes"],
        (json{
            {"leaseKey", text("a")},
            {"n", numeric("5")},
            {"x", text("1")},
            {"y", {{"M", json::object()}}}}));
}

TEST_F(lease_expressions, that_are_wrong_say_where) {
    EXPECT_EQ(
        why("n = "), "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"\"");
    EXPECT_EQ(
        why("n ! :v", {{":v", text("")}}),
        "Invalid ConditionExpression: Syntax error; token: \"!\", near: \"! :v\"");
    EXPECT_EQ(
        why("n = :none"),
        "Invalid ConditionExpression: An expression attribute value used in expression is not "
        "defined; attribute value: :none");
    EXPECT_EQ(
        why("#none = :new"),
        "Invalid ConditionExpression: An expression attribute name used in the document path is "
        "not defined; attribute name: #none");
    EXPECT_EQ(
        why("n = :new", {{":spare", text("")}}),
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:spare}");
    EXPECT_EQ(why(""), "Invalid ConditionExpression: The expression can not be empty;");
    EXPECT_NE(why("n = :new x").find("token: \"x\""), std::string::npos);
    EXPECT_NE(why("(n = :new").find("<EOF>"), std::string::npos);
}

TEST_F(lease_expressions, that_are_wrong_are_shown_in_whole_characters) {
    EXPECT_EQ(
        why("é = :v", {{":v", text("")}}),
        "Invalid ConditionExpression: Syntax error; token: \"é\", near: \"é = :v\"");
    for (std::size_t before = 30; before < 42; ++before) {
        const std::string near = "! " + std::string(before, 'x') + "日本";
        const std::string told = why("n " + near);
        EXPECT_NE(told.find("near: \"! xxx"), std::string::npos) << before << told;
    }
}

TEST_F(lease_expressions, that_are_not_served_say_what) {
    EXPECT_NE(why("begins_with(s, :new)").find("the function begins_with"), std::string::npos);
    EXPECT_NE(why("a.b = :new").find("a path into a value (a.b)"), std::string::npos);
    EXPECT_NE(why("n BETWEEN :new AND :new").find("BETWEEN"), std::string::npos);
    EXPECT_NE(why("n = s").find("anything but a value"), std::string::npos);
    for (const char* text : {"SET n = n + :v", "ADD n :v", "SET n = :v + :v", "DELETE s :v"}) {
        const lease_reply no = lease_kit::update(
            "a",
            {{"UpdateExpression", text}, {"ExpressionAttributeValues", {{":v", numeric("1")}}}});
        EXPECT_NE(no.message.find("not in it"), std::string::npos) << text;
    }
}

TEST_F(lease_expressions, are_bounded) {
    const auto nested = [](int depth) {
        const auto brackets = static_cast<std::size_t>(depth);
        return std::string(brackets, '(') + "n <> :new" + std::string(brackets, ')');
    };
    EXPECT_TRUE(holds(nested(31)));
    EXPECT_NE(why(nested(32)).find("too deeply"), std::string::npos);
    EXPECT_TRUE(holds("n <> :new" + std::string(4096 - 9, ' ')));
    EXPECT_NE(why("n <> :new" + std::string(4096 - 8, ' ')).find("4097"), std::string::npos);
}

TEST_F(lease_expressions, do_not_mix_with_the_older_parameters) {
    const json in = {
        {"Expected", {{"n", {{"Value", numeric("5")}}}}},
        {"ConditionExpression", "attribute_exists(n)"}};
    EXPECT_EQ(lease_kit::update("a", in).error, "ValidationException");
    EXPECT_EQ(
        lease_kit::update("a", {{"UpdateExpression", "REMOVE n, n"}}).message,
        "Invalid UpdateExpression: Two document paths overlap with each other; must remove or "
        "rewrite one of these paths; path one: [n], path two: [n]");
}

}  // namespace
}  // namespace kinetide::testing
