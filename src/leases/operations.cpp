// The operations of the room, with the members that each takes.

#include <array>

#include "operation.hpp"

namespace kinetide::leases {
namespace {

using names = std::string_view;

// What is measured, billed or encrypted elsewhere.
constexpr std::array<names, 10> no_matter{
    "ReturnConsumedCapacity",
    "ReturnItemCollectionMetrics",
    "ConsistentRead",
    "ClientRequestToken",
    "Tags",
    "SSESpecification",
    "TableClass",
    "OnDemandThroughput",
    "WarmThroughput",
    "StreamSpecification"};

constexpr std::array<names, 7> create_table_members{
    "TableName",
    "KeySchema",
    "AttributeDefinitions",
    "BillingMode",
    "ProvisionedThroughput",
    "DeletionProtectionEnabled",
    "GlobalSecondaryIndexes"};
constexpr std::array<names, 1> table_name{"TableName"};
constexpr std::array<names, 3> update_table_members{
    "TableName", "AttributeDefinitions", "GlobalSecondaryIndexUpdates"};
constexpr std::array<names, 2> backups_members{"TableName", "PointInTimeRecoverySpecification"};
constexpr std::array<names, 8> put_members{
    "TableName",
    "Item",
    "Expected",
    "ConditionExpression",
    "ExpressionAttributeNames",
    "ExpressionAttributeValues",
    "ReturnValues",
    "ReturnValuesOnConditionCheckFailure"};
constexpr std::array<names, 2> get_members{"TableName", "Key"};
constexpr std::array<names, 10> update_members{
    "TableName",
    "Key",
    "Expected",
    "AttributeUpdates",
    "ConditionExpression",
    "UpdateExpression",
    "ExpressionAttributeNames",
    "ExpressionAttributeValues",
    "ReturnValues",
    "ReturnValuesOnConditionCheckFailure"};
constexpr std::array<names, 8> delete_members{
    "TableName",
    "Key",
    "Expected",
    "ConditionExpression",
    "ExpressionAttributeNames",
    "ExpressionAttributeValues",
    "ReturnValues",
    "ReturnValuesOnConditionCheckFailure"};
constexpr std::array<names, 10> scan_members{
    "TableName",
    "Limit",
    "ExclusiveStartKey",
    "Segment",
    "TotalSegments",
    "FilterExpression",
    "ProjectionExpression",
    "ExpressionAttributeNames",
    "ExpressionAttributeValues",
    "Select"};
constexpr std::array<names, 11> query_members{
    "TableName",
    "IndexName",
    "KeyConditionExpression",
    "Limit",
    "ExclusiveStartKey",
    "ScanIndexForward",
    "FilterExpression",
    "ProjectionExpression",
    "ExpressionAttributeNames",
    "ExpressionAttributeValues",
    "Select"};
constexpr std::array<names, 1> transact_members{"TransactItems"};

constexpr std::array<operation, 12> table_of_operations{{
    {"CreateTable", create_table, create_table_members, no_matter},
    {"DescribeTable", describe_table, table_name, no_matter},
    {"UpdateTable", update_table, update_table_members, no_matter},
    {"DeleteTable", delete_table, table_name, no_matter},
    {"UpdateContinuousBackups", update_continuous_backups, backups_members, no_matter},
    {"PutItem", put_item, put_members, no_matter},
    {"GetItem", get_item, get_members, no_matter},
    {"UpdateItem", update_item, update_members, no_matter},
    {"DeleteItem", delete_item, delete_members, no_matter},
    {"Scan", scan, scan_members, no_matter},
    {"Query", query, query_members, no_matter},
    {"TransactWriteItems", transact_write_items, transact_members, no_matter},
}};

}  // namespace

std::span<const operation> all_operations() { return table_of_operations; }

}  // namespace kinetide::leases
