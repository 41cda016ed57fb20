// Pages from where an iterator stands; and iterators that lead nowhere any more.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(get_records);

constexpr std::int64_t day_ms = 86'400'000;

reply read(service_kit& service, const std::string& at, const json& more = json::object()) {
    json body = {{"ShardIterator", at}};
    body.update(more);
    return service.call("GetRecords", body);
}

TEST_P(get_records, gives_what_was_put_and_leaves_out_what_is_not_there) {
    service.create_stream("orders");
    const std::string number = service.put("orders", "ключ", std::string("\0\xff/+", 4));
    const reply r = service.read(service.iterator("orders", "TRIM_HORIZON"));

    EXPECT_EQ(r.body.size(), 3U) << r.body;
    EXPECT_EQ(r.body["MillisBehindLatest"], 0);
    EXPECT_TRUE(r.body["NextShardIterator"].is_string());
    const json expected = {
        {"SequenceNumber", number},
        {"PartitionKey", "ключ"},
        {"Data", base64(std::string("\0\xff/+", 4))},
        {"ApproximateArrivalTimestamp", static_cast<double>(service.clock.now().ms) / 1000}};
    EXPECT_EQ(r.body["Records"], json::array({expected}));
}

TEST_P(get_records, gives_an_empty_page_at_the_tip_and_a_fresh_iterator) {
    service.create_stream("orders");
    const std::string at = service.iterator("orders", "LATEST");
    const reply r = service.read(at);
    EXPECT_EQ(r.body["Records"], json::array());
    EXPECT_EQ(r.body["MillisBehindLatest"], 0);
    EXPECT_NE(r.body["NextShardIterator"], at);
    EXPECT_FALSE(r.body.contains("ChildShards"));
}

TEST_P(get_records, gives_the_same_page_to_an_iterator_that_is_used_twice) {
    service.create_stream("orders");
    for (int i = 0; i < 10; ++i) service.put("orders", "k", std::to_string(i));
    const std::string at = service.iterator("orders", "TRIM_HORIZON");
    EXPECT_EQ(
        read(service, at, {{"Limit", 4}}).body["Records"],
        read(service, at, {{"Limit", 4}}).body["Records"]);
}

TEST_P(get_records, goes_on_by_limit_and_tells_how_far_behind_it_is) {
    service.create_stream("orders");
    for (int i = 0; i < 5; ++i) {
        service.put("orders", "k", std::to_string(i));
        service.clock.advance_ms(1'000);
    }
    const reply first = read(service, service.iterator("orders", "TRIM_HORIZON"), {{"Limit", 2}});
    EXPECT_EQ(first.body["Records"].size(), 2U);
    EXPECT_EQ(first.body["MillisBehindLatest"], 4'000);
    const reply rest = service.read(first.body["NextShardIterator"]);
    EXPECT_EQ(rest.body["Records"].size(), 3U);
    EXPECT_EQ(rest.body["Records"][0]["Data"], base64("2"));
    EXPECT_EQ(rest.body["MillisBehindLatest"], 0);
}

TEST_P(get_records, stops_a_page_before_ten_mebibytes) {
    service.create_stream("orders");
    const std::string data(1'000'000, 'x');
    for (int i = 0; i < 12; ++i) service.put("orders", "k", data);
    const reply r = service.read(service.iterator("orders", "TRIM_HORIZON"));
    EXPECT_EQ(r.body["Records"].size(), 10U);
    EXPECT_EQ(service.all_data("orders").size(), 12U);
}

TEST_P(get_records, refuses_limits_past_both_ends) {
    service.create_stream("orders");
    const std::string at = service.iterator("orders", "LATEST");
    for (const int good : {1, 10'000}) EXPECT_TRUE(read(service, at, {{"Limit", good}}).ok());
    for (const int bad : {0, 10'001}) {
        EXPECT_EQ(read(service, at, {{"Limit", bad}}).error_code, "ValidationException");
    }
}

TEST_P(get_records, lets_an_iterator_live_for_five_minutes_exactly) {
    service.clock.set(instant{1'421'889'722'000});
    service.create_stream("orders");
    const std::string at = service.iterator("orders", "LATEST");
    service.clock.advance_ms(300'000);
    EXPECT_TRUE(service.read(at).ok());
    service.clock.advance_ms(1);
    const reply r = service.read(at);
    EXPECT_EQ(r.error_code, "ExpiredIteratorException");
    EXPECT_EQ(
        r.message,
        "Iterator expired. The iterator was created at time Thu Jan 22 01:22:02 UTC 2015 while "
        "right now it is Thu Jan 22 01:27:02 UTC 2015 which is further in the future than the "
        "tolerated delay of 300000 milliseconds.");
}

TEST_P(get_records, takes_a_quoted_iterator_and_no_damaged_or_foreign_one) {
    service.create_stream("orders");
    const std::string at = service.iterator("orders", "LATEST");
    EXPECT_TRUE(service.read('"' + at + '"').ok());

    const auto expect_invalid = [&](const std::string& text) {
        const reply r = service.read(text);
        EXPECT_EQ(r.error_code, "InvalidArgumentException");
        EXPECT_EQ(r.message, "Invalid ShardIterator.");
    };
    for (std::size_t i = 0; i < at.size(); i += 17) {
        std::string damaged = at;
        damaged[i] = damaged[i] == 'x' ? 'y' : 'x';
        expect_invalid(damaged);
    }
    expect_invalid("a");
    service.act_as("AKID", "eu-west-1");
    expect_invalid(at);
    service.act_as("123456789012", "us-east-1");
    expect_invalid(at);
}

TEST_P(get_records, finds_nothing_of_a_deleted_stream_nor_of_a_later_one_of_its_name) {
    service.create_stream("orders");
    service.put("orders", "k", "old");
    const std::string at = service.iterator("orders", "TRIM_HORIZON");
    const auto expect_gone = [&] {
        const reply r = service.read(at);
        EXPECT_EQ(r.error_code, "ResourceNotFoundException");
        EXPECT_EQ(
            r.message,
            "Shard shardId-000000000000 in stream orders under account 000000000000 does not "
            "exist");
    };
    ASSERT_TRUE(service.call("DeleteStream", {{"StreamName", "orders"}}).ok());
    expect_gone();
    service.create_stream("orders");
    expect_gone();
    EXPECT_TRUE(service.all_data("orders").empty());
}

TEST_P(get_records, lets_records_go_when_their_day_has_passed) {
    service.create_stream("orders");
    service.put("orders", "k", "old");
    service.clock.advance_ms(1'000);
    service.put("orders", "k", "new");
    service.clock.advance_ms(day_ms - 1'000);
    EXPECT_EQ(service.all_data("orders").size(), 2U) << "not older than a day";
    service.clock.advance_ms(1);
    EXPECT_EQ(service.all_data("orders"), std::vector<std::string>{"new"});
}

TEST_P(get_records, counts_calls_and_bytes_under_aws_limits) {
    service::options o;
    o.engine.limits = engine::limits_profile::aws;
    service_kit aws(GetParam(), o);
    aws.create_stream("orders");
    const std::string at = aws.iterator("orders", "TRIM_HORIZON");
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(aws.read(at).ok());
    const reply r = aws.read(at);
    EXPECT_EQ(r.error_code, "ProvisionedThroughputExceededException");
    EXPECT_EQ(r.message, "Rate exceeded for Shard - 000000000000/orders/shardId-000000000000");
    aws.clock.advance_ms(200);
    EXPECT_TRUE(aws.read(at).ok());
    EXPECT_FALSE(aws.read(at).ok());
}

TEST_P(get_records, makes_a_large_page_be_paid_for_under_aws_limits) {
    service::options o;
    o.engine.limits = engine::limits_profile::aws;
    service_kit aws(GetParam(), o);
    aws.create_stream("orders");
    for (int i = 0; i < 8; ++i) {
        aws.put("orders", "k", std::string(1'048'575, 'x'));
        aws.clock.advance_ms(1'000);
    }
    const std::string at = aws.iterator("orders", "TRIM_HORIZON");
    EXPECT_EQ(aws.read(at).body["Records"].size(), 8U);
    aws.clock.advance_ms(4'000);
    EXPECT_FALSE(aws.read(at).ok()) << "8 MiB at 2 MiB a second, as 10 MiB takes 5 s";
    aws.clock.advance_ms(2);
    EXPECT_TRUE(aws.read(at).ok());
}

TEST_P(get_records, only_tries_when_asked_to) {
    service.create_stream("orders");
    const std::string at = service.iterator("orders", "LATEST");
    EXPECT_EQ(read(service, at, {{"DryRun", true}}).error_code, "DryRunOperationException");
    EXPECT_EQ(read(service, "x", {{"DryRun", true}}).error_code, "InvalidArgumentException");
}

TEST_P(get_records, leaves_out_the_partition_key_of_a_record_that_has_none) {
    service.create_automatic("orders");
    const json records =
        json::array({{{"Data", base64("bare")}}, {{"Data", ""}, {"PartitionKey", "k"}}});
    ASSERT_TRUE(service.call("PutRecords", {{"StreamName", "orders"}, {"Records", records}}).ok());
    std::string found;
    for (int shard = 0; shard < 4; ++shard) {
        const reply page = service.read(service.iterator("orders", "TRIM_HORIZON", shard));
        for (const json& r : page.body["Records"]) found += members(r) + "; ";
    }
    EXPECT_EQ(
        found,
        "ApproximateArrivalTimestamp Data SequenceNumber; "
        "ApproximateArrivalTimestamp Data PartitionKey SequenceNumber; ");
}

TEST_P(get_records, fills_a_page_to_ten_mebibytes_of_data_and_keys) {
    service.create_stream("orders");
    for (int i = 0; i < 10; ++i) service.put("orders", "k", std::string(1'048'575, 'x'));
    service.put("orders", "k", "");
    const reply first = service.read(service.iterator("orders", "TRIM_HORIZON"));
    EXPECT_EQ(first.body["Records"].size(), 10U) << "exactly full";
    const reply rest = service.read(first.body["NextShardIterator"]);
    EXPECT_EQ(rest.body["Records"].size(), 1U);
}

TEST_P(get_records, always_fits_one_record) {
    service.call(
        "CreateStream",
        {{"StreamName", "orders"}, {"ShardCount", 1}, {"MaxRecordSizeInKiB", 10240}});
    for (int i = 0; i < 2; ++i) service.put("orders", "k", std::string(10'485'759, 'x'));
    const reply first = service.read(service.iterator("orders", "TRIM_HORIZON"));
    EXPECT_EQ(first.body["Records"].size(), 1U);
    const reply second = service.read(first.body["NextShardIterator"]);
    EXPECT_EQ(second.body["Records"].size(), 1U);
}

TEST_P(get_records, ends_a_closed_shard_with_its_children_and_no_iterator) {
    engine_kit kit;
    service_kit over(GetParam(), kit);
    const auto stream = kit.create("orders", 1);
    over.put("orders", "a", "1");
    over.put("orders", "a", "2");
    const std::string start = over.iterator("orders", "TRIM_HORIZON");
    kit.split(stream, shard_id{0}, hash_key{1000});

    const reply first = read(over, start, {{"Limit", 1}});
    EXPECT_EQ(members(first.body), "MillisBehindLatest NextShardIterator Records");
    const reply last = over.read(first.body["NextShardIterator"]);
    EXPECT_EQ(members(last.body), "MillisBehindLatest NextShardIterator Records");
    EXPECT_EQ(last.body["Records"].size(), 1U);
    const reply end = over.read(last.body["NextShardIterator"]);
    EXPECT_EQ(members(end.body), "ChildShards MillisBehindLatest Records");
    EXPECT_EQ(end.body["Records"], json::array()) << "Telegraf would drop them";
    const json expected = json::array(
        {{{"ShardId", "shardId-000000000001"},
          {"ParentShards", {"shardId-000000000000"}},
          {"HashKeyRange", {{"StartingHashKey", "0"}, {"EndingHashKey", "999"}}}},
         {{"ShardId", "shardId-000000000002"},
          {"ParentShards", {"shardId-000000000000"}},
          {"HashKeyRange",
           {{"StartingHashKey", "1000"},
            {"EndingHashKey", "340282366920938463463374607431768211455"}}}}});
    EXPECT_EQ(end.body["ChildShards"], expected);

    const reply tip = over.read(over.iterator("orders", "LATEST"));
    EXPECT_EQ(members(tip.body), "ChildShards MillisBehindLatest Records");
    EXPECT_EQ(tip.body["Records"], json::array());
    EXPECT_EQ(tip.body["MillisBehindLatest"], 0);
}

TEST_P(get_records, names_both_parents_of_a_merge) {
    engine_kit kit;
    service_kit over(GetParam(), kit);
    kit.merge(kit.create("orders", 2), shard_id{0}, shard_id{1});
    for (const int parent : {0, 1}) {
        const reply end = over.read(over.iterator("orders", "TRIM_HORIZON", parent));
        ASSERT_EQ(end.body["ChildShards"].size(), 1U);
        EXPECT_EQ(
            end.body["ChildShards"][0]["ParentShards"],
            json::array({"shardId-000000000000", "shardId-000000000001"}));
    }
}

TEST_P(get_records, reads_a_closed_shard_until_retention_has_passed) {
    engine_kit kit;
    service_kit over(GetParam(), kit);
    const auto stream = kit.create("orders", 1);
    kit.clock.advance_ms(1'000);
    over.put("orders", "a", "last");
    kit.split(stream, shard_id{0}, hash_key{1000});
    kit.clock.advance_ms(day_ms);
    EXPECT_EQ(over.read(over.iterator("orders", "TRIM_HORIZON")).body["Records"].size(), 1U);
    const std::string at = over.iterator("orders", "TRIM_HORIZON");
    kit.clock.advance_ms(1);
    EXPECT_TRUE(refused(
        over.read(at),
        "ResourceNotFoundException",
        no_such_shard("shardId-000000000000", "orders")));
}

TEST_P(get_records, takes_the_arn_of_the_iterators_own_stream) {
    service.create_stream("orders");
    service.create_stream("other");
    const std::string at = service.iterator("orders", "LATEST");
    const auto by = [&](const std::string& arn) { return read(service, at, {{"StreamARN", arn}}); };
    EXPECT_TRUE(by(arn_of("orders")).ok());
    EXPECT_TRUE(refused(by(arn_of("other")), "InvalidArgumentException", "Invalid ShardIterator."));
    EXPECT_TRUE(refused(
        by(arn_of("orders", "000000000000", "eu-west-1")),
        "InvalidArgumentException",
        "Invalid ShardIterator."));
    EXPECT_EQ(by(arn_of("orders", "111111111111")).error_code, "AccessDeniedException");
}

TEST_P(get_records, gives_everything_again_after_a_refusal) {
    service.create_stream("orders");
    service.put("orders", "k", "kept");
    const std::string at = service.iterator("orders", "TRIM_HORIZON");
    EXPECT_FALSE(read(service, at, {{"Limit", 0}}).ok());
    EXPECT_FALSE(read(service, at, {{"DryRun", true}}).ok());
    EXPECT_EQ(service.data_from(at), std::vector<std::string>{"kept"});
}

TEST_P(get_records, words_every_violation) {
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(service.call("GetRecords", body), "ValidationException", violations(all));
    };
    const std::string long_iterator(513, 'A');
    EXPECT_TRUE(violates(
        {{"Limit", 0}, {"StreamARN", "orders"}},
        {{"'0'", "limit", must::have_value_from(1)},
         {"null", "shardIterator", must::not_be_null},
         {"'orders'", "streamARN", must::match(R"(arn:aws.*:kinesis:.*:\d{12}:stream/\S+)")}}));
    EXPECT_TRUE(violates(
        {{"Limit", 10'001}, {"ShardIterator", long_iterator}},
        {{"'10001'", "limit", must::have_value_to(10'000)},
         {"'" + long_iterator + "'", "shardIterator", must::have_length_to(512)}}));
    EXPECT_TRUE(
        violates({{"ShardIterator", ""}}, {{"''", "shardIterator", must::have_length_from(1)}}));
    EXPECT_TRUE(refused(
        service.read(std::string(512, 'A')), "InvalidArgumentException", "Invalid ShardIterator."));
    EXPECT_TRUE(
        refused(service.read("\"\""), "InvalidArgumentException", "Invalid ShardIterator."));
}

}  // namespace
}  // namespace kinetide::testing
