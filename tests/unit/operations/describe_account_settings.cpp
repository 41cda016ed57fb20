// Whether an account has committed itself, in each region, as the clock stands.

#include "shared.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(describe_account_settings);

json told(service_kit& service) {
    const reply r = service.call("DescribeAccountSettings", json::object());
    EXPECT_TRUE(r.ok()) << r.message;
    EXPECT_EQ(members(r.body), "MinimumThroughputBillingCommitment");
    return r.body["MinimumThroughputBillingCommitment"];
}

void set(service_kit& service, const std::string& status) {
    const json body = {{"MinimumThroughputBillingCommitment", {{"Status", status}}}};
    EXPECT_TRUE(service.call("UpdateAccountSettings", body).ok());
}

TEST_P(describe_account_settings, tells_only_the_status_where_nothing_was_ever_committed) {
    EXPECT_EQ(told(service), json({{"Status", "DISABLED"}}));
    service.create_on_demand("orders");
    EXPECT_EQ(told(service), json({{"Status", "DISABLED"}}));
}

TEST_P(describe_account_settings, tells_as_much_as_the_status_has) {
    set(service, "ENABLED");
    EXPECT_EQ(members(told(service)), "EarliestAllowedEndAt StartedAt Status");
    EXPECT_EQ(told(service)["Status"], "ENABLED");
    set(service, "DISABLED");
    EXPECT_EQ(members(told(service)), "EarliestAllowedEndAt StartedAt Status");
    EXPECT_EQ(told(service)["Status"], "ENABLED_UNTIL_EARLIEST_ALLOWED_END");
    service.clock.advance_ms(86'400'000);
    EXPECT_EQ(members(told(service)), "EndedAt StartedAt Status");
    EXPECT_EQ(told(service)["Status"], "DISABLED");
}

TEST_P(describe_account_settings, keeps_accounts_and_regions_apart) {
    set(service, "ENABLED");
    service.act_as("111111111111", "us-east-1");
    EXPECT_EQ(told(service), json({{"Status", "DISABLED"}}));
    service.act_as("000000000000", "eu-west-1");
    EXPECT_EQ(told(service), json({{"Status", "DISABLED"}}));
    service.act_as("000000000000", "us-east-1");
    EXPECT_EQ(told(service)["Status"], "ENABLED");
}

TEST_P(describe_account_settings, is_called_five_times_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    expect_rate(aws, 5, account_rate_exceeded, [&] {
        return aws.call("DescribeAccountSettings", json::object());
    });
}

}  // namespace
}  // namespace kinetide::testing
