// A stream without its shards: exactly these members, in every state and mode.

#include "consumers.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(describe_stream_summary);

TEST_P(describe_stream_summary, has_exactly_the_members_of_a_provisioned_stream) {
    service.create_stream("orders", {.shards = 3});
    json s = service.summary("orders");

    EXPECT_EQ(
        members(s),
        "ConsumerCount EncryptionType EnhancedMonitoring MaxRecordSizeInKiB OpenShardCount "
        "RetentionPeriodHours StreamARN StreamCreationTimestamp StreamModeDetails StreamName "
        "StreamStatus");
    EXPECT_EQ(s["ConsumerCount"], 0);
    EXPECT_EQ(s["EncryptionType"], "NONE");
    EXPECT_EQ(s["EnhancedMonitoring"], json::parse(R"([{"ShardLevelMetrics":[]}])"));
    EXPECT_EQ(s["MaxRecordSizeInKiB"], 1024);
    EXPECT_EQ(s["OpenShardCount"], 3);
    EXPECT_EQ(s["RetentionPeriodHours"], 24);
    EXPECT_EQ(s["StreamARN"], arn_of("orders"));
    EXPECT_EQ(s["StreamCreationTimestamp"], kit_start.seconds());
    EXPECT_EQ(s["StreamModeDetails"], json({{"StreamMode", "PROVISIONED"}}));
    EXPECT_EQ(s["StreamName"], "orders");
    EXPECT_EQ(s["StreamStatus"], "ACTIVE");
}

TEST_P(describe_stream_summary, answers_to_an_arn_as_to_a_name) {
    service.create_stream("orders");
    const reply by_name = service.call("DescribeStreamSummary", {{"StreamName", "orders"}});
    EXPECT_EQ(members(by_name.body), "StreamDescriptionSummary");
    const reply by_arn = service.call("DescribeStreamSummary", {{"StreamARN", arn_of("orders")}});
    EXPECT_EQ(by_arn.body, by_name.body);
    const reply by_both = service.call(
        "DescribeStreamSummary", {{"StreamName", "orders"}, {"StreamARN", arn_of("orders")}});
    EXPECT_EQ(by_both.body, by_name.body);
}

TEST_P(describe_stream_summary, tells_the_strategy_of_on_demand_streams_only) {
    service.create_on_demand("orders");
    const json s = service.summary("orders");
    EXPECT_EQ(
        members(s),
        "ConsumerCount EncryptionType EnhancedMonitoring MaxRecordSizeInKiB OpenShardCount "
        "RecordDistributionStrategy RetentionPeriodHours StreamARN StreamCreationTimestamp "
        "StreamModeDetails StreamName StreamStatus");
    EXPECT_EQ(s["RecordDistributionStrategy"], "USER_PARTITION_KEY");
    EXPECT_EQ(s["StreamModeDetails"], json({{"StreamMode", "ON_DEMAND"}}));
}

TEST_P(describe_stream_summary, counts_open_shards_once_there_are_any) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders", {.shards = 2});
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "CREATING");
    EXPECT_EQ(slow.summary("orders")["OpenShardCount"], 0);
    slow.clock.advance_ms(500);
    EXPECT_EQ(slow.summary("orders")["OpenShardCount"], 2);
    slow.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "UPDATING");
    EXPECT_EQ(slow.summary("orders")["OpenShardCount"], 2);
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "DELETING");
}

TEST_P(describe_stream_summary, counts_consumers_until_they_are_gone) {
    service_kit slow(GetParam(), slow_transitions());
    const auto count = [&] { return slow.summary("orders")["ConsumerCount"]; };
    slow.create_stream("orders");
    slow.create_stream("invoices");
    slow.clock.advance_ms(500);
    register_consumer(slow, "a");
    register_consumer(slow, "b");
    EXPECT_EQ(count(), 2) << "CREATING";
    slow.clock.advance_ms(500);
    slow.call("DeregisterStreamConsumer", by_name("a"));
    EXPECT_EQ(count(), 2) << "one ACTIVE, one DELETING";
    slow.clock.advance_ms(500);
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(slow.summary("invoices")["ConsumerCount"], 0);
}

TEST_P(describe_stream_summary, leaves_closed_shards_out) {
    engine_kit kit;
    service_kit over(GetParam(), kit);
    const auto stream = kit.create("orders", 2);
    kit.merge(stream, shard_id{0}, shard_id{1});
    EXPECT_EQ(over.summary("orders")["OpenShardCount"], 1);
}

TEST_P(describe_stream_summary, names_partitions_by_their_regions) {
    service.act_as("000000000000", "cn-north-1");
    service.create_stream("orders");
    EXPECT_EQ(
        service.summary("orders")["StreamARN"],
        "arn:aws-cn:kinesis:cn-north-1:000000000000:stream/orders");
}

TEST_P(describe_stream_summary, refuses_what_names_no_stream_of_ours) {
    service.create_stream("orders");
    expect_stream_naming_refusals(service, "DescribeStreamSummary", json::object());
}

}  // namespace
}  // namespace kinetide::testing
