// AUTO spreads records whatever their keys; USER_PARTITION_KEY lets keys decide again.

#include "shared.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(update_stream_record_distribution_strategy);

constexpr const char* operation_name = "UpdateStreamRecordDistributionStrategy";

json to(const std::string& strategy) {
    return {{"StreamARN", arn_of("orders")}, {"RecordDistributionStrategy", strategy}};
}

reply put(service_kit& service, const json& more) {
    json body = {{"StreamName", "orders"}, {"Data", base64("d")}};
    body.update(more);
    return service.call("PutRecord", body);
}

// How many records each of the first four shards holds.
std::vector<std::size_t> counts(service_kit& service) {
    std::vector<std::size_t> all;
    for (int shard = 0; shard < 4; ++shard) all.push_back(service.all_data("orders", shard).size());
    return all;
}

TEST_P(update_stream_record_distribution_strategy, spreads_records_without_keys_evenly) {
    service.create_on_demand("orders");
    EXPECT_TRUE(service.call(operation_name, to("AUTO")).ok_and_empty());
    EXPECT_EQ(service.summary("orders")["RecordDistributionStrategy"], "AUTO");
    for (int i = 0; i < 8; ++i) EXPECT_TRUE(put(service, json::object()).ok());
    EXPECT_EQ(counts(service), (std::vector<std::size_t>{2, 2, 2, 2}));

    json batch = json::array();
    for (int i = 0; i < 40; ++i) batch.push_back({{"Data", base64("d")}});
    const reply r = service.call("PutRecords", {{"StreamName", "orders"}, {"Records", batch}});
    EXPECT_EQ(r.body["FailedRecordCount"], 0);
    EXPECT_EQ(counts(service), (std::vector<std::size_t>{12, 12, 12, 12}));
    const json record = service.read(service.iterator("orders", "TRIM_HORIZON")).body["Records"][0];
    EXPECT_EQ(members(record), "ApproximateArrivalTimestamp Data SequenceNumber");
}

TEST_P(update_stream_record_distribution_strategy, goes_by_no_key_that_is_given) {
    service.create_on_demand("orders");
    service.call(operation_name, to("AUTO"));
    for (int i = 0; i < 4; ++i) {
        EXPECT_TRUE(put(service, {{"PartitionKey", "same"}}).ok());
        EXPECT_TRUE(put(service, {{"PartitionKey", "same"}, {"ExplicitHashKey", "0"}}).ok());
        EXPECT_TRUE(put(service, {{"ExplicitHashKey", "0"}}).ok());
    }
    EXPECT_EQ(counts(service), (std::vector<std::size_t>{3, 3, 3, 3}));
    const json records = service.read(service.iterator("orders", "TRIM_HORIZON")).body["Records"];
    std::size_t keyed = 0;
    for (const json& one : records) keyed += one.value("PartitionKey", "") == "same" ? 1U : 0U;
    EXPECT_EQ(keyed, 2U) << "a key that was given is given back";
    EXPECT_TRUE(refused(
        put(service,
            {{"PartitionKey", "k"}, {"SequenceNumberForOrdering", records[0]["SequenceNumber"]}}),
        "InvalidArgumentException",
        "SequenceNumberForOrdering cannot be used with stream orders under account 000000000000: "
        "its RecordDistributionStrategy is AUTO."));
}

TEST_P(update_stream_record_distribution_strategy, needs_keys_again_when_they_decide_again) {
    service.create_automatic("orders");
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(put(service, json::object()).ok());
    EXPECT_TRUE(service.call(operation_name, to("USER_PARTITION_KEY")).ok());
    EXPECT_EQ(service.summary("orders")["RecordDistributionStrategy"], "USER_PARTITION_KEY");
    EXPECT_TRUE(refused(
        put(service, json::object()),
        "ValidationException",
        violations({{"null", "partitionKey", must::not_be_null}})));
    const std::string shard = put(service, {{"PartitionKey", "same"}}).body["ShardId"];
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(put(service, {{"PartitionKey", "same"}}).body["ShardId"], shard);
    }
    const json first = {{"PartitionKey", "same"}, {"ExplicitHashKey", "0"}};
    EXPECT_EQ(put(service, first).body["ShardId"], "shardId-000000000000");
    std::size_t all = 0;
    for (const std::size_t count : counts(service)) all += count;
    EXPECT_EQ(all, 10U) << "stored records stay where they are";
}

TEST_P(update_stream_record_distribution_strategy, changes_at_once) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_on_demand("orders");
    slow.clock.advance_ms(500);
    for (const char* strategy : {"AUTO", "AUTO", "USER_PARTITION_KEY", "AUTO"}) {
        EXPECT_TRUE(slow.call(operation_name, to(strategy)).ok_and_empty());
        EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
        EXPECT_EQ(slow.summary("orders")["RecordDistributionStrategy"], strategy);
    }
}

TEST_P(update_stream_record_distribution_strategy, is_on_demand_only) {
    service.create_stream("orders");
    EXPECT_TRUE(refused(
        service.call(operation_name, to("AUTO")),
        "InvalidArgumentException",
        "RecordDistributionStrategy AUTO needs On-Demand mode, but stream orders is in "
        "Provisioned mode."));
    EXPECT_TRUE(service.call(operation_name, to("USER_PARTITION_KEY")).ok()) << "as it is";
    EXPECT_FALSE(put(service, json::object()).ok());
}

TEST_P(update_stream_record_distribution_strategy, needs_an_active_stream) {
    expect_active_only(GetParam(), operation_name, to("AUTO"));
}

TEST_P(update_stream_record_distribution_strategy, words_every_violation) {
    service.create_on_demand("orders");
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(service.call(operation_name, body), "ValidationException", violations(all));
    };
    EXPECT_TRUE(violates(
        json::object(),
        {{"null", "streamARN", must::not_be_null},
         {"null", "recordDistributionStrategy", must::not_be_null}}));
    EXPECT_TRUE(violates(
        to("OTHER"),
        {{"'OTHER'", "recordDistributionStrategy", must::be_one_of("AUTO, USER_PARTITION_KEY")}}));
    expect_stream_arn_refusals(service, operation_name, {{"RecordDistributionStrategy", "AUTO"}});
    EXPECT_EQ(service.summary("orders")["RecordDistributionStrategy"], "USER_PARTITION_KEY");
}

TEST_P(update_stream_record_distribution_strategy, is_called_five_times_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    expect_rate(
        aws, 5, account_rate_exceeded, [&] { return aws.call(operation_name, to("AUTO")); });
}

}  // namespace
}  // namespace kinetide::testing
