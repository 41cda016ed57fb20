// Under `aws` limits each operation is called so many times a second, by account or by stream;
// relaxed, as often as one likes.

#include <map>

#include "hostile_requests.hpp"

namespace kinetide::testing {
namespace {

struct rate {
    int per_second = 0;
    bool of_stream = false;
};

// As the API reference has them; where the quota page says otherwise, docs/compatibility.md tells.
const std::map<std::string, rate> rates{
    {"AddTagsToStream", {5}},
    {"CreateStream", {5}},
    {"DecreaseStreamRetentionPeriod", {5, true}},
    {"DeleteResourcePolicy", {5}},
    {"DeleteStream", {5}},
    {"DeregisterStreamConsumer", {5, true}},
    {"DescribeAccountSettings", {5}},
    {"DescribeLimits", {1}},
    {"DescribeStream", {10}},
    {"DescribeStreamConsumer", {20, true}},
    {"DescribeStreamSummary", {20}},
    {"DisableEnhancedMonitoring", {5, true}},
    {"EnableEnhancedMonitoring", {5, true}},
    {"GetResourcePolicy", {5}},
    {"IncreaseStreamRetentionPeriod", {5, true}},
    {"ListShards", {1000, true}},
    {"ListStreamConsumers", {5, true}},
    {"ListStreams", {5}},
    {"ListTagsForResource", {5}},
    {"ListTagsForStream", {5}},
    {"MergeShards", {5}},
    {"PutResourcePolicy", {5}},
    {"RegisterStreamConsumer", {5}},
    {"RemoveTagsFromStream", {5}},
    {"SplitShard", {5}},
    {"TagResource", {5}},
    {"UntagResource", {5}},
    {"UpdateAccountSettings", {5}},
    {"UpdateMaxRecordSize", {5}},
    {"UpdateShardCount", {10}},
    {"UpdateStreamRecordDistributionStrategy", {5}},
    {"UpdateStreamWarmThroughput", {5}},
};

// Limited in other ways: by shard, or by day.
const std::vector<std::string> without_rate{
    "GetRecords",
    "GetShardIterator",
    "PutRecord",
    "PutRecords",
    "StartStreamEncryption",
    "StopStreamEncryption",
    "SubscribeToShard",
    "UpdateStreamMode"};

KINETIDE_BOTH_FORMS(call_rates);

// A stream with a consumer, a second after they were made, so that all buckets are full.
std::string prepare(service_kit& service) {
    service.create_stream("orders", {.shards = 2});
    const json app = {{"StreamARN", arn_of("orders")}, {"ConsumerName", "app"}};
    const json made = service.call("RegisterStreamConsumer", app).body;
    service.clock.advance_ms(1'000);
    return made["Consumer"]["ConsumerARN"];
}

std::string refusal_of(const rate& r) {
    return r.of_stream ? "Rate exceeded for stream orders under account 000000000000."
                       : "Rate exceeded for account 000000000000.";
}

bool is_exceeded(const reply& r) {
    return r.error_code == "LimitExceededException" && r.message.starts_with("Rate exceeded");
}

TEST_P(call_rates, are_exact_by_the_clock) {
    for (const victim& v : victims("", "")) {
        const auto found = rates.find(v.operation);
        if (found == rates.end()) continue;
        const rate& r = found->second;
        service_kit aws(GetParam(), aws_limits());
        const std::string consumer = prepare(aws);
        json body = v.body;
        if (body.contains("ConsumerARN")) body["ConsumerARN"] = consumer;
        for (int i = 0; i < r.per_second; ++i) {
            EXPECT_FALSE(is_exceeded(aws.call(v.operation, body))) << v.operation << ' ' << i;
        }
        EXPECT_TRUE(refused(aws.call(v.operation, body), "LimitExceededException", refusal_of(r)))
            << v.operation;
        const int refill_ms = (1'000 + r.per_second - 1) / r.per_second;
        aws.clock.advance_ms(refill_ms - 1);
        EXPECT_TRUE(refill_ms == 1 || is_exceeded(aws.call(v.operation, body))) << v.operation;
        aws.clock.advance_ms(1);
        EXPECT_FALSE(is_exceeded(aws.call(v.operation, body))) << v.operation;
        EXPECT_TRUE(is_exceeded(aws.call(v.operation, body))) << v.operation;
    }
}

TEST_P(call_rates, are_known_for_every_operation) {
    std::size_t known = 0;
    for (const victim& v : victims("", "")) {
        const bool other =
            std::find(without_rate.begin(), without_rate.end(), v.operation) != without_rate.end();
        EXPECT_NE(rates.count(v.operation) != 0, other) << v.operation;
        ++known;
    }
    EXPECT_EQ(known, rates.size() + without_rate.size());
}

TEST_P(call_rates, are_each_accounts_and_regions_own) {
    service_kit aws(GetParam(), aws_limits());
    EXPECT_TRUE(aws.call("DescribeLimits", json::object()).ok());
    EXPECT_TRUE(is_exceeded(aws.call("DescribeLimits", json::object())));
    aws.act_as("111111111111", "us-east-1");
    EXPECT_TRUE(aws.call("DescribeLimits", json::object()).ok());
    aws.act_as("000000000000", "eu-west-1");
    EXPECT_TRUE(aws.call("DescribeLimits", json::object()).ok());
}

TEST_P(call_rates, do_not_count_what_is_no_valid_request) {
    service_kit aws(GetParam(), aws_limits());
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(aws.call("ListStreams", {{"Limit", 0}}).error_code, "ValidationException");
    }
    EXPECT_TRUE(aws.call("ListStreams", json::object()).ok());
}

TEST_P(call_rates, of_dry_runs_are_one_a_second_over_all_calls_of_a_stream) {
    service_kit aws(GetParam(), aws_limits());
    prepare(aws);
    const json put = {
        {"StreamName", "orders"}, {"PartitionKey", "k"}, {"Data", ""}, {"DryRun", true}};
    const json place = {
        {"StreamName", "orders"},
        {"ShardId", "0"},
        {"ShardIteratorType", "LATEST"},
        {"DryRun", true}};
    EXPECT_EQ(aws.call("PutRecord", put).error_code, "DryRunOperationException");
    EXPECT_TRUE(refused(
        aws.call("GetShardIterator", place),
        "ThrottlingException",
        "Rate exceeded for stream orders under account 000000000000."));
    aws.clock.advance_ms(1'000);
    EXPECT_EQ(aws.call("GetShardIterator", place).error_code, "DryRunOperationException");
}

TEST_P(call_rates, of_iterators_are_five_a_second_of_each_shard) {
    service_kit aws(GetParam(), aws_limits());
    prepare(aws);
    for (int i = 0; i < 5; ++i) aws.iterator("orders", "LATEST", 0);
    const json first = {
        {"StreamName", "orders"}, {"ShardId", "0"}, {"ShardIteratorType", "LATEST"}};
    EXPECT_TRUE(refused(
        aws.call("GetShardIterator", first),
        "ProvisionedThroughputExceededException",
        "Rate exceeded for Shard - 000000000000/orders/shardId-000000000000"));
    aws.iterator("orders", "LATEST", 1);
    aws.clock.advance_ms(200);
    aws.iterator("orders", "LATEST", 0);
}

TEST_P(call_rates, do_not_exist_when_relaxed) {
    service.create_stream("orders");
    for (int i = 0; i < 50; ++i) {
        EXPECT_TRUE(service.call("DescribeLimits", json::object()).ok());
        EXPECT_TRUE(service.call("DescribeStream", {{"StreamName", "orders"}}).ok());
        service.iterator("orders", "LATEST");
    }
}

}  // namespace
}  // namespace kinetide::testing
