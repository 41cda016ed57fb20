// Whom a shard's records are pushed to, from where, and in place of whom.  What is refused is a
// plain answer.  (How a stream of events goes on is in unit/service/push_test.cpp.)

#include "consumers.hpp"
#include "support/policies.hpp"
#include "support/subscribing.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(subscribe_to_shard);

constexpr const char* operation_name = "SubscribeToShard";
constexpr const char* whole_shard = "shardId-000000000000";

std::string joined(const std::shared_ptr<event_reader>& events) {
    std::string all;
    for (const std::string& one : data_in(events->events())) all += one;
    return all;
}

TEST_P(subscribe_to_shard, answers_at_once_with_the_head_and_an_initial_response) {
    create_subscribed(service);
    const reply r = service.call(operation_name, from("LATEST"));
    EXPECT_EQ(r.status, 200);
    EXPECT_EQ(r.field("Content-Type"), "application/vnd.amazon.eventstream");
    EXPECT_TRUE(r.has_field("x-amzn-RequestId"));
    EXPECT_TRUE(r.has_field("x-amz-id-2"));
    ASSERT_EQ(r.events->messages.size(), 1U);
    const event_message& first = r.events->messages.front();
    EXPECT_EQ(first.payload, "{}");
    EXPECT_EQ(
        first.headers,
        (std::map<std::string, std::string>{
            {":message-type", "event"},
            {":event-type", "initial-response"},
            {":content-type", "application/json"}}));
    EXPECT_TRUE(r.events->asleep);
}

TEST_P(subscribe_to_shard, gives_records_in_json_as_get_records_does_but_for_their_encryption) {
    create_subscribed(service);
    const json key = {{"EncryptionType", "KMS"}, {"KeyId", "alias/aws/kinesis"}};
    json encrypted = key;
    encrypted["StreamName"] = "orders";
    ASSERT_TRUE(service.call("StartStreamEncryption", encrypted).ok());
    const std::string number = service.put("orders", "k\"", "data");
    const auto events = subscribe(service, from("TRIM_HORIZON"));
    ASSERT_EQ(events->messages.size(), 2U);
    EXPECT_EQ(
        events->messages[1].headers,
        (std::map<std::string, std::string>{
            {":message-type", "event"},
            {":event-type", "SubscribeToShardEvent"},
            {":content-type", "application/json"}}));
    EXPECT_EQ(
        events->messages[1].json(),
        json(
            {{"ContinuationSequenceNumber", number},
             {"MillisBehindLatest", 0},
             {"Records",
              {{{"SequenceNumber", number},
                {"ApproximateArrivalTimestamp", static_cast<double>(kit_start.ms) / 1000},
                {"Data", base64("data")},
                {"PartitionKey", "k\""}}}}}));
}

TEST_P(subscribe_to_shard, begins_at_each_of_five_places) {
    create_subscribed(service);
    service.put("orders", "k", "a");
    service.clock.advance_ms(1);
    const std::string second = service.put("orders", "k", "b");
    const double at_second = static_cast<double>(service.clock.now().ms) / 1000;
    service.clock.advance_ms(1);
    service.put("orders", "k", "c");
    const auto given = [&](const json& body) {
        service.clock.advance_ms(5'000);
        const auto events = subscribe(service, body);
        service.put("orders", "k", "+");
        service.home.answer_rings();
        events->take_if_woken();
        return joined(events);
    };
    const json number = {{"SequenceNumber", second}};
    EXPECT_EQ(given(from("TRIM_HORIZON")), "abc+");
    EXPECT_EQ(given(from("LATEST")), "+");
    EXPECT_EQ(given(from("AT_SEQUENCE_NUMBER", number)), "bc+++");
    EXPECT_EQ(given(from("AFTER_SEQUENCE_NUMBER", number)), "c++++");
    EXPECT_EQ(given(from("AT_TIMESTAMP", {{"Timestamp", at_second}})), "bc+++++");
    EXPECT_EQ(given(from("AT_TIMESTAMP", {{"Timestamp", at_second + 0.001}})), "c++++++");
    EXPECT_EQ(given(from("AT_TIMESTAMP", {{"Timestamp", 1}})), "abc+++++++");
}

TEST_P(subscribe_to_shard, refuses_places_as_get_shard_iterator_does) {
    create_subscribed(service, 2);
    service.clock.advance_ms(60'000);
    service.create_stream("other");
    const std::string number = service.put("orders", "a", "x");
    const auto refuses = [&](const json& body, const std::string& text) {
        return refused(service.call(operation_name, body), "InvalidArgumentException", text);
    };
    const std::string rule =
        "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and "
        "StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. "
        "Request specified ";
    for (const std::string type : {"AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"}) {
        EXPECT_TRUE(refuses(from(type), rule + type + " and no StartingSequenceNumber."));
    }
    for (const std::string type : {"TRIM_HORIZON", "LATEST"}) {
        EXPECT_TRUE(refuses(
            from(type, {{"SequenceNumber", number}}),
            rule + type + " and also a StartingSequenceNumber."));
    }
    EXPECT_TRUE(refuses(
        from("AT_TIMESTAMP"),
        "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current "
        "request has no timestamp parameter."));
    const std::int64_t now = service.clock.now().ms;
    EXPECT_TRUE(refuses(
        from("AT_TIMESTAMP", {{"Timestamp", static_cast<double>(now + 1) / 1000}}),
        "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. "
        "timestampInMillis: " +
            std::to_string(now + 1) + ", currentTimestampInMillis: " + std::to_string(now)));

    const auto at = [](const std::string& n) {
        return from("AT_SEQUENCE_NUMBER", {{"SequenceNumber", n}});
    };
    const std::string used =
        " used in SubscribeToShard on shard shardId-000000000000 in stream orders under account "
        "000000000000 is invalid";
    const std::string of_other_stream = service.put("other", "k", "x");
    EXPECT_TRUE(refuses(
        at(of_other_stream),
        "StartingSequenceNumber " + of_other_stream + used +
            " because it did not come from this stream."));
    EXPECT_TRUE(refuses(
        at("5"),
        "Invalid StartingSequenceNumber. It encodes shardId-000000000005, while it was used in a "
        "call to a shard with shardId-000000000000"));
    const std::string of_no_layout(120, '9');
    EXPECT_TRUE(refuses(at(of_no_layout), "StartingSequenceNumber " + of_no_layout + used + "."));
    EXPECT_TRUE(refused(service.call(operation_name, at("0")), "InternalFailure", "", 500));
    EXPECT_TRUE(service.call(operation_name, from("LATEST")).ok()) << "no refusal took the seat";
}

TEST_P(subscribe_to_shard, needs_a_consumer_and_a_shard_that_are_there) {
    const auto absent = [&](const json& body, const std::string& text) {
        return refused(service.call(operation_name, body), "ResourceNotFoundException", text);
    };
    EXPECT_TRUE(absent(from("LATEST"), not_found("orders")));
    create_subscribed(service);
    json body = from("LATEST");
    body["ConsumerARN"] = consumer_arn_of("audit");
    EXPECT_TRUE(absent(body, no_such_consumer("audit")));
    body["ConsumerARN"] = consumer_arn_of("billing", kit_start.seconds() - 1);
    EXPECT_TRUE(absent(body, no_such_consumer("billing"))) << "an earlier one of that name";
    body = from("LATEST");
    body["ShardId"] = "7";
    EXPECT_TRUE(absent(body, no_such_shard("shardId-000000000007", "orders")));
    body["ShardId"] = "x";
    EXPECT_TRUE(
        absent(body, "Could not find shard x in stream orders under account 000000000000."));
    body["ShardId"] = "0";
    body["StreamId"] = "abcdefghij0123456789-xyz";
    EXPECT_TRUE(service.call(operation_name, body).ok());
}

TEST_P(subscribe_to_shard, needs_an_active_consumer_of_a_stream_that_gives_records) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    json body = from("LATEST");
    body["ConsumerARN"] = register_consumer(slow, "billing").body.at("Consumer").at("ConsumerARN");
    const std::string inactive =
        "Consumer billing with creation timestamp " + std::to_string(slow.clock.now().seconds()) +
        " under stream orders and account 000000000000 is not in ACTIVE status.";
    const auto busy = [&](const std::string& text) {
        return refused(slow.call(operation_name, body), "ResourceInUseException", text);
    };
    EXPECT_TRUE(busy(inactive));
    slow.clock.advance_ms(500);
    slow.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    EXPECT_TRUE(slow.call(operation_name, body).ok()) << "the stream is UPDATING";
    slow.clock.advance_ms(500);
    slow.call("DeregisterStreamConsumer", by_name("billing"));
    EXPECT_TRUE(busy(inactive));
    slow.call("DeleteStream", {{"StreamName", "orders"}, {"EnforceConsumerDeletion", true}});
    EXPECT_TRUE(busy(not_active("orders", "DELETING")));
}

TEST_P(subscribe_to_shard, is_taken_over_from_five_seconds_on_and_not_before) {
    create_subscribed(service);
    const auto first = subscribe(service, from("LATEST"));
    const auto again = [&] { return service.call(operation_name, from("LATEST")); };
    EXPECT_TRUE(refused(again(), "ResourceInUseException", subscribed_already));
    service.clock.advance_ms(4'999);
    EXPECT_TRUE(refused(again(), "ResourceInUseException", subscribed_already));
    service.home.answer_rings();
    EXPECT_EQ(first->wakes, 0) << "what is refused disturbs nobody";

    service.clock.advance_ms(1);
    const auto second = subscribe(service, from("LATEST"));
    service.home.answer_rings();
    first->take_if_woken();
    EXPECT_TRUE(first->ended);
    EXPECT_EQ(first->messages.back().headers.at(":message-type"), "exception");
    EXPECT_EQ(first->exception(), "ResourceInUseException");
    EXPECT_EQ(first->exception_message(), subscribed_already);
    service.put("orders", "k", "a");
    service.home.answer_rings();
    second->take_if_woken();
    EXPECT_EQ(joined(second), "a");
    EXPECT_FALSE(second->ended);
}

TEST_P(subscribe_to_shard, counts_the_five_seconds_from_the_call_also_when_the_peer_has_gone) {
    create_subscribed(service);
    subscribe(service, from("LATEST"))->cancel();
    const auto again = [&] { return service.call(operation_name, from("LATEST")); };
    EXPECT_TRUE(refused(again(), "ResourceInUseException", subscribed_already));
    service.clock.advance_ms(5'000);
    EXPECT_TRUE(again().ok());
}

TEST_P(subscribe_to_shard, is_one_of_each_consumer_and_shard) {
    create_subscribed(service, 2);
    register_consumer(service, "audit");
    json other_shard = from("LATEST");
    other_shard["ShardId"] = "shardId-1";
    json other_consumer = from("LATEST");
    other_consumer["ConsumerARN"] = consumer_arn_of("audit");
    for (const json& body : {from("LATEST"), other_shard, other_consumer}) {
        EXPECT_TRUE(service.call(operation_name, body).ok());
    }
}

TEST_P(subscribe_to_shard, is_called_once_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    create_subscribed(aws);
    const std::string too_fast =
        "Rate exceeded for consumer billing and shard shardId-000000000000 in stream orders under "
        "account 000000000000.";
    const auto again = [&] { return aws.call(operation_name, from("LATEST")); };
    EXPECT_TRUE(again().ok());
    aws.clock.advance_ms(999);
    EXPECT_TRUE(refused(again(), "LimitExceededException", too_fast));
    aws.clock.advance_ms(1);
    EXPECT_TRUE(refused(again(), "ResourceInUseException", subscribed_already));
}

TEST_P(subscribe_to_shard, only_tries_when_asked_to) {
    create_subscribed(service);
    const auto first = subscribe(service, from("LATEST"));
    service.clock.advance_ms(5'000);
    json body = from("LATEST");
    body["DryRun"] = true;
    EXPECT_TRUE(refused(
        service.call(operation_name, body),
        "DryRunOperationException",
        "Request would have succeeded, but DryRun flag is set."));
    service.home.answer_rings();
    EXPECT_EQ(first->wakes, 0);
    body["ShardId"] = "7";
    EXPECT_EQ(service.call(operation_name, body).error_code, "ResourceNotFoundException");
    body = from("AT_TIMESTAMP");
    body["DryRun"] = true;
    EXPECT_EQ(service.call(operation_name, body).error_code, "InvalidArgumentException");
}

TEST_P(subscribe_to_shard, needs_the_leave_of_consumer_and_stream_for_other_accounts) {
    create_subscribed(service);
    const std::string friendly = "111111111111";
    const auto allow = [&](const std::string& arn, const std::string& action) {
        const std::string text = policy_of(json::array({statement(friendly, action, arn)}));
        service.act_as("000000000000", "us-east-1");
        const reply r = service.call("PutResourcePolicy", {{"ResourceARN", arn}, {"Policy", text}});
        EXPECT_TRUE(r.ok()) << r.message;
    };
    const auto denied_at = [&](const std::string& resource) {
        service.act_as(friendly, "us-east-1");
        return refused(
            service.call(operation_name, from("LATEST")),
            "AccessDeniedException",
            "User: arn:aws:iam::111111111111:root is not authorized to perform: "
            "kinesis:SubscribeToShard on resource: " +
                resource +
                " because no resource-based policy allows the kinesis:SubscribeToShard action");
    };
    const std::string unnumbered = billing_arn.substr(0, billing_arn.rfind(':'));
    EXPECT_TRUE(denied_at(unnumbered));
    allow(arn_of("orders"), "kinesis:ListShards");
    EXPECT_TRUE(denied_at(unnumbered));
    allow(billing_arn, "kinesis:SubscribeToShard");
    allow(arn_of("orders"), "kinesis:PutRecord");
    EXPECT_TRUE(denied_at(arn_of("orders")));
    allow(arn_of("orders"), "kinesis:GetRecords");
    service.act_as(friendly, "us-east-1");
    EXPECT_TRUE(service.call(operation_name, from("LATEST")).ok());
}

TEST_P(subscribe_to_shard, tells_a_closed_shards_end_at_once_from_everywhere) {
    create_subscribed(service);
    const std::string number = service.put("orders", "k", "a");
    const json split = {
        {"StreamName", "orders"}, {"ShardToSplit", whole_shard}, {"NewStartingHashKey", "1000"}};
    ASSERT_TRUE(service.call("SplitShard", split).ok());
    const json parents = json::array({whole_shard});
    const json children = {
        {{"ShardId", "shardId-000000000001"},
         {"ParentShards", parents},
         {"HashKeyRange", {{"StartingHashKey", "0"}, {"EndingHashKey", "999"}}}},
        {{"ShardId", "shardId-000000000002"},
         {"ParentShards", parents},
         {"HashKeyRange",
          {{"StartingHashKey", "1000"},
           {"EndingHashKey", "340282366920938463463374607431768211455"}}}}};
    for (const json& body :
         {from("LATEST"),
          from("AFTER_SEQUENCE_NUMBER", {{"SequenceNumber", number}}),
          from("TRIM_HORIZON")}) {
        service.clock.advance_ms(5'000);
        const auto stream = subscribe(service, body);
        EXPECT_TRUE(stream->ended);
        const std::vector<json> events = stream->events();
        ASSERT_EQ(events.size(), 1U);
        EXPECT_EQ(members(events[0]), "ChildShards MillisBehindLatest Records");
        EXPECT_EQ(events[0]["ChildShards"], children);
        EXPECT_EQ(events[0]["MillisBehindLatest"], 0);
        const bool all = body["StartingPosition"]["Type"] == "TRIM_HORIZON";
        EXPECT_EQ(
            data_in(events), all ? std::vector<std::string>{"a"} : std::vector<std::string>{});
        EXPECT_EQ(stream->exception(), "");
    }
}

TEST_P(subscribe_to_shard, words_every_violation) {
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(service.call(operation_name, body), "ValidationException", violations(all));
    };
    EXPECT_TRUE(violates(
        json::object(),
        {{"null", "consumerARN", must::not_be_null},
         {"null", "shardId", must::not_be_null},
         {"null", "startingPosition", must::not_be_null}}));
    json body = from("OLDEST", {{"SequenceNumber", "01"}});
    EXPECT_TRUE(violates(
        body,
        {{"'OLDEST'",
          "startingPosition.type",
          must::be_one_of("AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, "
                          "TRIM_HORIZON")},
         {"'01'", "startingPosition.sequenceNumber", must::match(R"(0|([1-9]\d{0,128}))")}}));
    body = from("LATEST");
    body["ConsumerARN"] = arn_of("orders");
    EXPECT_EQ(service.call(operation_name, body).error_code, "ValidationException");
}

}  // namespace
}  // namespace kinetide::testing
