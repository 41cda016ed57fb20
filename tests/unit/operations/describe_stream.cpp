// All of a stream but its records: members, a page of shards, and which are absent.

#include <regex>

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(describe_stream);

json describe(service_kit& service, const json& body) {
    reply r = service.call("DescribeStream", body);
    EXPECT_TRUE(r.ok()) << r.message;
    EXPECT_EQ(members(r.body), "StreamDescription");
    return r.body["StreamDescription"];
}

std::vector<std::string> ids(const json& description) {
    std::vector<std::string> all;
    for (const json& s : description.at("Shards")) all.push_back(s.at("ShardId"));
    return all;
}

const json orders = {{"StreamName", "orders"}};

TEST_P(describe_stream, has_exactly_the_members_of_a_fresh_stream) {
    service.create_stream("orders", {.shards = 3});
    const json d = describe(service, orders);

    EXPECT_EQ(
        members(d),
        "EncryptionType EnhancedMonitoring HasMoreShards RetentionPeriodHours Shards StreamARN "
        "StreamCreationTimestamp StreamModeDetails StreamName StreamStatus");
    EXPECT_EQ(d["EncryptionType"], "NONE");
    EXPECT_EQ(d["EnhancedMonitoring"], json::parse(R"([{"ShardLevelMetrics":[]}])"));
    EXPECT_EQ(d["HasMoreShards"], false);
    EXPECT_EQ(d["RetentionPeriodHours"], 24);
    EXPECT_EQ(d["StreamARN"], arn_of("orders"));
    EXPECT_EQ(d["StreamCreationTimestamp"], kit_start.seconds()) << "whole seconds";
    EXPECT_EQ(d["StreamModeDetails"], json({{"StreamMode", "PROVISIONED"}}));
    EXPECT_EQ(d["StreamName"], "orders");
    EXPECT_EQ(d["StreamStatus"], "ACTIVE");
    EXPECT_EQ(describe(service, {{"StreamARN", arn_of("orders")}}), d);
    EXPECT_EQ(describe(service, {{"StreamARN", arn_of("orders")}, {"StreamName", "orders"}}), d);
}

TEST_P(describe_stream, divides_hash_keys_among_the_first_shards) {
    service.create_stream("orders", {.shards = 3});
    json shards = describe(service, orders)["Shards"];
    const char* const ranges[3][2] = {
        {"0", "113427455640312821154458202477256070484"},
        {"113427455640312821154458202477256070485", "226854911280625642308916404954512140969"},
        {"226854911280625642308916404954512140970", "340282366920938463463374607431768211455"}};

    ASSERT_EQ(shards.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(members(shards[i]), "HashKeyRange SequenceNumberRange ShardId");
        EXPECT_EQ(shards[i]["ShardId"], "shardId-00000000000" + std::to_string(i));
        EXPECT_EQ(
            shards[i]["HashKeyRange"],
            json({{"StartingHashKey", ranges[i][0]}, {"EndingHashKey", ranges[i][1]}}));
        EXPECT_EQ(members(shards[i]["SequenceNumberRange"]), "StartingSequenceNumber");
        EXPECT_TRUE(std::regex_match(
            shards[i]["SequenceNumberRange"]["StartingSequenceNumber"].get<std::string>(),
            std::regex(R"(\d{56})")));
    }
}

TEST_P(describe_stream, shows_no_shards_while_creating_or_deleting) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders", {.shards = 2});
    json d = describe(slow, orders);
    EXPECT_EQ(d["StreamStatus"], "CREATING");
    EXPECT_EQ(d["Shards"], json::array());
    EXPECT_EQ(d["HasMoreShards"], false);
    EXPECT_EQ(d["RetentionPeriodHours"], 24);

    slow.clock.advance_ms(500);
    slow.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    d = describe(slow, orders);
    EXPECT_EQ(d["StreamStatus"], "UPDATING");
    EXPECT_EQ(d["Shards"].size(), 2U);

    slow.call("DeleteStream", orders);
    d = describe(slow, orders);
    EXPECT_EQ(d["StreamStatus"], "DELETING");
    EXPECT_EQ(d["Shards"], json::array());
}

TEST_P(describe_stream, pages_shards_by_a_hundred_at_most) {
    service.create_stream("orders", {.shards = 101});
    const auto page = [&](const json& more) {
        json body = orders;
        body.update(more);
        return describe(service, body);
    };
    for (const json& limit : {json(), json(100), json(101), json(10000)}) {
        const json first = page({{"Limit", limit}});
        EXPECT_EQ(first["Shards"].size(), 100U) << limit;
        EXPECT_EQ(first["HasMoreShards"], true);
    }
    const json rest = page({{"ExclusiveStartShardId", "shardId-000000000099"}});
    EXPECT_EQ(ids(rest), std::vector<std::string>{"shardId-000000000100"});
    EXPECT_EQ(rest["HasMoreShards"], false);

    const json one = page({{"Limit", 1}, {"ExclusiveStartShardId", "5"}});
    EXPECT_EQ(ids(one), std::vector<std::string>{"shardId-000000000006"});
    EXPECT_EQ(one["HasMoreShards"], true);
    const json none = page({{"ExclusiveStartShardId", "whatever-2147483647"}});
    EXPECT_EQ(none["Shards"], json::array());
    EXPECT_EQ(none["HasMoreShards"], false);
    EXPECT_EQ(page({{"Limit", 101}, {"ExclusiveStartShardId", "0"}})["HasMoreShards"], false);
}

TEST_P(describe_stream, shows_lineage_and_ends_of_closed_shards) {
    engine_kit kit;
    service_kit over(GetParam(), kit);
    const auto stream = kit.create("orders", 2);
    kit.clock.advance_ms(5000);
    kit.merge(stream, shard_id{0}, shard_id{1});
    json shards = describe(over, orders)["Shards"];

    ASSERT_EQ(shards.size(), 3U);
    EXPECT_EQ(
        members(shards[0]["SequenceNumberRange"]), "EndingSequenceNumber StartingSequenceNumber");
    EXPECT_EQ(
        members(shards[2]),
        "AdjacentParentShardId HashKeyRange ParentShardId SequenceNumberRange ShardId");
    EXPECT_EQ(shards[2]["ParentShardId"], "shardId-000000000000");
    EXPECT_EQ(shards[2]["AdjacentParentShardId"], "shardId-000000000001");
    EXPECT_EQ(shards[2]["HashKeyRange"]["StartingHashKey"], "0");
    EXPECT_EQ(members(shards[2]["SequenceNumberRange"]), "StartingSequenceNumber");

    // Listed until retention has passed since the closing.
    kit.clock.advance_ms(24 * 3'600'000);
    EXPECT_EQ(describe(over, orders)["Shards"].size(), 3U);
    kit.clock.advance_ms(1);
    EXPECT_EQ(ids(describe(over, orders)), std::vector<std::string>{"shardId-000000000002"});
}

TEST_P(describe_stream, reads_the_shard_id_before_it_looks_for_the_stream) {
    for (const char* id : {"2147483648", "shardId-002147483648", "ABKLFD8", "2.14E4"}) {
        EXPECT_TRUE(refused(
            service.call(
                "DescribeStream", {{"StreamName", "absent"}, {"ExclusiveStartShardId", id}}),
            "ResourceNotFoundException",
            "Could not find shard " + std::string(id) +
                " in stream absent under account 000000000000."));
    }
    EXPECT_TRUE(refused(
        service.call("DescribeStream", {{"StreamName", "absent"}, {"ExclusiveStartShardId", "0"}}),
        "ResourceNotFoundException",
        not_found("absent")));
}

TEST_P(describe_stream, words_every_violation) {
    service.create_stream("orders");
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(
            service.call("DescribeStream", body), "ValidationException", violations(all));
    };
    EXPECT_TRUE(violates(
        {{"Limit", 0}, {"ExclusiveStartShardId", ""}, {"StreamName", "a/b"}},
        {{"'0'", "limit", must::have_value_from(1)},
         {"''", "exclusiveStartShardId", must::match_name},
         {"''", "exclusiveStartShardId", must::have_length_from(1)},
         {"'a/b'", "streamName", must::match_name}}));
    const std::string long_id(129, '0');
    EXPECT_TRUE(violates(
        {{"Limit", 10001}, {"ExclusiveStartShardId", long_id}, {"StreamName", "orders"}},
        {{"'10001'", "limit", must::have_value_to(10000)},
         {"'" + long_id + "'", "exclusiveStartShardId", must::have_length_to(128)}}));
    expect_stream_naming_refusals(service, "DescribeStream", json::object());
}

}  // namespace
}  // namespace kinetide::testing
