// A stream's shards by id, a thousand at most, and what each filter chooses across reshards.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(list_shards);

constexpr std::int64_t day_ms = 24 * 3'600'000;

json list(service_kit& service, const json& body) {
    reply r = service.call("ListShards", body);
    EXPECT_TRUE(r.ok()) << r.message;
    return r.body;
}

// The indexes of the shards listed, with blanks between.
std::string indexes(const json& listed) {
    std::string all;
    for (const json& s : listed.at("Shards")) {
        const std::string id = s.at("ShardId");
        all += (all.empty() ? "" : " ") + std::to_string(std::stoi(id.substr(id.find('-') + 1)));
    }
    return all;
}

double seconds(instant t) { return static_cast<double>(t.ms) / 1000; }

const json orders = {{"StreamName", "orders"}};

json filtered(const json& filter) { return {{"StreamName", "orders"}, {"ShardFilter", filter}}; }

TEST_P(list_shards, has_exactly_these_members) {
    service.create_stream("orders", {.shards = 2});
    json l = list(service, orders);
    EXPECT_EQ(members(l), "Shards");
    EXPECT_EQ(indexes(l), "0 1");
    EXPECT_EQ(members(l["Shards"][0]), "HashKeyRange SequenceNumberRange ShardId");
    EXPECT_EQ(members(l["Shards"][0]["SequenceNumberRange"]), "StartingSequenceNumber");
    EXPECT_EQ(
        l["Shards"][1]["HashKeyRange"],
        json(
            {{"StartingHashKey", "170141183460469231731687303715884105728"},
             {"EndingHashKey", "340282366920938463463374607431768211455"}}));
    EXPECT_EQ(list(service, {{"StreamARN", arn_of("orders")}}), l);
    EXPECT_EQ(list(service, {{"StreamARN", arn_of("orders")}, {"StreamName", "orders"}}), l);
}

TEST_P(list_shards, pages_by_a_thousand_at_most) {
    service.create_stream("orders", {.shards = 1001});
    for (const json& wanted : {json(), json(1000), json(1001), json(10000)}) {
        const json first = list(service, {{"StreamName", "orders"}, {"MaxResults", wanted}});
        EXPECT_EQ(members(first), "NextToken Shards");
        EXPECT_EQ(first["Shards"].size(), 1000U);
        const json rest = list(service, {{"NextToken", first["NextToken"]}});
        EXPECT_EQ(members(rest), "Shards");
        EXPECT_EQ(indexes(rest), "1000");
    }
    const json tail = {{"StreamName", "orders"}, {"ExclusiveStartShardId", "997"}};
    EXPECT_EQ(indexes(list(service, tail)), "998 999 1000");
}

TEST_P(list_shards, goes_on_where_a_token_says_with_its_filter) {
    service.create_stream("orders", {.shards = 5});
    json body = filtered({{"Type", "AFTER_SHARD_ID"}, {"ShardId", "shardId-000000000000"}});
    body["MaxResults"] = 2;
    json page = list(service, body);
    EXPECT_EQ(indexes(page), "1 2");
    page = list(service, {{"NextToken", page["NextToken"]}, {"MaxResults", 1}});
    EXPECT_EQ(indexes(page), "3");
    page = list(service, {{"NextToken", page["NextToken"]}});
    EXPECT_EQ(indexes(page), "4");
    EXPECT_FALSE(page.contains("NextToken"));
}

TEST_P(list_shards, takes_a_token_or_a_stream) {
    service.create_stream("orders", {.shards = 2});
    const json token = list(service, {{"StreamName", "orders"}, {"MaxResults", 1}})["NextToken"];
    const auto invalid = [&](const json& body, const std::string& text) {
        return refused(service.call("ListShards", body), "InvalidArgumentException", text);
    };
    EXPECT_TRUE(invalid(json::object(), "Either NextToken or StreamName should be provided."));
    EXPECT_TRUE(invalid(
        {{"NextToken", token}, {"StreamName", "orders"}},
        "NextToken and StreamName cannot be provided together."));
    EXPECT_TRUE(invalid(
        {{"NextToken", token}, {"StreamARN", arn_of("orders")}},
        "NextToken and StreamARN cannot be provided together."));
    EXPECT_TRUE(invalid(
        {{"NextToken", token}, {"ExclusiveStartShardId", "0"}},
        "NextToken and ExclusiveStartShardId cannot be provided together."));
    EXPECT_TRUE(invalid(
        {{"NextToken", token}, {"StreamCreationTimestamp", 1'800'000'000}},
        "NextToken and StreamCreationTimestamp cannot be provided together."));
    EXPECT_TRUE(invalid(
        {{"NextToken", token}, {"ShardFilter", {{"Type", "AT_LATEST"}}}},
        "NextToken and ShardFilter cannot be provided together."));
}

TEST_P(list_shards, refuses_tokens_that_are_old_damaged_or_others) {
    service.create_stream("orders", {.shards = 2});
    const std::string token =
        list(service, {{"StreamName", "orders"}, {"MaxResults", 1}})["NextToken"];
    const auto use = [&](const std::string& t) {
        return service.call("ListShards", {{"NextToken", t}});
    };
    const auto invalid = [&](const std::string& t) {
        return refused(use(t), "InvalidArgumentException", "Invalid NextToken.");
    };
    for (const std::size_t at :
         {std::size_t{0}, std::size_t{20}, token.size() / 2, token.size() - 3}) {
        std::string damaged = token;
        damaged[at] = damaged[at] == 'A' ? 'B' : 'A';
        EXPECT_TRUE(invalid(damaged)) << at;
    }
    EXPECT_TRUE(invalid("garbage"));
    EXPECT_TRUE(invalid(service.iterator("orders", "LATEST")));
    service.act_as("000000000000", "eu-west-1");
    EXPECT_TRUE(invalid(token));
    service.act_as("111111111111", "us-east-1");
    EXPECT_TRUE(invalid(token));
    service.act_as("000000000000", "us-east-1");

    service.clock.advance_ms(300'000);
    EXPECT_TRUE(use(token).ok());
    service.clock.advance_ms(1);
    EXPECT_TRUE(refused(
        use(token),
        "ExpiredNextTokenException",
        "NextToken expired. The token was created at time Fri Jan 15 08:00:00 UTC 2027 while right "
        "now it is Fri Jan 15 08:05:00 UTC 2027 which is further in the future than the tolerated "
        "delay of 300000 milliseconds."));
}

TEST_P(list_shards, forgets_tokens_of_a_stream_that_was_deleted) {
    service.create_stream("orders", {.shards = 2});
    const json token = list(service, {{"StreamName", "orders"}, {"MaxResults", 1}})["NextToken"];
    service.call("DeleteStream", orders);
    service.create_stream("orders", {.shards = 2});
    EXPECT_TRUE(refused(
        service.call("ListShards", {{"NextToken", token}}),
        "ResourceNotFoundException",
        not_found("orders")));
}

TEST_P(list_shards, needs_a_stream_that_is_active_or_updating) {
    service_kit slow(GetParam(), slow_transitions());
    const auto busy = [&](const std::string& status) {
        return refused(
            slow.call("ListShards", orders),
            "ResourceInUseException",
            not_active("orders", status));
    };
    slow.create_stream("orders", {.shards = 2});
    EXPECT_TRUE(busy("CREATING"));
    slow.clock.advance_ms(500);
    slow.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    EXPECT_EQ(indexes(list(slow, orders)), "0 1") << "UPDATING";
    slow.call("DeleteStream", orders);
    EXPECT_TRUE(busy("DELETING"));
}

TEST_P(list_shards, judges_the_filter_before_the_stream) {
    const json body = {{"StreamName", "absent"}, {"ShardFilter", {{"Type", "AT_TIMESTAMP"}}}};
    EXPECT_EQ(service.call("ListShards", body).error_code, "InvalidArgumentException");
}

TEST_P(list_shards, knows_a_stream_by_its_creation_time) {
    service.create_stream("orders");
    const auto created = [&](double at) {
        return service.call(
            "ListShards", {{"StreamName", "orders"}, {"StreamCreationTimestamp", at}});
    };
    EXPECT_TRUE(created(1'800'000'000).ok());
    EXPECT_TRUE(refused(created(1'799'999'999), "ResourceNotFoundException", not_found("orders")));
}

// Shards 0 and 1 from the start; 0 is split into 2 and 3 after a second, 2 and 3 merge into 4 after
// another.
class shard_filter : public service_test {
protected:
    shard_filter() : over(GetParam(), kit), stream(kit.create("orders", 2)) {
        kit.clock.advance_ms(1000);
        kit.split(stream, shard_id{0}, hash_key{1000});
        kit.clock.advance_ms(1000);
        kit.merge(stream, shard_id{2}, shard_id{3});
        kit.clock.advance_ms(1000);
    }
    std::string at(const std::string& type, double t) {
        return indexes(list(over, filtered({{"Type", type}, {"Timestamp", t}})));
    }
    std::string by(const std::string& type) {
        return indexes(list(over, filtered({{"Type", type}})));
    }

    engine_kit kit;
    service_kit over;
    std::shared_ptr<engine::stream> stream;
    const instant start{1'800'000'000'000};
};
INSTANTIATE_TEST_SUITE_P(wire, shard_filter, every_wire_form(), form_name);

TEST_P(shard_filter, chooses_by_what_was_open_when) {
    EXPECT_EQ(indexes(list(over, orders)), "0 1 2 3 4");
    EXPECT_EQ(by("FROM_TRIM_HORIZON"), "0 1 2 3 4");
    EXPECT_EQ(by("AT_LATEST"), "1 4");
    EXPECT_EQ(by("AT_TRIM_HORIZON"), "0 1");
    EXPECT_EQ(
        indexes(list(over, filtered({{"Type", "AFTER_SHARD_ID"}, {"ShardId", "shardId-1"}}))),
        "2 3 4");
}

TEST_P(shard_filter, chooses_by_a_time_to_the_millisecond) {
    EXPECT_EQ(at("AT_TIMESTAMP", seconds(start)), "0 1");
    EXPECT_EQ(at("AT_TIMESTAMP", seconds(start + 999)), "0 1");
    EXPECT_EQ(at("AT_TIMESTAMP", seconds(start + 1000)), "0 1 2 3") << "no hole at a reshard";
    EXPECT_EQ(at("AT_TIMESTAMP", seconds(start + 1001)), "1 2 3");
    EXPECT_EQ(at("AT_TIMESTAMP", seconds(start + 2000)), "1 2 3 4");
    EXPECT_EQ(at("AT_TIMESTAMP", seconds(start + 2001)), "1 4");
    EXPECT_EQ(at("AT_TIMESTAMP", seconds(start + 3000)), "1 4");
    EXPECT_EQ(at("AT_TIMESTAMP", 0), "0 1") << "earlier than the stream is its beginning";

    EXPECT_EQ(at("FROM_TIMESTAMP", 0), "0 1 2 3 4");
    EXPECT_EQ(at("FROM_TIMESTAMP", seconds(start + 1000)), "0 1 2 3 4");
    EXPECT_EQ(at("FROM_TIMESTAMP", seconds(start + 1001)), "1 2 3 4");
    EXPECT_EQ(at("FROM_TIMESTAMP", seconds(start + 2001)), "1 4");
}

TEST_P(shard_filter, lets_go_of_shards_that_expire) {
    kit.clock.set(start + 1000 + day_ms);
    EXPECT_EQ(by("FROM_TRIM_HORIZON"), "0 1 2 3 4");
    EXPECT_EQ(by("AT_TRIM_HORIZON"), "0 1 2 3");
    kit.clock.set(start + 1001 + day_ms);
    EXPECT_EQ(by("FROM_TRIM_HORIZON"), "1 2 3 4");
    EXPECT_EQ(by("AT_TRIM_HORIZON"), "1 2 3");
    kit.clock.set(start + 2001 + day_ms);
    EXPECT_EQ(by("FROM_TRIM_HORIZON"), "1 4");
    EXPECT_EQ(at("FROM_TIMESTAMP", 0), "1 4");
    EXPECT_EQ(list(over, orders)["Shards"][1]["ParentShardId"], "shardId-000000000002")
        << "children keep the names of parents that are gone";
}

TEST_P(shard_filter, has_the_members_its_type_uses) {
    const auto invalid = [&](const json& filter, const std::string& text) {
        return refused(over.call("ListShards", filtered(filter)), "InvalidArgumentException", text);
    };
    EXPECT_TRUE(
        invalid({{"Type", "AFTER_SHARD_ID"}}, "ShardFilter of type AFTER_SHARD_ID needs ShardId."));
    EXPECT_TRUE(
        invalid({{"Type", "AT_TIMESTAMP"}}, "ShardFilter of type AT_TIMESTAMP needs Timestamp."));
    EXPECT_TRUE(invalid(
        {{"Type", "FROM_TIMESTAMP"}}, "ShardFilter of type FROM_TIMESTAMP needs Timestamp."));
    EXPECT_TRUE(invalid(
        {{"Type", "AT_LATEST"}, {"ShardId", "0"}},
        "ShardFilter of type AT_LATEST cannot have ShardId."));
    EXPECT_TRUE(invalid(
        {{"Type", "AT_TRIM_HORIZON"}, {"Timestamp", 1}},
        "ShardFilter of type AT_TRIM_HORIZON cannot have Timestamp."));
    EXPECT_TRUE(invalid(
        {{"Type", "AT_TIMESTAMP"}, {"Timestamp", seconds(start + 3001)}},
        "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. "
        "timestampInMillis: 1800000003001, currentTimestampInMillis: 1800000003000"));
    EXPECT_TRUE(refused(
        over.call("ListShards", filtered({{"Type", "AFTER_SHARD_ID"}, {"ShardId", "x"}})),
        "ResourceNotFoundException",
        "Could not find shard x in stream orders under account 000000000000."));
}

TEST_P(list_shards, words_every_violation) {
    service.create_stream("orders");
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(service.call("ListShards", body), "ValidationException", violations(all));
    };
    EXPECT_TRUE(violates(
        {{"MaxResults", 0},
         {"ExclusiveStartShardId", ""},
         {"StreamName", "a/b"},
         {"NextToken", ""}},
        {{"'0'", "maxResults", must::have_value_from(1)},
         {"''", "exclusiveStartShardId", must::match_name},
         {"''", "exclusiveStartShardId", must::have_length_from(1)},
         {"'a/b'", "streamName", must::match_name},
         {"''", "nextToken", must::have_length_from(1)}}));
    EXPECT_TRUE(violates(
        {{"StreamName", "orders"}, {"MaxResults", 10001}},
        {{"'10001'", "maxResults", must::have_value_to(10000)}}));
    EXPECT_TRUE(violates(
        filtered({{"ShardId", "a/b"}}),
        {{"null", "shardFilter.type", must::not_be_null},
         {"'a/b'", "shardFilter.shardId", must::match_name}}));
    EXPECT_TRUE(violates(
        filtered({{"Type", "NOW"}}),
        {{"'NOW'",
          "shardFilter.type",
          must::be_one_of(
              "AFTER_SHARD_ID, AT_TRIM_HORIZON, FROM_TRIM_HORIZON, AT_LATEST, AT_TIMESTAMP, "
              "FROM_TIMESTAMP")}}));
    EXPECT_TRUE(refused(
        service.call("ListShards", {{"StreamName", "absent"}, {"ExclusiveStartShardId", "x"}}),
        "ResourceNotFoundException",
        "Could not find shard x in stream absent under account 000000000000."));
    expect_stream_naming_refusals(service, "ListShards", json::object());
}

}  // namespace
}  // namespace kinetide::testing
