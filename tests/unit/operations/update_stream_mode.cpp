// Capacity modes change what a stream may do, not its shards, records or iterators.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(update_stream_mode);

constexpr std::int64_t day_ms = 86'400'000;

json to(const std::string& mode, const std::string& stream = "orders") {
    return {{"StreamARN", arn_of(stream)}, {"StreamModeDetails", {{"StreamMode", mode}}}};
}

std::string mode_of(service_kit& service) {
    return service.summary("orders")["StreamModeDetails"]["StreamMode"];
}

TEST_P(update_stream_mode, keeps_shards_records_and_iterators) {
    service.create_stream("orders", {.shards = 3});
    service.put("orders", "a", "before");
    const std::string start = service.iterator("orders", "TRIM_HORIZON");

    EXPECT_TRUE(service.call("UpdateStreamMode", to("ON_DEMAND")).ok_and_empty());
    EXPECT_EQ(mode_of(service), "ON_DEMAND");
    EXPECT_EQ(service.summary("orders")["OpenShardCount"], 3);
    EXPECT_EQ(service.data_from(start), std::vector<std::string>{"before"});
    EXPECT_TRUE(service.call("UpdateStreamMode", to("PROVISIONED")).ok());
    EXPECT_EQ(mode_of(service), "PROVISIONED");
    EXPECT_EQ(service.summary("orders")["OpenShardCount"], 3);
}

TEST_P(update_stream_mode, needs_an_active_stream_and_updates_it) {
    service_kit slow(GetParam(), slow_transitions());
    const auto busy = [&](const std::string& status) {
        return refused(
            slow.call("UpdateStreamMode", to("PROVISIONED")),
            "ResourceInUseException",
            not_active("orders", status));
    };
    slow.create_stream("orders");
    EXPECT_TRUE(busy("CREATING"));
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.call("UpdateStreamMode", to("ON_DEMAND")).ok());
    EXPECT_TRUE(busy("UPDATING"));
    slow.put("orders", "k", "meanwhile");
    slow.clock.advance_ms(499);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "UPDATING");
    slow.clock.advance_ms(1);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(busy("DELETING"));
}

TEST_P(update_stream_mode, takes_the_same_mode_as_no_change) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.call("UpdateStreamMode", to("PROVISIONED")).ok_and_empty());
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
}

TEST_P(update_stream_mode, switches_twice_a_day_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    EXPECT_TRUE(aws.call("UpdateStreamMode", to("ON_DEMAND")).ok());
    aws.clock.advance_ms(1000);
    EXPECT_TRUE(aws.call("UpdateStreamMode", to("PROVISIONED")).ok());
    EXPECT_TRUE(aws.call("UpdateStreamMode", to("PROVISIONED")).ok()) << "no switch";

    aws.clock.advance_ms(day_ms - 1001);
    EXPECT_TRUE(refused(
        aws.call("UpdateStreamMode", to("ON_DEMAND")),
        "LimitExceededException",
        "Stream orders under account 000000000000 has been switched between capacity modes twice "
        "within the last 24 hours."));
    EXPECT_EQ(mode_of(aws), "PROVISIONED");
    aws.clock.advance_ms(1);
    EXPECT_TRUE(aws.call("UpdateStreamMode", to("ON_DEMAND")).ok()) << "the first is a day ago";
    EXPECT_FALSE(aws.call("UpdateStreamMode", to("PROVISIONED")).ok());
}

TEST_P(update_stream_mode, switches_as_often_as_wanted_when_relaxed) {
    service.create_stream("orders");
    for (const char* mode : {"ON_DEMAND", "PROVISIONED", "ON_DEMAND", "PROVISIONED"}) {
        EXPECT_TRUE(service.call("UpdateStreamMode", to(mode)).ok());
    }
}

TEST_P(update_stream_mode, makes_no_more_streams_on_demand_than_an_account_may_have) {
    service::options o;
    o.engine.on_demand_stream_limit = 1;
    service_kit few(GetParam(), o);
    few.create_on_demand("first");
    few.create_stream("orders");
    EXPECT_TRUE(refused(
        few.call("UpdateStreamMode", to("ON_DEMAND")),
        "LimitExceededException",
        "This request would exceed the on-demand stream limit for the account 000000000000. "
        "Limit: 1."));
    EXPECT_EQ(mode_of(few), "PROVISIONED");
    few.call("DeleteStream", {{"StreamName", "first"}});
    EXPECT_TRUE(few.call("UpdateStreamMode", to("ON_DEMAND")).ok());
    EXPECT_TRUE(few.call("UpdateStreamMode", to("ON_DEMAND")).ok()) << "it is one already";
}

TEST_P(update_stream_mode, leaves_automatic_streams_on_demand) {
    service.create_automatic("orders");
    EXPECT_EQ(
        service.call("UpdateStreamMode", to("PROVISIONED")).error_code, "InvalidArgumentException");
    EXPECT_EQ(mode_of(service), "ON_DEMAND");
}

TEST_P(update_stream_mode, has_no_warm_throughput_to_give) {
    service.create_stream("orders");
    json body = to("ON_DEMAND");
    body["WarmThroughputMiBps"] = 100;
    EXPECT_EQ(service.call("UpdateStreamMode", body).error_code, "ValidationException");
    EXPECT_EQ(mode_of(service), "PROVISIONED");
}

TEST_P(update_stream_mode, takes_arns_only) {
    service.create_stream("orders");
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(
            service.call("UpdateStreamMode", body), "ValidationException", violations(all));
    };
    EXPECT_TRUE(violates(
        {{"StreamName", "orders"}},
        {{"null", "streamARN", must::not_be_null},
         {"null", "streamModeDetails", must::not_be_null}}));
    EXPECT_TRUE(violates(
        {{"StreamARN", "orders"}, {"StreamModeDetails", {{"StreamMode", "OTHER"}}}},
        {{"'orders'", "streamARN", must::match(R"(arn:aws.*:kinesis:.*:\d{12}:stream/\S+)")},
         {"'OTHER'", "streamModeDetails.streamMode", must::be_one_of("PROVISIONED, ON_DEMAND")}}));
    json warm = to("ON_DEMAND");
    warm["WarmThroughputMiBps"] = -1;
    EXPECT_TRUE(violates(warm, {{"'-1'", "warmThroughputMiBps", must::have_value_from(0)}}));

    EXPECT_TRUE(refused(
        service.call("UpdateStreamMode", to("ON_DEMAND", "absent")),
        "ResourceNotFoundException",
        not_found("absent")));
    json foreign = to("ON_DEMAND");
    foreign["StreamARN"] = arn_of("orders", "111111111111");
    EXPECT_EQ(service.call("UpdateStreamMode", foreign).error_code, "AccessDeniedException");
    foreign["StreamARN"] = arn_of("orders", "000000000000", "eu-west-1");
    EXPECT_EQ(service.call("UpdateStreamMode", foreign).error_code, "ResourceNotFoundException");
    EXPECT_EQ(mode_of(service), "PROVISIONED");
}

}  // namespace
}  // namespace kinetide::testing
