// Scans in pages and segments, queries by hash key and in both directions.

#include <algorithm>

#include "lease_kit.hpp"

namespace kinetide::testing {
namespace {

class lease_reads : public lease_kit, public ::testing::Test {
protected:
    // StreamID and ShardID, as Redpanda Connect keeps its checkpoints.
    lease_reads() {
        const json in = {
            {"TableName", "t.2"},
            {"BillingMode", "PAY_PER_REQUEST"},
            {"KeySchema",
             {{{"AttributeName", "h"}, {"KeyType", "HASH"}},
              {{"AttributeName", "r"}, {"KeyType", "RANGE"}}}},
            {"AttributeDefinitions",
             {{{"AttributeName", "h"}, {"AttributeType", "S"}},
              {{"AttributeName", "r"}, {"AttributeType", "N"}}}}};
        EXPECT_EQ(call("CreateTable", in).status, 200);
        for (const char* hash : {"a", "b", "c"}) {
            for (const char* range : {"10", "9", "-1", "2.5"}) add(hash, range);
        }
    }

    void add(const std::string& hash, const std::string& range) {
        call(
            "PutItem",
            {{"TableName", "t.2"},
             {"Item",
              {{"h", text(hash)},
               {"r", numeric(range)},
               {"even", text(range == "10" ? "yes" : "no")}}}});
    }

    // Items as "a10 a9 ...".
    static std::string shown(const json& items) {
        std::string out;
        for (const json& item : items) {
            out += (out.empty() ? "" : " ") + item["h"]["S"].get<std::string>() +
                   item["r"]["N"].get<std::string>();
        }
        return out;
    }

    json scan(json more) {
        more["TableName"] = "t.2";
        return call("Scan", more).body;
    }
    json query(const std::string& condition, json values, json more = json::object()) {
        more["TableName"] = "t.2";
        more["KeyConditionExpression"] = condition;
        more["ExpressionAttributeValues"] = std::move(values);
        return call("Query", more).body;
    }
};

TEST_F(lease_reads, scan_everything_in_the_order_of_keys) {
    const json all = scan(json::object());
    EXPECT_EQ(shown(all["Items"]), "a-1 a2.5 a9 a10 b-1 b2.5 b9 b10 c-1 c2.5 c9 c10");
    EXPECT_EQ(all["Count"], 12);
    EXPECT_FALSE(all.contains("LastEvaluatedKey"));
}

TEST_F(lease_reads, scan_in_pages) {
    json start;
    std::string seen;
    int pages = 0;
    do {
        json in = {{"Limit", 5}};
        if (!start.is_null()) in["ExclusiveStartKey"] = start;
        const json page = scan(in);
        seen += shown(page["Items"]) + "|";
        start = page.value("LastEvaluatedKey", json());
        ++pages;
    } while (!start.is_null() && pages < 10);
    EXPECT_EQ(seen, "a-1 a2.5 a9 a10 b-1|b2.5 b9 b10 c-1 c2.5|c9 c10|");
}

TEST_F(lease_reads, count_the_limit_before_the_filter) {
    const json page = scan(
        {{"Limit", 5},
         {"FilterExpression", "even = :y"},
         {"ExpressionAttributeValues", {{":y", text("yes")}}}});
    EXPECT_EQ(shown(page["Items"]), "a10");
    EXPECT_EQ(page["ScannedCount"], 5);
    EXPECT_EQ(page["LastEvaluatedKey"], (json{{"h", text("b")}, {"r", numeric("-1")}}));
}

TEST_F(lease_reads, start_behind_a_key_that_nobody_has) {
    const json page = scan(
        {{"Limit", 1},
         {"ProjectionExpression", "h"},
         {"ExclusiveStartKey", {{"h", text("a")}, {"r", numeric("9e100")}}}});
    EXPECT_EQ(page["Items"], json::array({{{"h", text("b")}}}));
    const json bad = scan({{"ExclusiveStartKey", {{"h", text("a")}}}});
    EXPECT_EQ(bad["message"], "The provided starting key is invalid");
}

TEST_F(lease_reads, segments_part_the_items) {
    for (int i = 0; i < 100; ++i) add("h" + std::to_string(i), "1");
    std::size_t seen = 0;
    std::size_t most = 0;
    for (int segment = 0; segment < 7; ++segment) {
        const std::size_t count =
            scan({{"Segment", segment}, {"TotalSegments", 7}})["Items"].size();
        seen += count;
        most = std::max(most, count);
    }
    EXPECT_EQ(seen, 112);
    EXPECT_LT(most, 50) << "one segment has nearly all";
    EXPECT_EQ(
        scan({{"Segment", 7}, {"TotalSegments", 7}})["__type"],
        "com.amazon.coral.validate#ValidationException");
    EXPECT_TRUE(scan({{"Segment", 0}}).contains("message"));
}

TEST_F(lease_reads, query_one_hash_key) {
    EXPECT_EQ(shown(query("h = :h", {{":h", text("b")}})["Items"]), "b-1 b2.5 b9 b10");
    EXPECT_EQ(
        shown(query("h = :h", {{":h", text("b")}}, {{"ScanIndexForward", false}})["Items"]),
        "b10 b9 b2.5 b-1");
    EXPECT_EQ(
        shown(query("h = :h AND r > :r", {{":h", text("b")}, {":r", numeric("2.5")}})["Items"]),
        "b9 b10");
    const json counted = query("h = :h", {{":h", text("b")}}, {{"Select", "COUNT"}});
    EXPECT_EQ(counted["Count"], 4);
    EXPECT_FALSE(counted.contains("Items"));
}

TEST_F(lease_reads, query_in_pages_both_ways) {
    for (const bool forward : {true, false}) {
        json more = {{"Limit", 3}, {"ScanIndexForward", forward}};
        const json first = query("h = :h", {{":h", text("b")}}, more);
        more["ExclusiveStartKey"] = first["LastEvaluatedKey"];
        const json second = query("h = :h", {{":h", text("b")}}, more);
        EXPECT_EQ(
            shown(first["Items"]) + "|" + shown(second["Items"]),
            forward ? "b-1 b2.5 b9|b10" : "b10 b9 b2.5|b-1");
        EXPECT_FALSE(second.contains("LastEvaluatedKey"));
    }
}

TEST_F(lease_reads, a_query_needs_the_hash_key) {
    EXPECT_EQ(
        query("r = :r", {{":r", numeric("1")}})["message"],
        "Query condition missed key schema element: h");
    EXPECT_EQ(
        query("h = :h OR r = :r", {{":h", text("b")}, {":r", numeric("1")}})["message"],
        "Query key condition not supported");
    EXPECT_EQ(query("h > :h", {{":h", text("b")}})["message"], "Query key condition not supported");
    EXPECT_EQ(
        query("h = :h", {{":h", text("b")}}, {{"IndexName", "none"}})["message"],
        "The table does not have the specified index: none");
}

TEST_F(lease_reads, pages_end_at_a_mebibyte) {
    for (int i = 0; i < 12; ++i) {
        const json item = {
            {"h", text("big")},
            {"r", numeric(std::to_string(i))},
            {"d", text(std::string(100'000, 'x'))}};
        call("PutItem", {{"TableName", "t.2"}, {"Item", item}});
    }
    const json page = query("h = :h", {{":h", text("big")}});
    EXPECT_EQ(page["Count"], 11);
    EXPECT_TRUE(page.contains("LastEvaluatedKey"));
}

}  // namespace
}  // namespace kinetide::testing
