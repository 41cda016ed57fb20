// A shorter period lets go of records at once; a longer one is refused and changes nothing.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(decrease_stream_retention_period);

constexpr std::int64_t hour_ms = 3'600'000;

reply decrease(service_kit& service, std::int64_t hours) {
    return service.call(
        "DecreaseStreamRetentionPeriod",
        {{"StreamName", "orders"}, {"RetentionPeriodHours", hours}});
}

TEST_P(decrease_stream_retention_period, lets_go_of_older_records_at_once) {
    service.create_stream("orders", {.shards = 1, .retention_hours = 48});
    service.put("orders", "k", "old");
    service.clock.advance_ms(1);
    service.put("orders", "k", "young");
    service.clock.advance_ms(24 * hour_ms);
    EXPECT_EQ(service.all_data("orders"), (std::vector<std::string>{"old", "young"}));

    EXPECT_TRUE(decrease(service, 24).ok_and_empty());
    EXPECT_EQ(service.summary("orders")["RetentionPeriodHours"], 24);
    EXPECT_EQ(service.all_data("orders"), std::vector<std::string>{"young"});

    service.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    EXPECT_EQ(service.all_data("orders"), std::vector<std::string>{"young"}) << "gone for good";
}

TEST_P(decrease_stream_retention_period, moves_iterators_to_what_is_left) {
    service.create_stream("orders", {.shards = 1, .retention_hours = 48});
    service.put("orders", "k", "old");
    service.clock.advance_ms(25 * hour_ms);
    service.put("orders", "k", "young");
    const std::string at_old = service.iterator("orders", "TRIM_HORIZON");
    EXPECT_TRUE(decrease(service, 24).ok());
    EXPECT_EQ(service.data_from(at_old), std::vector<std::string>{"young"});
}

TEST_P(decrease_stream_retention_period, has_its_bounds) {
    service.create_stream("orders", {.shards = 1, .retention_hours = 48});
    const auto invalid = [&](std::int64_t hours, const std::string& text) {
        return refused(decrease(service, hours), "InvalidArgumentException", text);
    };
    EXPECT_TRUE(invalid(
        23,
        "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is "
        "too short."));
    EXPECT_TRUE(invalid(
        8761,
        "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) "
        "is too long."));
    EXPECT_TRUE(invalid(
        49,
        "Requested retention period (49 hours) for stream orders can not be longer than existing "
        "retention period (48 hours). Use IncreaseRetentionPeriod API."));
    EXPECT_EQ(service.summary("orders")["RetentionPeriodHours"], 48);
    EXPECT_TRUE(decrease(service, 24).ok());
}

TEST_P(decrease_stream_retention_period, takes_the_same_period_as_no_change) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    EXPECT_TRUE(decrease(slow, 24).ok_and_empty());
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
}

TEST_P(decrease_stream_retention_period, needs_an_active_stream_and_updates_it) {
    service_kit slow(GetParam(), slow_transitions());
    const auto busy = [&](const std::string& status) {
        return refused(decrease(slow, 24), "ResourceInUseException", not_active("orders", status));
    };
    slow.create_stream("orders");
    EXPECT_TRUE(busy("CREATING"));
    slow.clock.advance_ms(500);
    slow.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    EXPECT_TRUE(busy("UPDATING"));
    slow.clock.advance_ms(500);
    EXPECT_TRUE(decrease(slow, 24).ok());
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "UPDATING");
    slow.clock.advance_ms(500);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(busy("DELETING"));
}

TEST_P(decrease_stream_retention_period, finds_streams_by_arn_and_before_it_judges_hours) {
    service.create_stream("orders", {.shards = 1, .retention_hours = 48});
    EXPECT_TRUE(service
                    .call(
                        "DecreaseStreamRetentionPeriod",
                        {{"StreamARN", arn_of("orders")}, {"RetentionPeriodHours", 47}})
                    .ok());
    expect_stream_naming_refusals(
        service, "DecreaseStreamRetentionPeriod", {{"RetentionPeriodHours", 9999}});
    service.act_as("000000000000", "eu-west-1");
    EXPECT_TRUE(refused(decrease(service, 24), "ResourceNotFoundException", not_found("orders")));
    service.act_as("000000000000", "us-east-1");
    EXPECT_EQ(service.summary("orders")["RetentionPeriodHours"], 47);
    EXPECT_TRUE(refused(
        service.call("DecreaseStreamRetentionPeriod", {{"StreamName", "orders"}}),
        "ValidationException",
        violations({{"null", "retentionPeriodHours", must::not_be_null}})));
}

}  // namespace
}  // namespace kinetide::testing
