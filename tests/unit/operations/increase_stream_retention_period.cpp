// A longer period is kept; a shorter one is refused and changes nothing.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(increase_stream_retention_period);

constexpr std::int64_t hour_ms = 3'600'000;

reply increase(service_kit& service, std::int64_t hours) {
    return service.call(
        "IncreaseStreamRetentionPeriod",
        {{"StreamName", "orders"}, {"RetentionPeriodHours", hours}});
}

TEST_P(increase_stream_retention_period, keeps_records_for_longer) {
    service.create_stream("orders");
    service.put("orders", "k", "kept");
    EXPECT_TRUE(increase(service, 25).ok_and_empty());
    EXPECT_EQ(service.summary("orders")["RetentionPeriodHours"], 25);

    service.clock.advance_ms(25 * hour_ms);
    EXPECT_EQ(service.all_data("orders"), std::vector<std::string>{"kept"});
    service.clock.advance_ms(1);
    EXPECT_TRUE(service.all_data("orders").empty());
}

TEST_P(increase_stream_retention_period, brings_back_nothing_that_expired) {
    service.create_stream("orders");
    service.put("orders", "k", "expired");
    service.clock.advance_ms(1);
    service.put("orders", "k", "kept");
    service.clock.advance_ms(24 * hour_ms);
    EXPECT_TRUE(increase(service, 48).ok());
    EXPECT_EQ(service.all_data("orders"), std::vector<std::string>{"kept"});
}

TEST_P(increase_stream_retention_period, has_its_bounds) {
    service.create_stream("orders");
    const auto invalid = [&](std::int64_t hours, const std::string& text) {
        return refused(increase(service, hours), "InvalidArgumentException", text);
    };
    EXPECT_TRUE(invalid(
        23,
        "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is "
        "too short."));
    EXPECT_TRUE(invalid(
        -1,
        "Minimum allowed retention period is 24 hours. Requested retention period (-1 hours) is "
        "too short."));
    EXPECT_TRUE(invalid(
        8761,
        "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) "
        "is too long."));
    EXPECT_EQ(service.summary("orders")["RetentionPeriodHours"], 24);
    EXPECT_TRUE(increase(service, 8760).ok());
    EXPECT_EQ(service.summary("orders")["RetentionPeriodHours"], 8760);
}

TEST_P(increase_stream_retention_period, refuses_to_shorten) {
    service.create_stream("orders", {.shards = 1, .retention_hours = 48});
    EXPECT_TRUE(refused(
        increase(service, 47),
        "InvalidArgumentException",
        "Requested retention period (47 hours) for stream orders can not be shorter than existing "
        "retention period (48 hours). Use DecreaseRetentionPeriod API."));
    EXPECT_EQ(service.summary("orders")["RetentionPeriodHours"], 48);
}

TEST_P(increase_stream_retention_period, takes_the_same_period_as_no_change) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    EXPECT_TRUE(increase(slow, 24).ok_and_empty());
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
}

TEST_P(increase_stream_retention_period, needs_an_active_stream_and_updates_it) {
    service_kit slow(GetParam(), slow_transitions());
    const auto busy = [&](const std::string& status) {
        return refused(increase(slow, 48), "ResourceInUseException", not_active("orders", status));
    };
    slow.create_stream("orders");
    EXPECT_TRUE(busy("CREATING"));
    slow.clock.advance_ms(500);
    EXPECT_TRUE(increase(slow, 25).ok());
    EXPECT_TRUE(busy("UPDATING"));
    EXPECT_EQ(slow.summary("orders")["RetentionPeriodHours"], 25);
    slow.clock.advance_ms(499);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "UPDATING");
    slow.clock.advance_ms(1);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(busy("DELETING"));
}

TEST_P(increase_stream_retention_period, finds_streams_by_arn_and_before_it_judges_hours) {
    service.create_stream("orders");
    EXPECT_TRUE(service
                    .call(
                        "IncreaseStreamRetentionPeriod",
                        {{"StreamARN", arn_of("orders")}, {"RetentionPeriodHours", 25}})
                    .ok());
    EXPECT_EQ(service.summary("orders")["RetentionPeriodHours"], 25);
    // The hours are out of range, yet it is the stream that is complained of.
    expect_stream_naming_refusals(
        service, "IncreaseStreamRetentionPeriod", {{"RetentionPeriodHours", 1}});
    service.act_as("111111111111", "us-east-1");
    EXPECT_TRUE(refused(
        increase(service, 48), "ResourceNotFoundException", not_found("orders", "111111111111")));
    service.act_as("000000000000", "us-east-1");
    EXPECT_EQ(service.summary("orders")["RetentionPeriodHours"], 25);
}

TEST_P(increase_stream_retention_period, words_every_violation) {
    EXPECT_TRUE(refused(
        service.call("IncreaseStreamRetentionPeriod", {{"StreamName", ""}}),
        "ValidationException",
        violations(
            {{"null", "retentionPeriodHours", must::not_be_null},
             {"''", "streamName", must::match_name},
             {"''", "streamName", must::have_length_from(1)}})));
}

}  // namespace
}  // namespace kinetide::testing
