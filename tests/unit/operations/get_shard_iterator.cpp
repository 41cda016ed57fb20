// Five places to read from, each an iterator that stands alone; and what asks for none of them.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(get_shard_iterator);

json asked(const std::string& type, const json& more = json::object()) {
    json body = {{"StreamName", "orders"}, {"ShardId", "shardId-000000000000"}};
    body["ShardIteratorType"] = type;
    body.update(more);
    return body;
}

// The data that a first page from there gives.
std::string first_data(service_kit& service, const json& body) {
    const reply at = service.call("GetShardIterator", body);
    EXPECT_TRUE(at.ok()) << at.message;
    const reply page = service.read(at.body.value("ShardIterator", ""));
    std::string all;
    for (const json& r : page.body["Records"]) all += from_base64(r["Data"].get<std::string>());
    return all;
}

TEST_P(get_shard_iterator, stands_at_each_of_five_places) {
    service.create_stream("orders");
    service.put("orders", "k", "a");
    service.clock.advance_ms(1);
    const std::string second = service.put("orders", "k", "b");
    const double at_second = static_cast<double>(service.clock.now().ms) / 1000;
    service.clock.advance_ms(1);
    service.put("orders", "k", "c");

    const json number = {{"StartingSequenceNumber", second}};
    EXPECT_EQ(first_data(service, asked("TRIM_HORIZON")), "abc");
    EXPECT_EQ(first_data(service, asked("LATEST")), "");
    EXPECT_EQ(first_data(service, asked("AT_SEQUENCE_NUMBER", number)), "bc");
    EXPECT_EQ(first_data(service, asked("AFTER_SEQUENCE_NUMBER", number)), "c");
    EXPECT_EQ(first_data(service, asked("AT_TIMESTAMP", {{"Timestamp", at_second}})), "bc");
    EXPECT_EQ(first_data(service, asked("AT_TIMESTAMP", {{"Timestamp", at_second + 0.001}})), "c");
    EXPECT_EQ(first_data(service, asked("AT_TIMESTAMP", {{"Timestamp", 1}})), "abc");
}

TEST_P(get_shard_iterator, latest_is_fixed_when_it_is_made) {
    service.create_stream("orders");
    service.put("orders", "k", "before");
    const std::string at = service.iterator("orders", "LATEST");
    service.put("orders", "k", "after");

    const reply page = service.read(at);
    ASSERT_EQ(page.body["Records"].size(), 1U);
    EXPECT_EQ(page.body["Records"][0]["Data"], base64("after"));
}

TEST_P(get_shard_iterator, takes_a_number_that_no_record_has) {
    service.create_stream("orders");
    service.put("orders", "k", "a");
    const json shards = service.call("ListShards", {{"StreamName", "orders"}}).body["Shards"];
    const json start = {
        {"StartingSequenceNumber", shards[0]["SequenceNumberRange"]["StartingSequenceNumber"]}};
    EXPECT_EQ(first_data(service, asked("AT_SEQUENCE_NUMBER", start)), "a");
    EXPECT_EQ(first_data(service, asked("AFTER_SEQUENCE_NUMBER", start)), "a");
}

TEST_P(get_shard_iterator, answers_with_an_iterator_and_nothing_else) {
    service.create_stream("orders");
    const reply r = service.call("GetShardIterator", asked("LATEST"));
    EXPECT_EQ(r.body.size(), 1U);
    const std::string text = r.body["ShardIterator"];
    EXPECT_TRUE(from_base64(text).starts_with(std::string("\0\0\0\0\0\0\0\1", 8)));
    EXPECT_NE(service.call("GetShardIterator", asked("LATEST")).body["ShardIterator"], text);
}

TEST_P(get_shard_iterator, reads_shard_ids_leniently) {
    service.create_stream("orders", {.shards = 2});
    for (const char* id : {"1", "shard-1", "shardId-000000000001", "whatever-01"}) {
        EXPECT_TRUE(service.call("GetShardIterator", asked("LATEST", {{"ShardId", id}})).ok());
    }
    const reply r = service.call("GetShardIterator", asked("LATEST", {{"ShardId", "2147483648"}}));
    EXPECT_EQ(r.error_code, "ResourceNotFoundException");
    EXPECT_EQ(
        r.message, "Could not find shard 2147483648 in stream orders under account 000000000000.");
}

TEST_P(get_shard_iterator, speaks_of_the_shard_also_where_the_stream_is_missing) {
    const std::string text =
        "Shard shardId-000000000000 in stream orders under account 000000000000 does not exist";
    const reply missing = service.call("GetShardIterator", asked("LATEST"));
    EXPECT_EQ(missing.error_code, "ResourceNotFoundException");
    EXPECT_EQ(missing.message, text);

    service::options slow;
    slow.engine.transitions = engine::transition_times::of_all(500);
    service_kit creating(GetParam(), slow);
    creating.create_stream("orders");
    EXPECT_EQ(creating.call("GetShardIterator", asked("LATEST")).message, text);
    creating.clock.advance_ms(500);
    EXPECT_TRUE(creating.call("GetShardIterator", asked("LATEST")).ok());
}

TEST_P(get_shard_iterator, refuses_members_that_do_not_go_together) {
    service.create_stream("orders");
    const std::string number = service.put("orders", "k", "a");
    const std::string rule =
        "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and "
        "StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. "
        "Request specified ";
    for (const std::string& type :
         std::vector<std::string>{"AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"}) {
        const reply r = service.call("GetShardIterator", asked(type));
        EXPECT_EQ(r.error_code, "InvalidArgumentException");
        EXPECT_EQ(r.message, rule + type + " and no StartingSequenceNumber.");
    }
    for (const std::string& type : std::vector<std::string>{"TRIM_HORIZON", "LATEST"}) {
        const reply r =
            service.call("GetShardIterator", asked(type, {{"StartingSequenceNumber", number}}));
        EXPECT_EQ(r.message, rule + type + " and also a StartingSequenceNumber.");
    }
    EXPECT_EQ(
        service.call("GetShardIterator", asked("AT_TIMESTAMP")).message,
        "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current "
        "request has no timestamp parameter.");
}

TEST_P(get_shard_iterator, refuses_the_future_but_not_this_millisecond) {
    service.create_stream("orders");
    const std::int64_t now = service.clock.now().ms;
    const auto at = [&](std::int64_t ms) {
        const json time = {{"Timestamp", static_cast<double>(ms) / 1000}};
        return service.call("GetShardIterator", asked("AT_TIMESTAMP", time));
    };
    EXPECT_TRUE(at(now).ok());
    const reply r = at(now + 1);
    EXPECT_EQ(r.error_code, "InvalidArgumentException");
    EXPECT_EQ(
        r.message,
        "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. "
        "timestampInMillis: " +
            std::to_string(now + 1) + ", currentTimestampInMillis: " + std::to_string(now));
}

TEST_P(get_shard_iterator, refuses_numbers_of_others) {
    service.create_stream("orders", {.shards = 2});
    service.clock.advance_ms(60'000);
    service.create_stream("other");
    const auto with = [&](const std::string& number) {
        return service.call(
            "GetShardIterator", asked("AT_SEQUENCE_NUMBER", {{"StartingSequenceNumber", number}}));
    };
    const std::string used =
        " used in GetShardIterator on shard shardId-000000000000 in stream orders under account "
        "000000000000 is invalid";
    const std::string of_other_stream = service.put("other", "k", "x");
    EXPECT_EQ(
        with(of_other_stream).message,
        "StartingSequenceNumber " + of_other_stream + used +
            " because it did not come from this stream.");
    EXPECT_EQ(
        with("5").message,
        "Invalid StartingSequenceNumber. It encodes shardId-000000000005, while it was used in a "
        "call to a shard with shardId-000000000000");
    const std::string of_no_layout(120, '9');
    EXPECT_EQ(with(of_no_layout).message, "StartingSequenceNumber " + of_no_layout + used + ".");

    const reply zero = with("0");
    EXPECT_EQ(zero.status, 500);
    EXPECT_EQ(zero.body, json({{"__type", "InternalFailure"}}));
}

TEST_P(get_shard_iterator, only_tries_when_asked_to) {
    service.create_stream("orders");
    const reply r = service.call("GetShardIterator", asked("LATEST", {{"DryRun", true}}));
    EXPECT_EQ(r.error_code, "DryRunOperationException");
    EXPECT_EQ(r.message, "Request would have succeeded, but DryRun flag is set.");
}

TEST_P(get_shard_iterator, lists_the_types_when_it_knows_none) {
    const reply r = service.call("GetShardIterator", asked("OLDEST", {{"ShardId", ""}}));
    EXPECT_EQ(r.error_code, "ValidationException");
    EXPECT_NE(
        r.message.find("Value 'OLDEST' at 'shardIteratorType' failed to satisfy constraint: Member "
                       "must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, "
                       "AT_SEQUENCE_NUMBER, TRIM_HORIZON]"),
        std::string::npos);
    EXPECT_TRUE(r.message.starts_with("3 validation errors detected: ")) << r.message;
}

TEST_P(get_shard_iterator, refuses_another_shards_number) {
    service.create_stream("orders", {.shards = 2});
    const std::string of_second = [&] {
        const json body = {
            {"StreamName", "orders"},
            {"PartitionKey", "k"},
            {"Data", ""},
            {"ExplicitHashKey", "340282366920938463463374607431768211455"}};
        return service.call("PutRecord", body).body.value("SequenceNumber", "");
    }();
    for (const char* type : {"AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"}) {
        EXPECT_TRUE(refused(
            service.call("GetShardIterator", asked(type, {{"StartingSequenceNumber", of_second}})),
            "InvalidArgumentException",
            "Invalid StartingSequenceNumber. It encodes shardId-000000000001, while it was used "
            "in a call to a shard with shardId-000000000000"));
    }
}

TEST_P(get_shard_iterator, takes_numbers_of_records_to_come_and_of_the_end) {
    engine_kit kit;
    service_kit over(GetParam(), kit);
    const auto stream = kit.create("orders", 1);
    const std::string first = over.put("orders", "k", "a");
    const json after = {{"StartingSequenceNumber", first}};
    const std::string at =
        over.call("GetShardIterator", asked("AFTER_SEQUENCE_NUMBER", after)).body["ShardIterator"];
    EXPECT_TRUE(over.data_from(at).empty());
    over.put("orders", "k", "b");
    EXPECT_EQ(over.data_from(at), std::vector<std::string>{"b"});

    kit.split(stream, shard_id{0}, hash_key{1000});
    const json shards = over.call("ListShards", {{"StreamName", "orders"}}).body["Shards"];
    const json end = {
        {"StartingSequenceNumber", shards[0]["SequenceNumberRange"]["EndingSequenceNumber"]}};
    for (const char* type : {"AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"}) {
        const reply r = over.call("GetShardIterator", asked(type, end));
        EXPECT_EQ(
            members(over.read(r.body.value("ShardIterator", "")).body),
            "ChildShards MillisBehindLatest Records");
    }
}

TEST_P(get_shard_iterator, moves_numbers_that_expired_to_the_horizon) {
    service.create_stream("orders");
    const json expired = {{"StartingSequenceNumber", service.put("orders", "k", "old")}};
    service.clock.advance_ms(3'600'000);
    service.put("orders", "k", "young");
    service.clock.advance_ms(23 * 3'600'000 + 1);
    EXPECT_EQ(first_data(service, asked("AT_SEQUENCE_NUMBER", expired)), "young");
    EXPECT_EQ(first_data(service, asked("AFTER_SEQUENCE_NUMBER", expired)), "young");
}

TEST_P(get_shard_iterator, reads_over_a_timestamp_that_the_type_has_no_use_for) {
    service.create_stream("orders");
    service.put("orders", "k", "a");
    const json future = {{"Timestamp", 9'999'999'999}};
    EXPECT_EQ(first_data(service, asked("TRIM_HORIZON", future)), "a");
}

TEST_P(get_shard_iterator, starts_at_the_horizon_of_its_use) {
    service.create_stream("orders");
    service.put("orders", "k", "old");
    service.clock.advance_ms(86'400'000 - 1'000);
    service.put("orders", "k", "young");
    const std::string at = service.iterator("orders", "TRIM_HORIZON");
    EXPECT_EQ(service.data_from(at), (std::vector<std::string>{"old", "young"}));
    service.clock.advance_ms(1'001);
    EXPECT_EQ(service.data_from(at), std::vector<std::string>{"young"});
}

TEST_P(get_shard_iterator, fits_iterators_of_the_longest_names_into_512_characters) {
    service.act_as("000000000000", "a-region-of-thirty-two-letters-1");
    const std::string name(128, 'n');
    service.create_stream(name);
    const std::string at = service.iterator(name, "LATEST");
    EXPECT_LE(at.size(), 512U);
    EXPECT_TRUE(service.read(at).ok());
}

TEST_P(get_shard_iterator, finds_streams_by_arn) {
    service.create_stream("orders");
    json body = asked("LATEST");
    body["StreamARN"] = arn_of("orders");
    EXPECT_TRUE(service.call("GetShardIterator", body).ok());
    body.erase("StreamName");
    EXPECT_TRUE(service.call("GetShardIterator", body).ok());
    body.erase("StreamARN");
    expect_stream_naming_refusals(
        service, "GetShardIterator", body, no_such_shard("shardId-000000000000", "absent"));

    service.act_as("111111111111", "us-east-1");
    EXPECT_TRUE(refused(
        service.call("GetShardIterator", asked("LATEST")),
        "ResourceNotFoundException",
        no_such_shard("shardId-000000000000", "orders", "111111111111")));
}

TEST_P(get_shard_iterator, judges_shard_ids_before_streams_and_streams_before_the_rest) {
    json body = asked("AT_TIMESTAMP", {{"ShardId", "x"}, {"StreamName", "absent"}});
    EXPECT_TRUE(refused(
        service.call("GetShardIterator", body),
        "ResourceNotFoundException",
        "Could not find shard x in stream absent under account 000000000000."));
    body["ShardId"] = "7";
    EXPECT_TRUE(refused(
        service.call("GetShardIterator", body),
        "ResourceNotFoundException",
        no_such_shard("shardId-000000000007", "absent")));
    service.create_stream("orders");
    body["StreamName"] = "orders";
    EXPECT_TRUE(refused(
        service.call("GetShardIterator", body),
        "ResourceNotFoundException",
        no_such_shard("shardId-000000000007", "orders")));
    body["ShardId"] = "0";
    body["DryRun"] = true;
    EXPECT_EQ(service.call("GetShardIterator", body).error_code, "InvalidArgumentException");
}

TEST_P(get_shard_iterator, words_every_violation) {
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(
            service.call("GetShardIterator", body), "ValidationException", violations(all));
    };
    EXPECT_TRUE(violates(
        {{"ShardId", ""}, {"StartingSequenceNumber", "01"}, {"StreamName", ""}},
        {{"''", "shardId", must::match_name},
         {"''", "shardId", must::have_length_from(1)},
         {"null", "shardIteratorType", must::not_be_null},
         {"'01'", "startingSequenceNumber", must::match(R"(0|([1-9]\d{0,128}))")},
         {"''", "streamName", must::match_name},
         {"''", "streamName", must::have_length_from(1)}}));
    const std::string long_id(129, '0');
    EXPECT_TRUE(violates(
        asked("LATEST", {{"ShardId", long_id}}),
        {{"'" + long_id + "'", "shardId", must::have_length_to(128)}}));
    EXPECT_TRUE(violates(
        {{"StreamName", "orders"}, {"ShardIteratorType", "LATEST"}},
        {{"null", "shardId", must::not_be_null}}));
}

}  // namespace
}  // namespace kinetide::testing
