// A stream's consumers by name, a hundred at most; a token goes on behind a name.

#include "consumers.hpp"
#include "shared.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(list_stream_consumers);

constexpr const char* operation_name = "ListStreamConsumers";

json of_orders(const json& more = json::object()) {
    json body = {{"StreamARN", arn_of("orders")}};
    body.update(more);
    return body;
}

json list(service_kit& service, const json& more = json::object()) {
    reply r = service.call(operation_name, of_orders(more));
    EXPECT_TRUE(r.ok()) << r.message;
    return r.body;
}

// The names listed, with blanks between.
std::string names(const json& listed) {
    std::string all;
    for (const json& one : listed.at("Consumers")) {
        all += (all.empty() ? "" : " ") + one.at("ConsumerName").get<std::string>();
    }
    return all;
}

void have_consumers(service_kit& service, const std::vector<std::string>& all) {
    service.create_stream("orders");
    for (const std::string& name : all) ASSERT_TRUE(register_consumer(service, name).ok());
}

TEST_P(list_stream_consumers, has_exactly_these_members) {
    have_consumers(service, {"b", "a", "B"});
    const json l = list(service);
    EXPECT_EQ(members(l), "Consumers");
    EXPECT_EQ(names(l), "B a b") << "in byte order";
    EXPECT_EQ(
        l["Consumers"][1],
        json(
            {{"ConsumerName", "a"},
             {"ConsumerARN", consumer_arn_of("a")},
             {"ConsumerStatus", "ACTIVE"},
             {"ConsumerCreationTimestamp", kit_start.seconds()}}));
}

TEST_P(list_stream_consumers, is_empty_for_a_stream_without_any) {
    have_consumers(service, {});
    EXPECT_EQ(list(service), json({{"Consumers", json::array()}}));
}

TEST_P(list_stream_consumers, tells_every_status) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    register_consumer(slow, "going");
    register_consumer(slow, "there");
    slow.clock.advance_ms(500);
    slow.call("DeregisterStreamConsumer", by_name("going"));
    register_consumer(slow, "coming");
    const json l = list(slow);
    EXPECT_EQ(names(l), "coming going there");
    EXPECT_EQ(l["Consumers"][0]["ConsumerStatus"], "CREATING");
    EXPECT_EQ(l["Consumers"][1]["ConsumerStatus"], "DELETING");
    EXPECT_EQ(l["Consumers"][2]["ConsumerStatus"], "ACTIVE");
}

TEST_P(list_stream_consumers, goes_on_where_a_token_says) {
    have_consumers(service, {"a", "b", "c", "d"});
    json page = list(service, {{"MaxResults", 2}});
    EXPECT_EQ(members(page), "Consumers NextToken");
    EXPECT_EQ(names(page), "a b");
    const json token = page["NextToken"];
    service.call("DeregisterStreamConsumer", by_name("b"));
    page = list(service, {{"NextToken", token}, {"MaxResults", 1}});
    EXPECT_EQ(names(page), "c");
    page = list(service, {{"NextToken", page["NextToken"]}});
    EXPECT_EQ(names(page), "d");
    EXPECT_FALSE(page.contains("NextToken"));
    EXPECT_EQ(names(list(service, {{"NextToken", token}})), "c d") << "it is not used up";
    EXPECT_FALSE(list(service, {{"MaxResults", 3}}).contains("NextToken")) << "just full";
}

TEST_P(list_stream_consumers, pages_by_a_hundred_at_most) {
    engine_kit kit;
    service_kit over(GetParam(), kit);
    const auto stream = kit.create("orders", 1);
    {
        // More than the API lets a stream have.
        const engine::control_lock control = kit.engine.control();
        for (int i = 100; i < 201; ++i) {
            const engine::consumer_registered one{
                stream->id(), "c" + std::to_string(i), kit.clock.now(), kit.clock.now(), {}};
            ASSERT_TRUE(kit.engine.commit(control, one, kit.answer_after));
        }
    }
    for (const json& wanted : {json(), json(100), json(101), json(10000)}) {
        const json first = list(over, {{"MaxResults", wanted}});
        EXPECT_EQ(first["Consumers"].size(), 100U);
        EXPECT_EQ(names(list(over, {{"NextToken", first["NextToken"]}})), "c200");
    }
}

TEST_P(list_stream_consumers, refuses_tokens_that_are_old_damaged_or_others) {
    have_consumers(service, {"a", "b"});
    service.create_stream("invoices", {.shards = 2});
    const std::string token = list(service, {{"MaxResults", 1}})["NextToken"];
    const auto use = [&](const std::string& t) {
        return service.call(operation_name, of_orders({{"NextToken", t}}));
    };
    const auto invalid = [](const reply& r) {
        return refused(r, "InvalidArgumentException", "Invalid NextToken.");
    };
    for (std::size_t at = 0; at < token.size(); at += 7) {
        std::string damaged = token;
        damaged[at] = damaged[at] == 'A' ? 'B' : 'A';
        EXPECT_TRUE(invalid(use(damaged))) << at;
    }
    EXPECT_TRUE(invalid(use("garbage")));
    EXPECT_TRUE(invalid(use(service.iterator("orders", "LATEST"))));
    const json shards = {{"StreamName", "invoices"}, {"MaxResults", 1}};
    EXPECT_TRUE(invalid(use(service.call("ListShards", shards).body["NextToken"])));
    EXPECT_TRUE(invalid(
        service.call(operation_name, {{"StreamARN", arn_of("invoices")}, {"NextToken", token}})))
        << "of another stream";
    EXPECT_TRUE(refused(
        service.call("ListShards", {{"NextToken", token}}),
        "InvalidArgumentException",
        "Invalid NextToken."));

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

TEST_P(list_stream_consumers, forgets_tokens_of_a_stream_that_was_deleted) {
    have_consumers(service, {"a", "b"});
    const json token = list(service, {{"MaxResults", 1}})["NextToken"];
    service.call("DeleteStream", {{"StreamName", "orders"}, {"EnforceConsumerDeletion", true}});
    have_consumers(service, {"a", "b"});
    EXPECT_TRUE(refused(
        service.call(operation_name, of_orders({{"NextToken", token}})),
        "ResourceNotFoundException",
        not_found("orders")));
}

TEST_P(list_stream_consumers, knows_a_stream_by_its_creation_time) {
    have_consumers(service, {"a", "b"});
    const auto created = [&](double at) {
        return service.call(operation_name, of_orders({{"StreamCreationTimestamp", at}}));
    };
    EXPECT_TRUE(created(1'800'000'000).ok());
    EXPECT_TRUE(refused(created(1'799'999'999), "ResourceNotFoundException", not_found("orders")));
    const json token = list(service, {{"MaxResults", 1}})["NextToken"];
    EXPECT_TRUE(refused(
        service.call(
            operation_name,
            of_orders({{"NextToken", token}, {"StreamCreationTimestamp", 1'800'000'000}})),
        "InvalidArgumentException",
        "NextToken and StreamCreationTimestamp cannot be provided together."));
}

TEST_P(list_stream_consumers, needs_a_stream_that_is_active_or_updating) {
    service_kit slow(GetParam(), slow_transitions());
    const auto busy = [&](const std::string& status) {
        return refused(
            slow.call(operation_name, of_orders()),
            "ResourceInUseException",
            not_active("orders", status));
    };
    slow.create_stream("orders");
    EXPECT_TRUE(busy("CREATING"));
    slow.clock.advance_ms(500);
    register_consumer(slow, "a");
    slow.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    EXPECT_EQ(names(list(slow)), "a") << "UPDATING";
    slow.call("DeleteStream", {{"StreamName", "orders"}, {"EnforceConsumerDeletion", true}});
    EXPECT_TRUE(busy("DELETING"));
}

TEST_P(list_stream_consumers, words_every_violation) {
    have_consumers(service, {"a"});
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(service.call(operation_name, body), "ValidationException", violations(all));
    };
    EXPECT_TRUE(violates(
        {{"NextToken", ""}, {"MaxResults", 0}},
        {{"null", "streamARN", must::not_be_null},
         {"''", "nextToken", must::have_length_from(1)},
         {"'0'", "maxResults", must::have_value_from(1)}}));
    EXPECT_TRUE(violates(
        of_orders({{"MaxResults", 10001}}),
        {{"'10001'", "maxResults", must::have_value_to(10000)}}));
    expect_stream_arn_refusals(service, operation_name, json::object());
}

TEST_P(list_stream_consumers, is_called_five_times_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    expect_rate(
        aws, 5, stream_rate_exceeded, [&] { return aws.call(operation_name, of_orders()); });
}

}  // namespace
}  // namespace kinetide::testing
