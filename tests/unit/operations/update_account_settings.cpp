// A commitment holds for a day at least; to end it before that is to end it then.

#include "shared.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(update_account_settings);

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t day_ms = 24 * hour_ms;

double seconds(instant t) { return static_cast<double>(t.ms) / 1000; }

json to(const std::string& status) {
    return {{"MinimumThroughputBillingCommitment", {{"Status", status}}}};
}

// What the update answers, which is what DescribeAccountSettings tells then.
json set(service_kit& service, const std::string& status) {
    const reply r = service.call("UpdateAccountSettings", to(status));
    EXPECT_TRUE(r.ok()) << r.message;
    EXPECT_EQ(members(r.body), "MinimumThroughputBillingCommitment");
    EXPECT_EQ(service.call("DescribeAccountSettings", json::object()).body, r.body);
    return r.body["MinimumThroughputBillingCommitment"];
}

std::string status_in(service_kit& service) {
    return service.call("DescribeAccountSettings", json::object())
        .body["MinimumThroughputBillingCommitment"]["Status"];
}

json holding(const std::string& status, instant since) {
    return {
        {"Status", status},
        {"StartedAt", seconds(since)},
        {"EarliestAllowedEndAt", seconds(since + day_ms)}};
}

json ended(instant since, instant at) {
    return {{"Status", "DISABLED"}, {"StartedAt", seconds(since)}, {"EndedAt", seconds(at)}};
}

TEST_P(update_account_settings, ends_at_the_days_end_when_it_is_to_end_before) {
    EXPECT_EQ(set(service, "ENABLED"), holding("ENABLED", kit_start));
    service.clock.advance_ms(hour_ms);
    const json until = holding("ENABLED_UNTIL_EARLIEST_ALLOWED_END", kit_start);
    EXPECT_EQ(set(service, "DISABLED"), until);
    service.clock.advance_ms(hour_ms);
    EXPECT_EQ(set(service, "DISABLED"), until) << "said twice";

    service.clock.advance_ms(22 * hour_ms - 1);
    EXPECT_EQ(status_in(service), "ENABLED_UNTIL_EARLIEST_ALLOWED_END");
    service.clock.advance_ms(1);
    EXPECT_EQ(status_in(service), "DISABLED");
    service.clock.advance_ms(hour_ms);
    EXPECT_EQ(set(service, "DISABLED"), ended(kit_start, kit_start + day_ms));
}

TEST_P(update_account_settings, takes_an_end_back) {
    set(service, "ENABLED");
    service.clock.advance_ms(hour_ms);
    set(service, "DISABLED");
    EXPECT_EQ(set(service, "ENABLED"), holding("ENABLED", kit_start)) << "the day goes on";
    service.clock.advance_ms(2 * day_ms);
    EXPECT_EQ(status_in(service), "ENABLED");
}

TEST_P(update_account_settings, ends_at_once_after_a_day) {
    set(service, "ENABLED");
    service.clock.advance_ms(day_ms);
    EXPECT_EQ(set(service, "ENABLED"), holding("ENABLED", kit_start)) << "said twice";
    EXPECT_EQ(set(service, "DISABLED"), ended(kit_start, kit_start + day_ms));
    service.clock.advance_ms(hour_ms);
    EXPECT_EQ(set(service, "DISABLED"), ended(kit_start, kit_start + day_ms)) << "ended once";
    EXPECT_EQ(set(service, "ENABLED"), holding("ENABLED", kit_start + day_ms + hour_ms))
        << "another day begins";
}

TEST_P(update_account_settings, has_nothing_to_end_where_nothing_was_begun) {
    EXPECT_EQ(set(service, "DISABLED"), json({{"Status", "DISABLED"}}));
}

TEST_P(update_account_settings, does_not_end_while_a_stream_is_kept_warm) {
    set(service, "ENABLED");
    service.create_on_demand("orders");
    const auto warm = [&](int mib_per_s) {
        return service.call(
            "UpdateStreamWarmThroughput",
            {{"StreamName", "orders"}, {"WarmThroughputMiBps", mib_per_s}});
    };
    EXPECT_TRUE(warm(6).ok());
    const json end = {{"MinimumThroughputBillingCommitment", {{"Status", "DISABLED"}}}};
    EXPECT_TRUE(refused(
        service.call("UpdateAccountSettings", end),
        "InvalidArgumentException",
        "MinimumThroughputBillingCommitment cannot be DISABLED while stream orders under account "
        "000000000000 has warm throughput: set its WarmThroughputMiBps to 0 first."));
    EXPECT_EQ(status_in(service), "ENABLED");
    EXPECT_TRUE(warm(0).ok());
    EXPECT_TRUE(service.call("UpdateAccountSettings", end).ok());
}

TEST_P(update_account_settings, words_every_violation) {
    const auto violates = [&](const json& body, const violation& v) {
        return refused(
            service.call("UpdateAccountSettings", body), "ValidationException", violations({v}));
    };
    EXPECT_TRUE(violates(
        json::object(), {"null", "minimumThroughputBillingCommitment", must::not_be_null}));
    EXPECT_TRUE(violates(
        {{"MinimumThroughputBillingCommitment", json::object()}},
        {"null", "minimumThroughputBillingCommitment.status", must::not_be_null}));
    const std::string output_only = "ENABLED_UNTIL_EARLIEST_ALLOWED_END";
    EXPECT_TRUE(violates(
        to(output_only),
        {"'" + output_only + "'",
         "minimumThroughputBillingCommitment.status",
         must::be_one_of("ENABLED, DISABLED")}));
    EXPECT_EQ(status_in(service), "DISABLED");
}

TEST_P(update_account_settings, is_called_five_times_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    expect_rate(aws, 5, account_rate_exceeded, [&] {
        return aws.call("UpdateAccountSettings", to("ENABLED"));
    });
}

}  // namespace
}  // namespace kinetide::testing
