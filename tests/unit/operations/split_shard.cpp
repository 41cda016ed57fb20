// One shard becomes two: where it is cut, what its parent and children look like, and what is read.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(split_shard);

constexpr const char* middle = "170141183460469231731687303715884105728";
constexpr const char* last_key = "340282366920938463463374607431768211455";

reply split(
    service_kit& service, const std::string& shard = "shardId-0", const std::string& at = middle) {
    return service.call(
        "SplitShard",
        {{"StreamName", "orders"}, {"ShardToSplit", shard}, {"NewStartingHashKey", at}});
}

json shards(service_kit& service) {
    return service.call("ListShards", {{"StreamName", "orders"}}).body["Shards"];
}

TEST_P(split_shard, closes_the_parent_and_opens_two_children) {
    service.create_stream("orders");
    EXPECT_TRUE(split(service).ok_and_empty());
    const json all = shards(service);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(members(all[0]), "HashKeyRange SequenceNumberRange ShardId");
    EXPECT_EQ(
        members(all[0]["SequenceNumberRange"]), "EndingSequenceNumber StartingSequenceNumber");
    EXPECT_EQ(
        all[0]["HashKeyRange"], json({{"StartingHashKey", "0"}, {"EndingHashKey", last_key}}));
    for (const std::size_t child : {1U, 2U}) {
        EXPECT_EQ(members(all[child]), "HashKeyRange ParentShardId SequenceNumberRange ShardId");
        EXPECT_EQ(all[child]["ParentShardId"], "shardId-000000000000");
        EXPECT_EQ(members(all[child]["SequenceNumberRange"]), "StartingSequenceNumber");
        EXPECT_GT(
            all[child]["SequenceNumberRange"]["StartingSequenceNumber"].get<std::string>(),
            all[0]["SequenceNumberRange"]["EndingSequenceNumber"].get<std::string>());
    }
    EXPECT_EQ(
        all[1]["HashKeyRange"],
        json(
            {{"StartingHashKey", "0"},
             {"EndingHashKey", "170141183460469231731687303715884105727"}}));
    EXPECT_EQ(
        all[2]["HashKeyRange"], json({{"StartingHashKey", middle}, {"EndingHashKey", last_key}}));
    EXPECT_EQ(service.summary("orders")["OpenShardCount"], 2);
}

TEST_P(split_shard, lets_records_before_it_be_read_from_the_parent) {
    service.create_stream("orders");
    service.put("orders", "a", "before");
    const std::string start = service.iterator("orders", "TRIM_HORIZON");
    EXPECT_TRUE(split(service).ok());
    service.put("orders", "a", "after");  // MD5 of a lies in the lower half
    const reply before = service.read(start);
    EXPECT_EQ(before.body["Records"].size(), 1U);
    const reply end = service.read(before.body["NextShardIterator"]);
    EXPECT_EQ(members(end.body), "ChildShards MillisBehindLatest Records");
    EXPECT_EQ(end.body["ChildShards"].size(), 2U);
    EXPECT_EQ(service.all_data("orders", 1), std::vector<std::string>{"after"});
    EXPECT_TRUE(service.all_data("orders", 2).empty());
}

TEST_P(split_shard, changes_the_shards_when_updating_ends) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    const auto busy = [&](const std::string& status) {
        return refused(split(slow), "ResourceInUseException", not_active("orders", status));
    };
    EXPECT_TRUE(busy("CREATING"));
    slow.clock.advance_ms(500);
    EXPECT_TRUE(split(slow).ok());
    EXPECT_TRUE(busy("UPDATING"));
    slow.put("orders", "a", "meanwhile");
    slow.clock.advance_ms(499);
    EXPECT_EQ(shards(slow).size(), 1U);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "UPDATING");
    slow.clock.advance_ms(1);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
    EXPECT_EQ(shards(slow).size(), 3U);
    EXPECT_EQ(slow.all_data("orders", 0), std::vector<std::string>{"meanwhile"});
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(busy("DELETING"));
}

TEST_P(split_shard, is_forgotten_when_the_stream_is_deleted_meanwhile) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    EXPECT_TRUE(split(slow).ok());
    EXPECT_TRUE(slow.call("DeleteStream", {{"StreamName", "orders"}}).ok());
    slow.clock.advance_ms(500);
    EXPECT_EQ(
        slow.call("DescribeStream", {{"StreamName", "orders"}}).error_code,
        "ResourceNotFoundException");
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    EXPECT_EQ(shards(slow).size(), 1U);
}

TEST_P(split_shard, cuts_between_the_second_key_and_the_last) {
    service.create_stream("orders");
    const auto out_of_range = [&](const std::string& at) {
        return refused(
            split(service, "0", at),
            "InvalidArgumentException",
            "NewStartingHashKey " + at +
                " used in SplitShard() on shard shardId-000000000000 in stream orders under "
                "account 000000000000 is not both greater than one plus the shard's "
                "StartingHashKey 0 and less than the shard's EndingHashKey " +
                last_key + ".");
    };
    EXPECT_TRUE(out_of_range("0"));
    EXPECT_TRUE(out_of_range("1"));
    EXPECT_TRUE(out_of_range(last_key));
    EXPECT_TRUE(out_of_range("340282366920938463463374607431768211456"));
    EXPECT_TRUE(out_of_range(std::string(39, '9')));
    EXPECT_EQ(shards(service).size(), 1U);
    EXPECT_TRUE(split(service, "0", "2").ok());
    EXPECT_TRUE(split(service, "2", "340282366920938463463374607431768211454").ok());
    EXPECT_EQ(shards(service).size(), 5U);
}

TEST_P(split_shard, refuses_absent_and_closed_shards) {
    service.create_stream("orders");
    const auto absent = [&](const std::string& given, const std::string& shown) {
        return refused(
            split(service, given),
            "ResourceNotFoundException",
            "Could not find shard " + shown + " in stream orders under account 000000000000.");
    };
    EXPECT_TRUE(absent("shardId-000000000005", "shardId-000000000005"));
    EXPECT_TRUE(absent("5", "shardId-000000000005"));
    EXPECT_TRUE(absent("nonsense", "nonsense"));
    EXPECT_TRUE(split(service).ok());
    EXPECT_TRUE(refused(
        split(service),
        "InvalidArgumentException",
        "Shard shardId-000000000000 in stream orders under account 000000000000 has already been "
        "merged or split, and thus is not eligible for merging or splitting."));
}

TEST_P(split_shard, leaves_on_demand_streams_to_the_service) {
    service.create_on_demand("orders");
    EXPECT_TRUE(refused(
        split(service),
        "ValidationException",
        "Request is invalid. Stream orders under account 000000000000 is in On-Demand mode."));
}

TEST_P(split_shard, counts_towards_the_shard_limit) {
    service::options few;
    few.engine.shard_limit = 2;
    service_kit limited(GetParam(), few);
    limited.create_stream("orders");
    EXPECT_TRUE(split(limited).ok());
    EXPECT_TRUE(refused(
        split(limited, "1", "100"),
        "LimitExceededException",
        "This request would exceed the shard limit for the account 000000000000 in us-east-1. "
        "Current shard count for the account: 2. Limit: 2. Number of additional shards that "
        "would have resulted from this request: 1. Refer to the AWS Service Limits page "
        "(http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current "
        "limits and how to request higher limits."));
    EXPECT_EQ(shards(limited).size(), 3U);
}

TEST_P(split_shard, is_called_five_times_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(split(aws, "7").error_code, "ResourceNotFoundException");
    EXPECT_TRUE(
        refused(split(aws), "LimitExceededException", "Rate exceeded for account 000000000000."));
    aws.clock.advance_ms(199);
    EXPECT_FALSE(split(aws).ok());
    aws.clock.advance_ms(1);
    EXPECT_TRUE(split(aws).ok());
}

TEST_P(split_shard, names_its_stream_as_all_do) {
    service.create_stream("orders");
    expect_stream_naming_refusals(
        service, "SplitShard", {{"ShardToSplit", "shardId-0"}, {"NewStartingHashKey", middle}});
}

TEST_P(split_shard, words_every_violation) {
    service.create_stream("orders");
    EXPECT_TRUE(refused(
        service.call(
            "SplitShard",
            {{"NewStartingHashKey", "01"}, {"StreamName", ""}, {"ShardToSplit", "a b"}}),
        "ValidationException",
        violations(
            {{"'01'", "newStartingHashKey", must::match(R"(0|([1-9]\d{0,38}))")},
             {"''", "streamName", must::match_name},
             {"''", "streamName", must::have_length_from(1)},
             {"'a b'", "shardToSplit", must::match_name}})));
    EXPECT_TRUE(refused(
        service.call("SplitShard", {{"StreamName", "orders"}}),
        "ValidationException",
        violations(
            {{"null", "newStartingHashKey", must::not_be_null},
             {"null", "shardToSplit", must::not_be_null}})));
}

}  // namespace
}  // namespace kinetide::testing
