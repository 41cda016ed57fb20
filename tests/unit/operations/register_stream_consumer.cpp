// A consumer has a name of its own on its stream, and an ARN that nobody had before.

#include "consumers.hpp"
#include "shared.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(register_stream_consumer);

constexpr const char* operation_name = "RegisterStreamConsumer";

int registered(service_kit& service, int count_max) {
    for (int i = 0; i < count_max; ++i) {
        const reply r = register_consumer(service, "c" + std::to_string(i));
        service.clock.advance_ms(200);
        if (!r.ok()) return i;
    }
    return count_max;
}

std::string over_limit(int limit) {
    return "This request would exceed the limit on the number of consumers of stream orders under "
           "account 000000000000. Limit: " +
           std::to_string(limit) + ".";
}

TEST_P(register_stream_consumer, answers_creating_and_is_active_by_the_next_call) {
    service.create_stream("orders");
    const reply r = register_consumer(service, "billing");
    ASSERT_TRUE(r.ok()) << r.message;
    EXPECT_EQ(members(r.body), "Consumer");
    EXPECT_EQ(
        r.body["Consumer"],
        json(
            {{"ConsumerName", "billing"},
             {"ConsumerARN", consumer_arn_of("billing")},
             {"ConsumerStatus", "CREATING"},
             {"ConsumerCreationTimestamp", kit_start.seconds()}}));
    EXPECT_EQ(consumer_in(service, "billing")["ConsumerStatus"], "ACTIVE");
}

TEST_P(register_stream_consumer, is_creating_for_its_transition_time) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    EXPECT_TRUE(register_consumer(slow, "billing").ok());
    slow.clock.advance_ms(499);
    EXPECT_EQ(consumer_in(slow, "billing")["ConsumerStatus"], "CREATING");
    slow.clock.advance_ms(1);
    EXPECT_EQ(consumer_in(slow, "billing")["ConsumerStatus"], "ACTIVE");
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE") << "the stream is not touched";
}

TEST_P(register_stream_consumer, refuses_a_name_that_is_taken_in_any_state) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.create_stream("invoices");
    slow.clock.advance_ms(500);
    const auto taken = [&] {
        return refused(
            register_consumer(slow, "billing"),
            "ResourceInUseException",
            "Consumer billing under stream orders and account 000000000000 already exists.");
    };
    EXPECT_TRUE(register_consumer(slow, "billing").ok());
    EXPECT_TRUE(taken()) << "CREATING";
    slow.clock.advance_ms(500);
    EXPECT_TRUE(taken()) << "ACTIVE";
    slow.call("DeregisterStreamConsumer", by_name("billing"));
    EXPECT_TRUE(taken()) << "DELETING";
    slow.clock.advance_ms(500);
    EXPECT_TRUE(register_consumer(slow, "billing").ok());
    const json elsewhere = {{"StreamARN", arn_of("invoices")}, {"ConsumerName", "billing"}};
    EXPECT_TRUE(slow.call(operation_name, elsewhere).ok()) << "each stream has its own names";
}

TEST_P(register_stream_consumer, gives_a_freed_name_another_arn_within_the_second_too) {
    service.create_stream("orders");
    for (int i = 0; i < 3; ++i) {
        const reply r = register_consumer(service, "billing");
        ASSERT_TRUE(r.ok()) << r.message;
        const std::int64_t created_s = kit_start.seconds() + i;
        EXPECT_EQ(r.body["Consumer"]["ConsumerARN"], consumer_arn_of("billing", created_s));
        EXPECT_EQ(r.body["Consumer"]["ConsumerCreationTimestamp"], created_s);
        EXPECT_TRUE(service.call("DeregisterStreamConsumer", by_name("billing")).ok());
    }
}

TEST_P(register_stream_consumer, lets_a_stream_have_twenty_in_every_profile) {
    for (service::options o : {service::options{}, aws_limits()}) {
        service_kit some(GetParam(), o);
        some.create_stream("orders");
        EXPECT_EQ(registered(some, 21), 20);
        EXPECT_TRUE(
            refused(register_consumer(some, "more"), "LimitExceededException", over_limit(20)));
        EXPECT_EQ(some.summary("orders")["ConsumerCount"], 20);
        some.clock.advance_ms(1000);
        some.call("DeregisterStreamConsumer", by_name("c7"));
        EXPECT_TRUE(register_consumer(some, "more").ok());
    }
}

TEST_P(register_stream_consumer, lets_a_stream_have_fifty_with_the_commitment) {
    service.create_stream("orders");
    service.call(
        "UpdateAccountSettings", R"({"MinimumThroughputBillingCommitment":{"Status":"ENABLED"}})");
    EXPECT_EQ(registered(service, 51), 50);
    EXPECT_TRUE(
        refused(register_consumer(service, "more"), "LimitExceededException", over_limit(50)));
}

TEST_P(register_stream_consumer, creates_five_at_once_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits(10'000));
    aws.create_stream("orders");
    aws.clock.advance_ms(10'000);
    EXPECT_EQ(registered(aws, 6), 5);
    EXPECT_TRUE(refused(
        register_consumer(aws, "more"),
        "LimitExceededException",
        "This request would exceed the limit on the number of consumers that can simultaneously "
        "be in CREATING for stream orders under account 000000000000. Limit: 5."));
    aws.clock.advance_ms(9'000);
    EXPECT_TRUE(register_consumer(aws, "more").ok()) << "the first one is ACTIVE";

    service_kit relaxed(GetParam(), slow_transitions());
    relaxed.create_stream("orders");
    relaxed.clock.advance_ms(500);
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(register_consumer(relaxed, std::to_string(i)).ok());
    }
}

TEST_P(register_stream_consumer, needs_an_active_stream) {
    expect_active_only(GetParam(), operation_name, by_name("billing"));
}

TEST_P(register_stream_consumer, keeps_its_tags) {
    engine_kit kit;
    service_kit over(GetParam(), kit);
    const auto stream = kit.create("orders", 1);
    json body = by_name("billing");
    body["Tags"] = {{"team", "money"}, {"empty", ""}};
    ASSERT_TRUE(over.call(operation_name, body).ok());
    const auto consumer = stream->consumers().find("billing");
    ASSERT_TRUE(consumer);
    EXPECT_EQ(consumer->tags, (engine::tag_list{{"empty", ""}, {"team", "money"}}));
    EXPECT_TRUE(stream->tags().empty()) << "they are not the stream's";
}

TEST_P(register_stream_consumer, checks_its_tags) {
    service.create_stream("orders");
    const auto with = [&](const json& tags) {
        json body = by_name("billing");
        body["Tags"] = tags;
        return service.call(operation_name, body);
    };
    json many = json::object();
    for (int i = 0; i < 51; ++i) many["k" + std::to_string(i)] = "";
    EXPECT_EQ(with(many).error_code, "InvalidArgumentException");
    many.erase("k50");
    EXPECT_EQ(with({{"aws:k", "v"}}).error_code, "InvalidArgumentException");
    EXPECT_EQ(with({{"a;b", "v"}}).error_code, "InvalidArgumentException");
    EXPECT_EQ(with({{std::string(129, 'k'), "v"}}).error_code, "ValidationException");
    EXPECT_EQ(with({{"k", std::string(257, 'v')}}).error_code, "ValidationException");
    EXPECT_TRUE(refused(
        with(json::object()),
        "ValidationException",
        violations({{"'{}'", "tags", must::have_length_from(1)}})));
    EXPECT_EQ(service.summary("orders")["ConsumerCount"], 0);
    EXPECT_TRUE(with(many).ok());
}

TEST_P(register_stream_consumer, words_every_violation) {
    service.create_stream("orders");
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(service.call(operation_name, body), "ValidationException", violations(all));
    };
    EXPECT_TRUE(violates(
        json::object(),
        {{"null", "streamARN", must::not_be_null}, {"null", "consumerName", must::not_be_null}}));
    EXPECT_TRUE(violates(
        by_name(""),
        {{"''", "consumerName", must::match_name},
         {"''", "consumerName", must::have_length_from(1)}}));
    const std::string long_name(129, 'n');
    EXPECT_TRUE(violates(
        by_name(long_name), {{"'" + long_name + "'", "consumerName", must::have_length_to(128)}}));
    expect_stream_arn_refusals(service, operation_name, {{"ConsumerName", "billing"}});
    EXPECT_EQ(service.summary("orders")["ConsumerCount"], 0);
    EXPECT_TRUE(register_consumer(service, std::string(128, 'n')).ok());
    EXPECT_TRUE(register_consumer(service, "aZ_0.-").ok());
}

TEST_P(register_stream_consumer, is_called_five_times_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    expect_rate(aws, 5, account_rate_exceeded, [&] { return register_consumer(aws, "billing"); });
}

}  // namespace
}  // namespace kinetide::testing
