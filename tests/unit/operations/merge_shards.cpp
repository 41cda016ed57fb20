// Two neighbours become one: which pairs may, and what the child looks like.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(merge_shards);

reply merge(service_kit& service, const std::string& shard, const std::string& adjacent) {
    return service.call(
        "MergeShards",
        {{"StreamName", "orders"}, {"ShardToMerge", shard}, {"AdjacentShardToMerge", adjacent}});
}

json shards(service_kit& service) {
    return service.call("ListShards", {{"StreamName", "orders"}}).body["Shards"];
}

TEST_P(merge_shards, closes_both_and_opens_their_union) {
    service.create_stream("orders", {.shards = 3});
    EXPECT_TRUE(merge(service, "shardId-0", "shardId-1").ok_and_empty());
    const json all = shards(service);
    ASSERT_EQ(all.size(), 4U);
    const json& child = all[3];
    EXPECT_EQ(
        members(child),
        "AdjacentParentShardId HashKeyRange ParentShardId SequenceNumberRange ShardId");
    EXPECT_EQ(child["ShardId"], "shardId-000000000003");
    EXPECT_EQ(child["ParentShardId"], "shardId-000000000000");
    EXPECT_EQ(child["AdjacentParentShardId"], "shardId-000000000001");
    EXPECT_EQ(
        child["HashKeyRange"],
        json(
            {{"StartingHashKey", "0"},
             {"EndingHashKey", "226854911280625642308916404954512140969"}}));
    for (const std::size_t parent : {0U, 1U}) {
        EXPECT_LT(
            all[parent]["SequenceNumberRange"]["EndingSequenceNumber"].get<std::string>(),
            child["SequenceNumberRange"]["StartingSequenceNumber"].get<std::string>());
    }
    EXPECT_EQ(service.summary("orders")["OpenShardCount"], 2);
}

TEST_P(merge_shards, keeps_records_in_their_shards) {
    service.create_stream("orders", {.shards = 3});
    service.put("orders", "a", "of 0");
    service.put("orders", "b", "of 1");
    EXPECT_TRUE(merge(service, "0", "1").ok());
    service.put("orders", "a", "of 3");
    EXPECT_EQ(service.all_data("orders", 0), std::vector<std::string>{"of 0"});
    EXPECT_EQ(service.all_data("orders", 1), std::vector<std::string>{"of 1"});
    EXPECT_EQ(service.all_data("orders", 3), std::vector<std::string>{"of 3"});
}

TEST_P(merge_shards, takes_neighbours_in_their_order_only) {
    service.create_stream("orders", {.shards = 3});
    const auto apart = [&](int a, int b) {
        const std::string low = "shardId-00000000000" + std::to_string(a);
        const std::string high = "shardId-00000000000" + std::to_string(b);
        return refused(
            merge(service, low, high),
            "InvalidArgumentException",
            "Shards " + low + " and " + high +
                " in stream orders under account 000000000000 are not an adjacent pair of shards "
                "eligible for merging");
    };
    EXPECT_TRUE(apart(1, 0));
    EXPECT_TRUE(apart(0, 2));
    EXPECT_TRUE(apart(2, 0));
    EXPECT_TRUE(apart(1, 1));
    EXPECT_EQ(shards(service).size(), 3U);
}

TEST_P(merge_shards, refuses_absent_and_closed_shards) {
    service.create_stream("orders", {.shards = 2});
    const auto absent = [&](const reply& r, const std::string& shown) {
        return refused(
            r,
            "ResourceNotFoundException",
            "Could not find shard " + shown + " in stream orders under account 000000000000.");
    };
    EXPECT_TRUE(absent(merge(service, "5", "0"), "shardId-000000000005"));
    EXPECT_TRUE(absent(merge(service, "0", "5"), "shardId-000000000005"));
    EXPECT_TRUE(absent(merge(service, "0", "x"), "x"));
    EXPECT_TRUE(merge(service, "0", "1").ok());
    EXPECT_TRUE(refused(
        merge(service, "0", "1"),
        "InvalidArgumentException",
        "Shard shardId-000000000000 in stream orders under account 000000000000 has already been "
        "merged or split, and thus is not eligible for merging or splitting."));
}

TEST_P(merge_shards, changes_the_shards_when_updating_ends) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders", {.shards = 2});
    const auto busy = [&](const std::string& status) {
        return refused(
            merge(slow, "0", "1"), "ResourceInUseException", not_active("orders", status));
    };
    EXPECT_TRUE(busy("CREATING"));
    slow.clock.advance_ms(500);
    EXPECT_TRUE(merge(slow, "0", "1").ok());
    EXPECT_TRUE(busy("UPDATING"));
    EXPECT_EQ(shards(slow).size(), 2U);
    slow.clock.advance_ms(500);
    EXPECT_EQ(shards(slow).size(), 3U);
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(busy("DELETING"));
}

TEST_P(merge_shards, leaves_on_demand_streams_to_the_service) {
    service.create_on_demand("orders");
    EXPECT_TRUE(refused(
        merge(service, "0", "1"),
        "ValidationException",
        "Request is invalid. Stream orders under account 000000000000 is in On-Demand mode."));
}

TEST_P(merge_shards, is_called_five_times_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    for (int i = 0; i < 5; ++i) merge(aws, "7", "8");
    EXPECT_TRUE(refused(
        merge(aws, "7", "8"), "LimitExceededException", "Rate exceeded for account 000000000000."));
}

TEST_P(merge_shards, names_its_stream_and_words_every_violation) {
    service.create_stream("orders");
    expect_stream_naming_refusals(
        service, "MergeShards", {{"ShardToMerge", "0"}, {"AdjacentShardToMerge", "1"}});
    EXPECT_TRUE(refused(
        service.call("MergeShards", {{"ShardToMerge", ""}, {"StreamName", "orders"}}),
        "ValidationException",
        violations(
            {{"''", "shardToMerge", must::match_name},
             {"''", "shardToMerge", must::have_length_from(1)},
             {"null", "adjacentShardToMerge", must::not_be_null}})));
}

}  // namespace
}  // namespace kinetide::testing
