// The metrics that Kinesis has of its streams, read back through CloudWatch: exact to the record.

#include "metric_calls.hpp"
#include "support/subscribing.hpp"

namespace kinetide::testing {
namespace {

json three_records() {
    json records = json::array();
    for (const char* data : {"a", "bb", "ccc"}) {
        records.push_back({{"Data", base64(data)}, {"PartitionKey", "k"}});
    }
    return {{"StreamName", "orders"}, {"Records", records}};
}

struct stream_metrics : ::testing::Test {
    service_kit service{wire::form::json};

    stream_metrics() { service.create_stream("orders"); }
    std::string measured(const std::string& metric) {
        return testing::measured(service, metric, of_stream("orders"));
    }
};

TEST_F(stream_metrics, count_what_is_put) {
    service.put("orders", "key", "hello");
    service.put("orders", "k", "hi");
    ASSERT_TRUE(service.call("PutRecords", three_records()).ok());
    EXPECT_EQ(measured("IncomingRecords"), "3 5 1 3");
    EXPECT_EQ(measured("IncomingBytes"), "3 20 3 9") << "data and keys";
    EXPECT_EQ(measured("PutRecord.Bytes"), "2 11 3 8");
    EXPECT_EQ(measured("PutRecord.Success"), "2 2 1 1");
    EXPECT_EQ(measured("PutRecords.Bytes"), "1 9 9 9");
    EXPECT_EQ(measured("PutRecords.Success"), "1 1 1 1");
    EXPECT_EQ(measured("PutRecords.Records"), "1 3 3 3");
    EXPECT_EQ(measured("PutRecords.TotalRecords"), "1 3 3 3");
    EXPECT_EQ(measured("PutRecords.SuccessfulRecords"), "1 3 3 3");
    EXPECT_EQ(measured("PutRecords.FailedRecords"), "1 0 0 0");
    EXPECT_EQ(measured("PutRecords.ThrottledRecords"), "1 0 0 0");
    EXPECT_EQ(measured("WriteProvisionedThroughputExceeded"), "3 0 0 0");
    EXPECT_TRUE(measured("PutRecord.Latency").starts_with("2 "));
    EXPECT_TRUE(measured("PutRecords.Latency").starts_with("1 "));
}

TEST_F(stream_metrics, count_what_is_read_and_how_far_behind) {
    service.put("orders", "k", "one");
    service.pass(5'000);
    service.put("orders", "k", "two");
    const std::string first = service.iterator("orders", "TRIM_HORIZON");
    service.call("GetRecords", {{"ShardIterator", first}, {"Limit", 1}});
    service.read(first);
    EXPECT_EQ(measured("GetRecords.Records"), "2 3 1 2");
    EXPECT_EQ(measured("GetRecords.Bytes"), "2 12 4 8");
    EXPECT_EQ(measured("GetRecords.Success"), "2 2 1 1");
    EXPECT_EQ(measured("ReadProvisionedThroughputExceeded"), "2 0 0 0");
    EXPECT_TRUE(measured("GetRecords.Latency").starts_with("2 "));
    const json age =
        minutes_of(service, "GetRecords.IteratorAgeMilliseconds", of_stream("orders"))[0];
    EXPECT_EQ(age["Minimum"], 0);
    EXPECT_EQ(
        age["Maximum"],
        service.call("GetRecords", {{"ShardIterator", first}, {"Limit", 1}})
            .body["MillisBehindLatest"]);
}

TEST_F(stream_metrics, belong_to_the_minutes_of_the_clock) {
    service.put("orders", "k", "x");
    service.pass(60'000);
    service.put("orders", "k", "x");
    service.put("orders", "k", "x");
    const json minutes = minutes_of(service, "IncomingRecords", of_stream("orders"));
    ASSERT_EQ(minutes.size(), 2U);
    EXPECT_EQ(minutes[0]["Sum"], 1);
    EXPECT_EQ(minutes[1]["Sum"], 2);
    const std::int64_t minute_s = kit_start.seconds() / 60 * 60;
    EXPECT_EQ(minutes[0]["Timestamp"], minute_s);
    EXPECT_EQ(minutes[1]["Timestamp"], minute_s + 60);
}

TEST_F(stream_metrics, are_whole_however_often_they_are_read) {
    for (int i = 0; i < 5; ++i) {
        service.put("orders", "k", "x");
        EXPECT_EQ(
            measured("IncomingRecords"),
            std::to_string(i + 1) + " " + std::to_string(i + 1) + " 1 1");
    }
}

TEST_F(stream_metrics, of_shards_are_there_only_when_asked_for) {
    service.create_stream("wide", {.shards = 2});
    const json record = {{"Data", base64("x")}, {"PartitionKey", "k"}};
    json two = {{"StreamName", "wide"}, {"Records", {record, record}}};
    two["Records"][0]["ExplicitHashKey"] = "0";
    two["Records"][1]["ExplicitHashKey"] = "340282366920938463463374607431768211455";
    const json some = {
        {"StreamName", "wide"}, {"ShardLevelMetrics", {"IncomingRecords", "OutgoingBytes"}}};
    service.call("PutRecords", two);
    EXPECT_EQ(testing::measured(service, "IncomingRecords", of_shard("wide", 0)), "");

    ASSERT_TRUE(service.call("EnableEnhancedMonitoring", some).ok());
    two["Records"].push_back(two["Records"][1]);
    service.call("PutRecords", two);
    service.read(service.iterator("wide", "TRIM_HORIZON", 1));
    EXPECT_EQ(testing::measured(service, "IncomingRecords", of_shard("wide", 0)), "1 1 1 1");
    EXPECT_EQ(testing::measured(service, "IncomingRecords", of_shard("wide", 1)), "1 2 2 2");
    EXPECT_EQ(testing::measured(service, "OutgoingBytes", of_shard("wide", 1)), "1 6 6 6");
    EXPECT_EQ(testing::measured(service, "OutgoingBytes", of_shard("wide", 0)), "");
    EXPECT_EQ(testing::measured(service, "IncomingBytes", of_shard("wide", 1)), "")
        << "was not asked for";

    ASSERT_TRUE(service.call("DisableEnhancedMonitoring", some).ok());
    service.call("PutRecords", two);
    EXPECT_EQ(testing::measured(service, "IncomingRecords", of_shard("wide", 1)), "1 2 2 2");
    EXPECT_EQ(testing::measured(service, "IncomingRecords", of_stream("wide")), "3 8 2 3");
}

TEST_F(stream_metrics, of_another_account_or_stream_are_others) {
    service.put("orders", "k", "x");
    service.act_as("111111111111", "eu-west-1");
    service.create_stream("orders");
    service.put("orders", "k", "x");
    service.put("orders", "k", "x");
    EXPECT_EQ(measured("IncomingRecords"), "1 1 1 1") << "the reader is the first account";
    EXPECT_EQ(testing::measured(service, "IncomingRecords", of_stream("absent")), "");
}

TEST_F(stream_metrics, of_a_stream_made_anew_go_on) {
    for (int i = 0; i < 3; ++i) {
        service.put("orders", "k", "x");
        ASSERT_TRUE(service.call("DeleteStream", {{"StreamName", "orders"}}).ok());
        service.pass(100);
        service.create_stream("orders");
    }
    EXPECT_EQ(measured("IncomingRecords"), "3 3 1 1");
}

TEST(stream_metrics_of_limits, count_what_is_throttled) {
    service_kit service{wire::form::json, aws_limits()};
    service.create_stream("orders");
    service.call(
        "EnableEnhancedMonitoring", {{"StreamName", "orders"}, {"ShardLevelMetrics", {"ALL"}}});
    json many = {{"StreamName", "orders"}, {"Records", json::array()}};
    for (int i = 0; i < 500; ++i) {
        many["Records"].push_back({{"Data", base64("x")}, {"PartitionKey", "k"}});
    }
    std::int64_t refused = 0;
    for (int i = 0; i < 3; ++i) {
        refused += service.call("PutRecords", many).body["FailedRecordCount"].get<std::int64_t>();
    }
    ASSERT_GT(refused, 0);
    const reply single = service.call(
        "PutRecord", {{"StreamName", "orders"}, {"Data", base64("x")}, {"PartitionKey", "k"}});
    ASSERT_EQ(single.error_code, "ProvisionedThroughputExceededException");
    const auto sum = [&](const std::string& metric, const named_dimensions& of) {
        return minutes_of(service, metric, of)[0]["Sum"];
    };
    const auto stream = of_stream("orders");
    EXPECT_EQ(sum("WriteProvisionedThroughputExceeded", stream), refused + 1);
    EXPECT_EQ(sum("WriteProvisionedThroughputExceeded", of_shard("orders", 0)), refused + 1);
    EXPECT_EQ(sum("PutRecords.ThrottledRecords", stream), refused);
    EXPECT_EQ(sum("PutRecords.SuccessfulRecords", stream), 1500 - refused);
    EXPECT_EQ(sum("IncomingRecords", stream), 1500 - refused);
    EXPECT_EQ(measured(service, "PutRecord.Success", stream), "1 0 0 0");

    const std::string iterator = service.iterator("orders", "TRIM_HORIZON");
    int throttled = 0;
    for (int i = 0; i < 7; ++i) throttled += service.read(iterator).ok() ? 0 : 1;
    ASSERT_EQ(throttled, 2);
    EXPECT_EQ(measured(service, "ReadProvisionedThroughputExceeded", stream), "7 2 0 1");
    EXPECT_EQ(
        measured(service, "ReadProvisionedThroughputExceeded", of_shard("orders", 0)), "7 2 0 1");
    EXPECT_EQ(measured(service, "GetRecords.Success", stream), "7 5 0 1");
}

TEST(stream_metrics_of_chance, count_its_failures) {
    service::options o;
    o.error_probability = 1;
    service_kit service{wire::form::json, o};
    service.create_stream("orders");
    const std::string iterator = service.iterator("orders", "TRIM_HORIZON");
    ASSERT_FALSE(service.read(iterator).ok());
    ASSERT_EQ(service.call("PutRecords", three_records()).body["FailedRecordCount"], 3);
    const auto stream = of_stream("orders");
    EXPECT_EQ(measured(service, "ReadProvisionedThroughputExceeded", stream), "1 1 1 1");
    EXPECT_EQ(measured(service, "WriteProvisionedThroughputExceeded", stream), "1 3 3 3");
    EXPECT_EQ(measured(service, "PutRecords.Success", stream), "1 0 0 0");
    EXPECT_EQ(measured(service, "IncomingRecords", stream), "");
}

}  // namespace
}  // namespace kinetide::testing
