// The account's quotas in a region, and what is used of them.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(describe_limits);

json limits_of(service_kit& service) {
    const reply r = service.call("DescribeLimits", json::object());
    EXPECT_TRUE(r.ok()) << r.message;
    EXPECT_EQ(
        members(r.body), "OnDemandStreamCount OnDemandStreamCountLimit OpenShardCount ShardLimit");
    return r.body;
}

TEST_P(describe_limits, counts_open_shards_and_on_demand_streams) {
    EXPECT_EQ(limits_of(service)["OpenShardCount"], 0);
    service.create_stream("orders", {.shards = 3});
    service.create_on_demand("events");
    const json l = limits_of(service);
    EXPECT_EQ(l["OpenShardCount"], 7);
    EXPECT_EQ(l["OnDemandStreamCount"], 1);
    EXPECT_EQ(l["OnDemandStreamCountLimit"], 50);
    EXPECT_EQ(l["ShardLimit"], 20'000);

    service.call("DeleteStream", {{"StreamName", "events"}});
    EXPECT_EQ(limits_of(service)["OpenShardCount"], 3);
    EXPECT_EQ(limits_of(service)["OnDemandStreamCount"], 0);
}

TEST_P(describe_limits, leaves_closed_shards_out) {
    engine_kit kit;
    service_kit over(GetParam(), kit);
    const auto stream = kit.create("orders", 3);
    kit.merge(stream, shard_id{0}, shard_id{1});
    EXPECT_EQ(limits_of(over)["OpenShardCount"], 2);
}

TEST_P(describe_limits, has_a_quota_by_region) {
    for (const char* region : {"us-east-1", "us-west-2", "eu-west-1"}) {
        service.act_as("000000000000", region);
        EXPECT_EQ(limits_of(service)["ShardLimit"], 20'000) << region;
    }
    service.act_as("000000000000", "eu-south-2");
    EXPECT_EQ(limits_of(service)["ShardLimit"], 1'000);
    service.act_as("000000000000", "us-east-2");
    EXPECT_EQ(limits_of(service)["ShardLimit"], 6'000);
}

TEST_P(describe_limits, shows_the_shard_limit_that_is_set) {
    service::options o;
    o.engine.shard_limit = 12;
    service_kit few(GetParam(), o);
    EXPECT_EQ(limits_of(few)["ShardLimit"], 12);
    few.act_as("000000000000", "eu-south-2");
    EXPECT_EQ(limits_of(few)["ShardLimit"], 12);
}

TEST_P(describe_limits, counts_each_account_and_region_apart) {
    service.create_stream("orders", {.shards = 3});
    service.act_as("111111111111", "us-east-1");
    EXPECT_EQ(limits_of(service)["OpenShardCount"], 0);
    service.act_as("000000000000", "eu-west-1");
    EXPECT_EQ(limits_of(service)["OpenShardCount"], 0);
}

}  // namespace
}  // namespace kinetide::testing
