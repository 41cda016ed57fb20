// TransactWriteItems: all or nothing, over several tables.

#include "lease_kit.hpp"

namespace kinetide::testing {
namespace {

class lease_transactions : public leases_test {
protected:
    lease_transactions() {
        create_table("state");
        put({{"leaseKey", text("a")}, {"n", numeric("1")}});
    }

    static json put_of(const std::string& table, const std::string& key) {
        return {
            {"Put",
             {{"TableName", table},
              {"Item", {{"leaseKey", text(key)}}},
              {"ConditionExpression", "attribute_not_exists(leaseKey)"}}}};
    }
    static json check_of(const std::string& number) {
        return {
            {"ConditionCheck",
             {{"TableName", "app"},
              {"Key", {{"leaseKey", text("a")}}},
              {"ConditionExpression", "n = :n"},
              {"ExpressionAttributeValues", {{":n", numeric(number)}}}}}};
    }
    lease_reply transact(const json& actions) {
        return call(
            "TransactWriteItems", {{"TransactItems", actions}, {"ClientRequestToken", "x"}});
    }
};

TEST_F(lease_transactions, do_all) {
    const json removal = {
        {"Delete", {{"TableName", "state"}, {"Key", {{"leaseKey", text("old")}}}}}};
    const json change = {
        {"Update",
         {{"TableName", "app"},
          {"Key", {{"leaseKey", text("b")}}},
          {"UpdateExpression", "SET x = :x"},
          {"ExpressionAttributeValues", {{":x", text("y")}}}}}};
    call("PutItem", {{"TableName", "state"}, {"Item", {{"leaseKey", text("old")}}}});
    EXPECT_EQ(
        transact({check_of("1"), put_of("state", "new"), removal, change}).body, json::object());
    EXPECT_EQ(everything("state"), json::array({{{"leaseKey", text("new")}}}));
    EXPECT_EQ(get("b")["x"], text("y"));
}

TEST_F(lease_transactions, or_nothing) {
    const lease_reply no = transact({put_of("state", "new"), check_of("2"), put_of("app", "b")});
    EXPECT_EQ(no.error, "TransactionCanceledException");
    EXPECT_EQ(
        no.message,
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, "
        "ConditionalCheckFailed, None]");
    EXPECT_EQ(
        no.body["CancellationReasons"][1],
        (json{{"Code", "ConditionalCheckFailed"}, {"Message", "The conditional request failed"}}));
    EXPECT_EQ(everything("state"), json::array());
    EXPECT_EQ(get("b"), json());
}

TEST_F(lease_transactions, touch_an_item_once) {
    EXPECT_EQ(
        transact({check_of("1"), put_of("app", "a")}).message,
        "Transaction request cannot include multiple operations on one item");
}

TEST_F(lease_transactions, have_1_to_100_actions) {
    json actions = json::array();
    EXPECT_EQ(transact(actions).error, "ValidationException");
    for (int i = 0; i < 100; ++i) actions.push_back(put_of("state", std::to_string(i)));
    EXPECT_EQ(transact(actions).status, 200);
    actions.push_back(put_of("app", "z"));
    EXPECT_EQ(transact(actions).error, "ValidationException");
    EXPECT_EQ(get("z"), json());
}

TEST_F(lease_transactions, refuse_what_they_do_not_know) {
    EXPECT_EQ(
        transact(json::array({{{"Get", {{"TableName", "app"}}}}})).error, "SerializationException");
    EXPECT_EQ(transact(json::array({json::object()})).error, "ValidationException");
    EXPECT_EQ(transact(json::array({put_of("none", "a")})).error, "ResourceNotFoundException");
}

}  // namespace
}  // namespace kinetide::testing
