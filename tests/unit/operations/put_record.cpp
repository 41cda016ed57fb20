// One record, where its key belongs, under the stream's size and the shard's rate.

#include <regex>

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(put_record);

json record(const std::string& key, const std::string& data = "") {
    return {{"StreamName", "orders"}, {"PartitionKey", key}, {"Data", base64(data)}};
}

json with(json body, const json& more) {
    body.update(more);
    return body;
}

const std::string invalid_argument = "InvalidArgumentException";

std::string ordering_invalid(const std::string& number) {
    return "ExclusiveMinimumSequenceNumber " + number +
           " used in PutRecord on stream orders under account 000000000000 is invalid.";
}

std::string rate_exceeded(int shard = 0) {
    return "Rate exceeded for shard shardId-00000000000" + std::to_string(shard) +
           " in stream orders under account 000000000000.";
}

TEST_P(put_record, answers_with_shard_and_number_alone) {
    service.create_stream("orders");
    const reply r = service.call("PutRecord", record("k", "hello"));
    EXPECT_EQ(members(r.body), "SequenceNumber ShardId");
    EXPECT_EQ(r.body["ShardId"], "shardId-000000000000");
    EXPECT_TRUE(
        std::regex_match(r.body["SequenceNumber"].get<std::string>(), std::regex(R"(\d{56})")));
    EXPECT_EQ(service.all_data("orders"), std::vector<std::string>{"hello"});
}

TEST_P(put_record, routes_by_the_keys_md5) {
    service.create_stream("orders", {.shards = 3});
    const std::pair<const char*, int> keys[] = {{"a", 0}, {"b", 1}, {"e", 2}, {"f", 1}};
    for (const auto& [key, shard] : keys) {
        EXPECT_EQ(
            service.call("PutRecord", record(key)).body["ShardId"],
            "shardId-00000000000" + std::to_string(shard))
            << key;
    }
}

TEST_P(put_record, routes_by_an_explicit_hash_key_instead) {
    service.create_stream("orders", {.shards = 3});
    const std::pair<const char*, int> keys[] = {
        {"0", 0},
        {"113427455640312821154458202477256070484", 0},
        {"113427455640312821154458202477256070485", 1},
        {"226854911280625642308916404954512140969", 1},
        {"226854911280625642308916404954512140970", 2},
        {"340282366920938463463374607431768211455", 2}};
    for (const auto& [key, shard] : keys) {
        EXPECT_EQ(
            service.call("PutRecord", with(record("a"), {{"ExplicitHashKey", key}}))
                .body["ShardId"],
            "shardId-00000000000" + std::to_string(shard))
            << key;
    }
    for (const char* key :
         {"340282366920938463463374607431768211456", "999999999999999999999999999999999999999"}) {
        EXPECT_TRUE(refused(
            service.call("PutRecord", with(record("a"), {{"ExplicitHashKey", key}})),
            invalid_argument,
            "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. "
            "Specified value was " +
                std::string(key)));
    }
}

TEST_P(put_record, keeps_bytes_and_characters_as_they_are) {
    service.create_stream("orders");
    std::string bytes(256, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i);
    const std::string key = "ключ 鍵 \xf0\x9f\x94\x91 \" \\ \n";
    service.put("orders", key, bytes);
    service.put("orders", key, "");
    EXPECT_EQ(service.all_data("orders"), (std::vector<std::string>{bytes, ""}));
    reply page = service.read(service.iterator("orders", "TRIM_HORIZON"));
    EXPECT_EQ(page.body["Records"][0]["PartitionKey"], key);
}

TEST_P(put_record, finds_streams_by_arn_and_apart_by_account_and_region) {
    service.create_stream("orders");
    json body = record("k");
    body.erase("StreamName");
    body["StreamARN"] = arn_of("orders");
    EXPECT_TRUE(service.call("PutRecord", body).ok());
    body["StreamName"] = "orders";
    EXPECT_TRUE(service.call("PutRecord", body).ok());

    json rest = record("k");
    rest.erase("StreamName");
    expect_stream_naming_refusals(service, "PutRecord", rest);
    service.act_as("111111111111", "us-east-1");
    EXPECT_TRUE(refused(
        service.call("PutRecord", record("k")),
        "ResourceNotFoundException",
        not_found("orders", "111111111111")));
    service.act_as("000000000000", "eu-west-1");
    EXPECT_EQ(service.call("PutRecord", record("k")).error_code, "ResourceNotFoundException");
    service.act_as("000000000000", "us-east-1");
    EXPECT_EQ(service.all_data("orders").size(), 2U);
}

TEST_P(put_record, needs_a_stream_that_is_active_or_updating) {
    service_kit slow(GetParam(), slow_transitions());
    const auto absent = [&] {
        return refused(
            slow.call("PutRecord", record("k")), "ResourceNotFoundException", not_found("orders"));
    };
    slow.create_stream("orders");
    EXPECT_TRUE(absent()) << "CREATING";
    slow.clock.advance_ms(500);
    slow.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    EXPECT_TRUE(slow.call("PutRecord", record("k")).ok()) << "UPDATING";
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(absent()) << "DELETING";
}

TEST_P(put_record, counts_data_and_key_against_the_streams_record_size) {
    service.create_stream("orders");
    const std::string key = "\xc3\xa9";  // two bytes, one character
    EXPECT_TRUE(service.call("PutRecord", record(key, std::string(1'048'574, 'x'))).ok());
    EXPECT_TRUE(refused(
        service.call("PutRecord", record(key, std::string(1'048'575, 'x'))),
        invalid_argument,
        "Record size of 1048577 bytes, data and partition key together, exceeds the stream's "
        "maximum record size of 1048576 bytes."));
    EXPECT_EQ(service.all_data("orders").size(), 1U);
}

TEST_P(put_record, takes_ten_mib_where_the_stream_does) {
    service.call(
        "CreateStream",
        {{"StreamName", "orders"}, {"ShardCount", 1}, {"MaxRecordSizeInKiB", 10240}});
    EXPECT_TRUE(service.call("PutRecord", record("k", std::string(10'485'759, 'x'))).ok());
    EXPECT_EQ(
        service.call("PutRecord", record("k", std::string(10'485'760, 'x'))).error_code,
        invalid_argument);
    EXPECT_TRUE(refused(
        service.call("PutRecord", record("k", std::string(10'485'761, 'x'))),
        "ValidationException",
        violations(
            {{"'java.nio.HeapByteBuffer[pos=0 lim=10485761 cap=10485761]'",
              "data",
              must::have_length_to(10'485'760)}})));
    EXPECT_EQ(service.all_data("orders").size(), 1U);
}

TEST_P(put_record, words_every_violation) {
    service.create_stream("orders");
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(service.call("PutRecord", body), "ValidationException", violations(all));
    };
    const std::string hash_keys = R"(0|([1-9]\d{0,38}))";
    const std::string numbers = R"(0|([1-9]\d{0,128}))";
    EXPECT_TRUE(violates(
        {{"SequenceNumberForOrdering", "01"},
         {"PartitionKey", ""},
         {"ExplicitHashKey", "-1"},
         {"StreamName", ""}},
        {{"'01'", "sequenceNumberForOrdering", must::match(numbers)},
         {"''", "partitionKey", must::have_length_from(1)},
         {"'-1'", "explicitHashKey", must::match(hash_keys)},
         {"null", "data", must::not_be_null},
         {"''", "streamName", must::match_name},
         {"''", "streamName", must::have_length_from(1)}}));
    const std::string long_key(257, 'k');
    EXPECT_TRUE(violates(
        record(long_key), {{"'" + long_key + "'", "partitionKey", must::have_length_to(256)}}));
    EXPECT_TRUE(violates(
        with(record("k"), {{"PartitionKey", nullptr}}),
        {{"null", "partitionKey", must::not_be_null}}));
    const std::string forty_digits(40, '1');
    EXPECT_TRUE(violates(
        with(record("k"), {{"ExplicitHashKey", forty_digits}}),
        {{"'" + forty_digits + "'", "explicitHashKey", must::match(hash_keys)}}));
    const std::string many_digits(130, '1');
    EXPECT_TRUE(violates(
        with(record("k"), {{"SequenceNumberForOrdering", many_digits}}),
        {{"'" + many_digits + "'", "sequenceNumberForOrdering", must::match(numbers)}}));
    EXPECT_TRUE(service.all_data("orders").empty());

    // A key's length counts characters, not bytes.
    std::string longest;
    for (int i = 0; i < 256; ++i) longest += "\xe9\x8d\xb5";
    EXPECT_TRUE(service.call("PutRecord", record(longest)).ok());
}

TEST_P(put_record, looks_for_the_stream_before_it_misses_a_key) {
    json body = record("k");
    body.erase("PartitionKey");
    body["StreamName"] = "absent";
    EXPECT_TRUE(
        refused(service.call("PutRecord", body), "ResourceNotFoundException", not_found("absent")));
}

TEST_P(put_record, gives_rising_numbers_while_the_clock_stands_or_goes_back) {
    service.create_stream("orders");
    std::string last = service.put("orders", "k", "");
    for (int i = 0; i < 20; ++i) {
        if (i == 10) service.clock.advance_ms(-3'600'000);
        const std::string next = service.put("orders", "k", "");
        EXPECT_LT(last, next);
        last = next;
    }
}

TEST_P(put_record, orders_after_numbers_that_are_not_of_the_future) {
    service.create_stream("orders", {.shards = 2});
    const auto after = [&](const std::string& key, const std::string& number) {
        return service.call(
            "PutRecord", with(record(key), {{"SequenceNumberForOrdering", number}}));
    };
    const std::string first = service.put("orders", "a", "");  // shard 0
    reply second = after("a", first);
    EXPECT_TRUE(second.ok());
    EXPECT_GT(second.body["SequenceNumber"].get<std::string>(), first);
    EXPECT_TRUE(after("e", first).ok()) << "another shard's number";
    EXPECT_TRUE(after("a", "0").ok()) << "the number of nothing";

    // One more makes its version 3, which there is not.
    std::string not_a_number = first;
    ASSERT_NE(not_a_number.back(), '9');
    ++not_a_number.back();
    EXPECT_TRUE(
        refused(after("a", not_a_number), invalid_argument, ordering_invalid(not_a_number)));
    const std::string malformed(100, '9');
    EXPECT_TRUE(refused(after("a", malformed), invalid_argument, ordering_invalid(malformed)));
    EXPECT_EQ(service.all_data("orders", 0).size() + service.all_data("orders", 1).size(), 4U);
}

TEST_P(put_record, refuses_to_order_after_what_is_yet_to_come) {
    service.create_stream("orders");
    service_kit ahead(GetParam());
    ahead.create_stream("orders");
    const auto after = [&](const std::string& number) {
        return service.call(
            "PutRecord", with(record("k"), {{"SequenceNumberForOrdering", number}}));
    };

    // The same stream elsewhere is one record further, then a second further.
    ahead.put("orders", "k", "");
    const std::string first = service.put("orders", "k", "");
    const std::string unissued = ahead.put("orders", "k", "");
    EXPECT_TRUE(after(first).ok());
    EXPECT_TRUE(after(unissued).ok()) << "issued by now";
    const std::string next = ahead.put("orders", "k", "");
    const std::string far = [&] {
        ahead.put("orders", "k", "");
        return ahead.put("orders", "k", "");
    }();
    EXPECT_TRUE(after(next).ok());
    EXPECT_TRUE(refused(after(far), invalid_argument, ordering_invalid(far)))
        << "its own shard has yet to issue it";

    ahead.clock.advance_ms(1000);
    ahead.call("DeleteStream", {{"StreamName", "orders"}});
    ahead.create_stream("orders", {.shards = 1});
    const std::string future = ahead.put("orders", "k", "");
    EXPECT_TRUE(refused(after(future), invalid_argument, ordering_invalid(future)));
    service.clock.advance_ms(1000);
    EXPECT_TRUE(after(future).ok()) << "no longer of the future, and of no shard of ours";
}

TEST_P(put_record, only_tries_when_asked_to) {
    service.create_stream("orders");
    const auto dry = [&](const json& body) {
        return service.call("PutRecord", with(body, {{"DryRun", true}}));
    };
    EXPECT_TRUE(refused(
        dry(record("k")),
        "DryRunOperationException",
        "Request would have succeeded, but DryRun flag is set."));
    EXPECT_TRUE(refused(
        dry(with(record("k"), {{"StreamName", "absent"}})),
        "ResourceNotFoundException",
        not_found("absent")));
    EXPECT_EQ(
        dry(with(record("k"), {{"SequenceNumberForOrdering", std::string(100, '9')}})).error_code,
        invalid_argument);
    EXPECT_TRUE(service.all_data("orders").empty());
    EXPECT_TRUE(service.call("PutRecord", with(record("k"), {{"DryRun", false}})).ok());
}

TEST_P(put_record, spreads_records_of_automatic_streams) {
    service.create_automatic("orders");
    json keyless = record("k");
    keyless.erase("PartitionKey");
    std::string shards;
    for (int i = 0; i < 4; ++i) {
        json body = i % 2 == 0 ? keyless : record("the same");
        body["ExplicitHashKey"] = "0";
        reply r = service.call("PutRecord", body);
        shards += r.body["ShardId"].get<std::string>().back();
    }
    std::sort(shards.begin(), shards.end());
    EXPECT_EQ(shards, "0123") << "evenly, whatever the keys";

    const reply ordered =
        service.call("PutRecord", with(record("k"), {{"SequenceNumberForOrdering", "0"}}));
    EXPECT_EQ(ordered.error_code, invalid_argument);
}

TEST_P(put_record, passes_a_thousand_records_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    const auto put = [&] { return aws.call("PutRecord", record("k")); };
    for (int i = 0; i < 1000; ++i) ASSERT_TRUE(put().ok()) << i;
    EXPECT_TRUE(refused(put(), "ProvisionedThroughputExceededException", rate_exceeded()));
    aws.clock.advance_ms(1);
    EXPECT_TRUE(put().ok()) << "one came back";
    EXPECT_FALSE(put().ok());
    aws.clock.advance_ms(10);
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(put().ok());
    EXPECT_FALSE(put().ok());
}

TEST_P(put_record, passes_a_mib_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders", {.shards = 3});
    const auto put = [&](const std::string& key, std::size_t bytes) {
        return aws.call("PutRecord", record(key, std::string(bytes - key.size(), 'x')));
    };
    EXPECT_TRUE(put("a", 1'048'576).ok());
    EXPECT_TRUE(refused(put("a", 1), "ProvisionedThroughputExceededException", rate_exceeded(0)));
    EXPECT_TRUE(put("b", 1'048'576).ok()) << "each shard has its own";
    EXPECT_TRUE(refused(put("b", 1), "ProvisionedThroughputExceededException", rate_exceeded(1)));
    aws.clock.advance_ms(1);
    EXPECT_TRUE(put("a", 1'048).ok()) << "1048.576 bytes came back";
    EXPECT_FALSE(put("a", 1).ok());
    EXPECT_EQ(aws.all_data("orders", 0).size(), 2U) << "what is refused is not stored";
}

TEST_P(put_record, lets_a_large_record_pass_and_waits_out_its_debt_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.call(
        "CreateStream",
        {{"StreamName", "orders"}, {"ShardCount", 1}, {"MaxRecordSizeInKiB", 10240}});
    const auto put = [&](std::size_t bytes) {
        return aws.call("PutRecord", record("k", std::string(bytes - 1, 'x'))).ok();
    };
    EXPECT_TRUE(put(10'485'760));
    aws.clock.advance_ms(9'000);
    EXPECT_FALSE(put(1));
    aws.clock.advance_ms(1);
    EXPECT_TRUE(put(1));
}

TEST_P(put_record, has_no_rates_when_relaxed) {
    service.create_stream("orders");
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(service.call("PutRecord", record("k", std::string(1'048'575, 'x'))).ok());
    }
}

}  // namespace
}  // namespace kinetide::testing
