// Up to 500 records: all refused for a bad one, throttled one by one, in the call's order.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(put_records);

json entry(const std::string& key, const std::string& data = "") {
    return {{"PartitionKey", key}, {"Data", base64(data)}};
}

json entries(std::size_t count, const json& one) {
    json all = json::array();
    for (std::size_t i = 0; i < count; ++i) all.push_back(one);
    return all;
}

reply put(service_kit& service, const json& records, const std::string& stream = "orders") {
    return service.call("PutRecords", {{"StreamName", stream}, {"Records", records}});
}

const std::string throttled = "ProvisionedThroughputExceededException";
const std::string rate_exceeded =
    "Rate exceeded for shard shardId-000000000000 in stream orders under account 000000000000.";

// '+' for each entry that was stored, '-' for each that was throttled.
std::string outcomes(const reply& r) {
    std::string all;
    for (const json& one : r.body.at("Records")) {
        if (members(one) == "SequenceNumber ShardId") {
            all += '+';
        } else {
            EXPECT_EQ(one, json({{"ErrorCode", throttled}, {"ErrorMessage", rate_exceeded}}));
            all += '-';
        }
    }
    const auto failed = std::count(all.begin(), all.end(), '-');
    EXPECT_EQ(r.body.at("FailedRecordCount"), failed);
    return all;
}

TEST_P(put_records, answers_entry_by_entry_in_the_calls_order) {
    service.create_stream("orders", {.shards = 3});
    const json records = {
        entry("a", "1"), entry("b", "2"), entry("e", "3"), entry("f", "4"), entry("a", "5")};
    reply r = put(service, records);

    EXPECT_EQ(r.status, 200);
    EXPECT_EQ(members(r.body), "FailedRecordCount Records");
    EXPECT_EQ(r.body["FailedRecordCount"], 0);
    std::string shards;
    for (const json& one : r.body["Records"]) {
        EXPECT_EQ(members(one), "SequenceNumber ShardId");
        shards += one["ShardId"].get<std::string>().back();
    }
    EXPECT_EQ(shards, "01210");
    EXPECT_LT(r.body["Records"][0]["SequenceNumber"], r.body["Records"][4]["SequenceNumber"]);
    EXPECT_EQ(service.all_data("orders", 0), (std::vector<std::string>{"1", "5"}));
    EXPECT_EQ(service.all_data("orders", 1), (std::vector<std::string>{"2", "4"}));
    EXPECT_EQ(service.all_data("orders", 2), std::vector<std::string>{"3"});
}

TEST_P(put_records, takes_explicit_hash_keys_or_none_of_the_call) {
    service.create_stream("orders", {.shards = 3});
    json last = entry("a");
    last["ExplicitHashKey"] = "340282366920938463463374607431768211455";
    reply r = put(service, {entry("a"), last});
    EXPECT_EQ(r.body["Records"][1]["ShardId"], "shardId-000000000002");

    last["ExplicitHashKey"] = "340282366920938463463374607431768211456";
    EXPECT_TRUE(refused(
        put(service, {entry("a"), last}),
        "InvalidArgumentException",
        "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified "
        "value was 340282366920938463463374607431768211456"));
    EXPECT_EQ(service.all_data("orders", 0).size(), 1U);
}

TEST_P(put_records, finds_streams_by_arn) {
    service.create_stream("orders");
    const json records = json::array({entry("k")});
    EXPECT_TRUE(
        service.call("PutRecords", {{"StreamARN", arn_of("orders")}, {"Records", records}}).ok());
    const json both = {
        {"StreamARN", arn_of("orders")}, {"StreamName", "orders"}, {"Records", records}};
    EXPECT_TRUE(service.call("PutRecords", both).ok());
    expect_stream_naming_refusals(service, "PutRecords", {{"Records", records}});
    service.act_as("111111111111", "us-east-1");
    EXPECT_TRUE(refused(
        put(service, records), "ResourceNotFoundException", not_found("orders", "111111111111")));
    service.act_as("000000000000", "us-east-1");
    EXPECT_EQ(service.all_data("orders").size(), 2U);
}

TEST_P(put_records, needs_a_stream_that_is_active_or_updating) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    const json records = json::array({entry("k")});
    EXPECT_TRUE(refused(put(slow, records), "ResourceNotFoundException", not_found("orders")));
    slow.clock.advance_ms(500);
    slow.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    EXPECT_EQ(outcomes(put(slow, records)), "+");
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(refused(put(slow, records), "ResourceNotFoundException", not_found("orders")));
}

TEST_P(put_records, takes_from_one_to_five_hundred) {
    service.create_stream("orders");
    EXPECT_EQ(outcomes(put(service, entries(500, entry("k")))), std::string(500, '+'));
    EXPECT_TRUE(refused(
        put(service, json::array()),
        "ValidationException",
        violations({{"'[]'", "records", must::have_length_from(1)}})));
    std::string shown;
    for (int i = 0; i < 501; ++i) {
        shown += (i == 0 ? "" : ", ") +
                 std::string(
                     "PutRecordsRequestEntry(data=java.nio.HeapByteBuffer[pos=0 lim=0 cap=0], "
                     "explicitHashKey=null, partitionKey=k)");
    }
    EXPECT_TRUE(refused(
        put(service, entries(501, entry("k"))),
        "ValidationException",
        violations({{"'[" + shown + "]'", "records", must::have_length_to(500)}})));
    EXPECT_EQ(service.all_data("orders").size(), 500U);
}

TEST_P(put_records, reports_ten_violations_at_most) {
    service.create_stream("orders");
    const reply r = put(service, entries(501, entry("")));
    EXPECT_EQ(r.error_code, "ValidationException");
    EXPECT_TRUE(r.message.starts_with("10 validation errors detected: Value '["));
    const auto end_of_list = r.message.find("]' at 'records' ");
    std::string rest = "]' at 'records' failed to satisfy constraint: " + must::have_length_to(500);
    for (int i = 1; i < 10; ++i) {
        rest += "; Value '' at 'records." + std::to_string(i) +
                ".member.partitionKey' failed to satisfy constraint: " + must::have_length_from(1);
    }
    EXPECT_EQ(r.message.substr(end_of_list), rest);
}

TEST_P(put_records, refuses_the_whole_call_for_a_malformed_entry) {
    service.create_stream("orders");
    const auto violates = [&](const json& bad, const std::vector<violation>& all) {
        return refused(put(service, {entry("k"), bad}), "ValidationException", violations(all));
    };
    const std::string path = "records.2.member.";
    const std::string long_key(257, 'k');
    EXPECT_TRUE(violates(
        {{"PartitionKey", ""}, {"ExplicitHashKey", "01"}},
        {{"''", path + "partitionKey", must::have_length_from(1)},
         {"'01'", path + "explicitHashKey", must::match(R"(0|([1-9]\d{0,38}))")},
         {"null", path + "data", must::not_be_null}}));
    EXPECT_TRUE(violates(
        entry(long_key),
        {{"'" + long_key + "'", path + "partitionKey", must::have_length_to(256)}}));
    EXPECT_TRUE(violates({{"Data", ""}}, {{"null", path + "partitionKey", must::not_be_null}}));
    EXPECT_TRUE(refused(put(service, entries(11, {{"Data", ""}})), "ValidationException", [] {
        std::vector<violation> ten;
        for (int i = 1; i <= 10; ++i) {
            ten.push_back(
                {"null",
                 "records." + std::to_string(i) + ".member.partitionKey",
                 must::not_be_null});
        }
        return violations(ten);
    }()));
    EXPECT_TRUE(refused(
        service.call("PutRecords", {{"StreamName", "orders"}}),
        "ValidationException",
        violations({{"null", "records", must::not_be_null}})));
    EXPECT_TRUE(service.all_data("orders").empty());
}

TEST_P(put_records, refuses_the_whole_call_for_an_oversize_record) {
    service.create_stream("orders");
    EXPECT_TRUE(put(service, json::array({entry("k", std::string(1'048'575, 'x'))})).ok());
    EXPECT_TRUE(refused(
        put(service, {entry("k"), entry("k", std::string(1'048'576, 'x'))}),
        "InvalidArgumentException",
        "Record size of 1048577 bytes, data and partition key together, exceeds the stream's "
        "maximum record size of 1048576 bytes."));
    EXPECT_EQ(service.all_data("orders").size(), 1U);
}

TEST_P(put_records, takes_ten_mib_of_data_and_keys) {
    service.create_stream("orders");
    json records = entries(10, entry("k", std::string(1'048'575, 'x')));
    EXPECT_TRUE(put(service, records).ok());
    records.push_back(entry("k"));
    EXPECT_TRUE(refused(
        put(service, records), "InvalidArgumentException", "Records size exceeds 10 MB limit"));
    EXPECT_EQ(service.all_data("orders").size(), 10U);
}

TEST_P(put_records, only_tries_when_asked_to) {
    service.create_stream("orders");
    const auto dry = [&](const json& records) {
        return service.call(
            "PutRecords", {{"StreamName", "orders"}, {"Records", records}, {"DryRun", true}});
    };
    EXPECT_TRUE(refused(
        dry(json::array({entry("k")})),
        "DryRunOperationException",
        "Request would have succeeded, but DryRun flag is set."));
    EXPECT_EQ(dry(json::array({entry("")})).error_code, "ValidationException");
    EXPECT_TRUE(service.all_data("orders").empty());
}

TEST_P(put_records, spreads_records_of_automatic_streams) {
    service.create_automatic("orders");
    json records = entries(8, entry("the same"));
    records[0].erase("PartitionKey");
    EXPECT_EQ(outcomes(put(service, records)), "++++++++");
    for (int shard = 0; shard < 4; ++shard) {
        EXPECT_EQ(service.all_data("orders", shard).size(), 2U) << shard;
    }
}

TEST_P(put_records, throttles_entries_by_their_number_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    EXPECT_EQ(outcomes(put(aws, entries(500, entry("k")))), std::string(500, '+'));
    EXPECT_EQ(outcomes(put(aws, entries(499, entry("k")))), std::string(499, '+'));
    EXPECT_EQ(outcomes(put(aws, entries(3, entry("k")))), "+--");
    EXPECT_EQ(outcomes(put(aws, entries(3, entry("k")))), "---") << "still 200";
    aws.clock.advance_ms(2);
    EXPECT_EQ(outcomes(put(aws, entries(3, entry("k")))), "++-");
}

TEST_P(put_records, throttles_entries_by_their_bytes_and_goes_on_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    const auto of = [](std::size_t bytes) { return entry("k", std::string(bytes - 1, 'x')); };
    EXPECT_EQ(outcomes(put(aws, {of(1'000'000), of(48'577), of(48'576), of(1)})), "+-+-");
    aws.clock.advance_ms(1);
    EXPECT_EQ(outcomes(put(aws, {of(1'049), of(1'048), of(1)})), "-+-");
    EXPECT_EQ(aws.all_data("orders").size(), 3U);
}

TEST_P(put_records, throttles_each_shard_by_itself_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders", {.shards = 3});
    const std::string full(1'048'575, 'x');
    EXPECT_EQ(outcomes(put(aws, {entry("a", full), entry("a"), entry("b"), entry("a")})), "+-+-");
}

TEST_P(put_records, lets_large_records_leave_debt_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.call(
        "CreateStream",
        {{"StreamName", "orders"}, {"ShardCount", 1}, {"MaxRecordSizeInKiB", 10240}});
    const json large = entry("k", std::string(3 * 1'048'576 - 1, 'x'));
    EXPECT_EQ(outcomes(put(aws, {large, entry("k")})), "+-");
    aws.clock.advance_ms(2'000);
    EXPECT_EQ(outcomes(put(aws, json::array({entry("k")}))), "-");
    aws.clock.advance_ms(1);
    EXPECT_EQ(outcomes(put(aws, json::array({entry("k")}))), "+");
    aws.clock.advance_ms(998);
    EXPECT_EQ(outcomes(put(aws, json::array({large}))), "-") << "passes only when nothing is owed";
    aws.clock.advance_ms(2);
    EXPECT_EQ(outcomes(put(aws, json::array({large}))), "+");
}

}  // namespace
}  // namespace kinetide::testing
