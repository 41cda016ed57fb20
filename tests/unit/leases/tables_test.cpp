// Tables and indexes are there, whole, in the first answer.

#include "lease_kit.hpp"

namespace kinetide::testing {
namespace {

const json owner_index = {
    {"IndexName", "LeaseOwnerToLeaseKeyIndex"},
    {"KeySchema",
     {{{"AttributeName", "leaseOwner"}, {"KeyType", "HASH"}},
      {{"AttributeName", "leaseKey"}, {"KeyType", "RANGE"}}}},
    {"Projection", {{"ProjectionType", "KEYS_ONLY"}}}};

json with_index(const json& change) {
    return {
        {"TableName", "app"},
        {"AttributeDefinitions",
         {{{"AttributeName", "leaseOwner"}, {"AttributeType", "S"}},
          {{"AttributeName", "leaseKey"}, {"AttributeType", "S"}}}},
        {"GlobalSecondaryIndexUpdates", {change}}};
}

class lease_tables : public leases_test {
protected:
    json owned_by(const std::string& worker) {
        return call(
                   "Query",
                   {{"TableName", "app"},
                    {"IndexName", "LeaseOwnerToLeaseKeyIndex"},
                    {"KeyConditionExpression", "leaseOwner = :o"},
                    {"ExpressionAttributeValues", {{":o", text(worker)}}}})
            .body["Items"];
    }
};

TEST_F(lease_tables, are_described_as_made) {
    const json table = call("DescribeTable", {{"TableName", "app"}}).body["Table"];
    EXPECT_EQ(table["TableStatus"], "ACTIVE");
    EXPECT_EQ(table["TableArn"], "arn:aws:dynamodb:us-east-1:000000000000:table/app");
    EXPECT_EQ(table["CreationDateTime"], 1'800'000'000.123);
    EXPECT_EQ(table["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST");
    EXPECT_EQ(table["ProvisionedThroughput"]["ReadCapacityUnits"], 0);
    EXPECT_EQ(table["TableId"].get<std::string>().size(), 36);
    EXPECT_FALSE(table.contains("GlobalSecondaryIndexes"));
}

TEST_F(lease_tables, may_be_provisioned) {
    json in = table_input("old");
    in.erase("BillingMode");
    EXPECT_EQ(call("CreateTable", in).error, "ValidationException");
    in["ProvisionedThroughput"] = {{"ReadCapacityUnits", 10}, {"WriteCapacityUnits", 5}};
    const json table = call("CreateTable", in).body["TableDescription"];
    EXPECT_FALSE(table.contains("BillingModeSummary"));
    EXPECT_EQ(table["ProvisionedThroughput"]["WriteCapacityUnits"], 5);
}

TEST_F(lease_tables, are_made_once_and_missed_by_name) {
    const lease_reply twice = call("CreateTable", table_input("app"));
    EXPECT_EQ(twice.error, "ResourceInUseException");
    EXPECT_EQ(twice.message, "Table already exists: app");
    const lease_reply missing = call("DescribeTable", {{"TableName", "none"}});
    EXPECT_EQ(missing.error, "ResourceNotFoundException");
    EXPECT_EQ(missing.message, "Requested resource not found: Table: none not found");
}

TEST_F(lease_tables, are_gone_with_what_they_held) {
    put({{"leaseKey", text("a")}});
    EXPECT_EQ(
        call("DeleteTable", {{"TableName", "app"}}).body["TableDescription"]["TableStatus"],
        "DELETING");
    EXPECT_EQ(put({{"leaseKey", text("a")}}).error, "ResourceNotFoundException");
    create_table();
    EXPECT_EQ(everything(), json::array());
}

TEST_F(lease_tables, of_two_owners_never_meet) {
    owner.account_id = "111111111111";
    EXPECT_EQ(call("DescribeTable", {{"TableName", "app"}}).error, "ResourceNotFoundException");
    create_table();
    put({{"leaseKey", text("a")}});
    owner = {"000000000000", "us-east-1"};
    EXPECT_EQ(everything(), json::array());
}

TEST_F(lease_tables, protected_ones_stay) {
    json in = table_input("kept");
    in["DeletionProtectionEnabled"] = true;
    call("CreateTable", in);
    EXPECT_EQ(call("DeleteTable", {{"TableName", "kept"}}).error, "ValidationException");
    EXPECT_EQ(call("DescribeTable", {{"TableName", "kept"}}).status, 200);
}

TEST_F(lease_tables, have_names_of_3_to_255_plain_characters) {
    EXPECT_EQ(call("CreateTable", table_input("ab")).error, "ValidationException");
    EXPECT_EQ(call("CreateTable", table_input(std::string(256, 'a'))).error, "ValidationException");
    EXPECT_EQ(call("CreateTable", table_input("a b")).error, "ValidationException");
    EXPECT_EQ(call("CreateTable", table_input(std::string(255, 'a'))).status, 200);
    EXPECT_EQ(call("CreateTable", table_input("a-B_0.c")).status, 200);
}

TEST_F(lease_tables, an_index_is_active_at_once_and_follows_the_items) {
    put({{"leaseKey", text("before")}, {"leaseOwner", text("w")}});
    const json made = call("UpdateTable", with_index({{"Create", owner_index}}))
                          .body["TableDescription"]["GlobalSecondaryIndexes"][0];
    EXPECT_EQ(made["IndexStatus"], "ACTIVE");
    EXPECT_EQ(made["ItemCount"], 1);
    put({{"leaseKey", text("nobody's")}});
    put({{"leaseKey", text("after")}, {"leaseOwner", text("w")}, {"x", numeric("1")}});
    const auto keys = [](const std::string& key) {
        return json{{"leaseKey", text(key)}, {"leaseOwner", text("w")}};
    };
    EXPECT_EQ(owned_by("w"), json::array({keys("after"), keys("before")}));
    update("after", {{"AttributeUpdates", {{"leaseOwner", {{"Action", "DELETE"}}}}}});
    EXPECT_EQ(owned_by("w"), json::array({keys("before")}));
    call("DeleteItem", {{"TableName", "app"}, {"Key", {{"leaseKey", text("before")}}}});
    EXPECT_EQ(owned_by("w"), json::array());
}

TEST_F(lease_tables, an_index_is_made_once_and_missed_by_name) {
    call("UpdateTable", with_index({{"Create", owner_index}}));
    EXPECT_EQ(
        call("UpdateTable", with_index({{"Create", owner_index}})).error, "ValidationException");
    const json removal = {{"Delete", {{"IndexName", "LeaseOwnerToLeaseKeyIndex"}}}};
    EXPECT_EQ(call("UpdateTable", with_index(removal)).status, 200);
    const lease_reply missing = call("UpdateTable", with_index(removal));
    EXPECT_EQ(missing.error, "ValidationException");
    EXPECT_EQ(
        missing.message, "The table does not have the specified index: LeaseOwnerToLeaseKeyIndex");
}

TEST_F(lease_tables, backups_are_said_to_be_as_asked) {
    const json in = {
        {"TableName", "app"},
        {"PointInTimeRecoverySpecification", {{"PointInTimeRecoveryEnabled", true}}}};
    EXPECT_EQ(
        call("UpdateContinuousBackups", in)
            .body["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"],
        (json{{"PointInTimeRecoveryStatus", "ENABLED"}}));
}

TEST_F(lease_tables, an_operation_outside_the_subset_is_told_what_there_is) {
    const lease_reply no = call("BatchGetItem", json::object());
    EXPECT_EQ(no.error, "UnknownOperationException");
    EXPECT_NE(no.message.find("TransactWriteItems"), std::string::npos);
    EXPECT_NE(no.message.find("AWS_ENDPOINT_URL_DYNAMODB"), std::string::npos);
    const lease_reply member = call("Scan", {{"TableName", "app"}, {"ScanFilter", {{"a", 1}}}});
    EXPECT_EQ(member.error, "ValidationException");
    EXPECT_NE(member.message.find("the member ScanFilter of Scan"), std::string::npos);
}

}  // namespace
}  // namespace kinetide::testing
