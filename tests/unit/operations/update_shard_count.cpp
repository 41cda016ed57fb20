// So many open shards of equal ranges, by splits and merges that show; and its many limits.

#include <algorithm>
#include <vector>

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(update_shard_count);

constexpr std::int64_t day_ms = 86'400'000;

json to(int target) {
    return {
        {"StreamName", "orders"}, {"TargetShardCount", target}, {"ScalingType", "UNIFORM_SCALING"}};
}

reply scale(service_kit& service, int target) {
    return service.call("UpdateShardCount", to(target));
}

json shards(service_kit& service) {
    return service.call("ListShards", {{"StreamName", "orders"}}).body["Shards"];
}

// Starting keys of the open shards, in order.
std::vector<std::string> open_starts(service_kit& service) {
    std::vector<std::string> starts;
    for (const json& s : shards(service)) {
        if (s["SequenceNumberRange"].contains("EndingSequenceNumber")) continue;
        starts.push_back(s["HashKeyRange"]["StartingHashKey"]);
    }
    std::sort(starts.begin(), starts.end(), [](const std::string& a, const std::string& b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    return starts;
}

TEST_P(update_shard_count, answers_with_the_counts_before_and_after) {
    service.create_stream("orders", {.shards = 2});
    const reply r = scale(service, 4);
    EXPECT_EQ(
        r.body,
        json(
            {{"StreamName", "orders"},
             {"StreamARN", arn_of("orders")},
             {"CurrentShardCount", 2},
             {"TargetShardCount", 4}}));
    EXPECT_EQ(service.summary("orders")["OpenShardCount"], 4);
}

TEST_P(update_shard_count, makes_the_ranges_of_a_new_stream) {
    for (const auto& [from, target] : std::vector<std::pair<int, int>>{
             {2, 4}, {4, 2}, {4, 5}, {10, 13}, {3, 6}, {6, 3}, {5, 3}, {7, 14}, {1, 2}, {2, 1}}) {
        service.create_stream("orders", {.shards = target});
        const auto wanted = open_starts(service);
        service.call("DeleteStream", {{"StreamName", "orders"}});
        service.create_stream("orders", {.shards = from});
        EXPECT_TRUE(scale(service, target).ok());
        const auto got = open_starts(service);
        EXPECT_EQ(got.size(), wanted.size()) << from << " to " << target;
        // A border that was nearly there already stays.
        for (std::size_t i = 0; i < std::min(got.size(), wanted.size()); ++i) {
            EXPECT_EQ(got[i].substr(0, 30), wanted[i].substr(0, 30)) << from << " to " << target;
        }
        service.call("DeleteStream", {{"StreamName", "orders"}});
    }
}

TEST_P(update_shard_count, shows_the_shards_in_between) {
    const auto listed = [&](int from, int target) {
        service.create_stream("orders", {.shards = from});
        EXPECT_TRUE(scale(service, target).ok());
        const std::size_t count = shards(service).size();
        service.call("DeleteStream", {{"StreamName", "orders"}});
        return count;
    };
    EXPECT_EQ(listed(2, 4), 6U);
    EXPECT_EQ(listed(4, 5), 15U);
    EXPECT_EQ(listed(4, 2), 6U);
}

TEST_P(update_shard_count, goes_up_to_double_and_down_to_half) {
    service.create_stream("orders", {.shards = 5});
    EXPECT_TRUE(refused(
        scale(service, 11),
        "LimitExceededException",
        "UpdateShardCount cannot scale up over double your current open shard count. Current open "
        "shard count: 5, Target shard count: 11"));
    EXPECT_TRUE(refused(
        scale(service, 2),
        "LimitExceededException",
        "UpdateShardCount cannot scale down below half your current open shard count. Current "
        "open shard count: 5, Target shard count: 2"));
    EXPECT_EQ(shards(service).size(), 5U);
    EXPECT_TRUE(scale(service, 3).ok());
    EXPECT_TRUE(scale(service, 6).ok());
    EXPECT_EQ(service.summary("orders")["OpenShardCount"], 6);
}

TEST_P(update_shard_count, takes_the_present_count_as_no_change) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders", {.shards = 3});
    slow.clock.advance_ms(500);
    EXPECT_EQ(scale(slow, 3).body["CurrentShardCount"], 3);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
    EXPECT_EQ(shards(slow).size(), 3U);
}

TEST_P(update_shard_count, goes_to_ten_thousand) {
    service.create_stream("orders", {.shards = 9'999});
    EXPECT_TRUE(refused(
        scale(service, 10'001),
        "LimitExceededException",
        "Target shard count or number of open shards cannot be greater than 10000. Current open "
        "shard count: 9999, Target shard count: 10001"));
    EXPECT_TRUE(scale(service, 10'000).ok());
    EXPECT_EQ(service.summary("orders")["OpenShardCount"], 10'000);
}

TEST_P(update_shard_count, leads_from_above_ten_thousand_to_below_it) {
    service.create_stream("orders", {.shards = 10'001});
    EXPECT_EQ(scale(service, 10'000).error_code, "LimitExceededException");
    EXPECT_TRUE(scale(service, 9'999).ok());
}

TEST_P(update_shard_count, happens_ten_times_a_day_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(scale(aws, 2 - i % 2).ok());
        aws.clock.advance_ms(1'000);
    }
    EXPECT_TRUE(refused(
        scale(aws, 2),
        "LimitExceededException",
        "UpdateShardCount has been called 10 times within the last 24 hours for stream orders "
        "under account 000000000000."));
    aws.clock.advance_ms(day_ms - 10'001);
    EXPECT_FALSE(scale(aws, 2).ok());
    aws.clock.advance_ms(1);
    EXPECT_TRUE(scale(aws, 2).ok());
}

TEST_P(update_shard_count, happens_as_often_as_wanted_when_relaxed) {
    service.create_stream("orders");
    for (int i = 0; i < 12; ++i) EXPECT_TRUE(scale(service, 2 - i % 2).ok());
}

TEST_P(update_shard_count, changes_the_shards_when_updating_ends) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders", {.shards = 2});
    const auto busy = [&](const std::string& status) {
        return refused(scale(slow, 4), "ResourceInUseException", not_active("orders", status));
    };
    EXPECT_TRUE(busy("CREATING"));
    slow.clock.advance_ms(500);
    EXPECT_TRUE(scale(slow, 4).ok());
    EXPECT_TRUE(busy("UPDATING"));
    EXPECT_EQ(shards(slow).size(), 2U);
    slow.clock.advance_ms(500);
    EXPECT_EQ(shards(slow).size(), 6U);
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(busy("DELETING"));
}

TEST_P(update_shard_count, leaves_on_demand_streams_to_the_service) {
    service.create_on_demand("orders");
    EXPECT_TRUE(refused(
        scale(service, 8),
        "ValidationException",
        "Request is invalid. Stream orders under account 000000000000 is in On-Demand mode."));
}

TEST_P(update_shard_count, counts_towards_the_shard_limit) {
    service::options few;
    few.engine.shard_limit = 3;
    service_kit limited(GetParam(), few);
    limited.create_stream("orders", {.shards = 2});
    EXPECT_EQ(scale(limited, 4).error_code, "LimitExceededException");
    EXPECT_TRUE(scale(limited, 3).ok());
}

TEST_P(update_shard_count, names_its_stream_and_words_every_violation) {
    service.create_stream("orders");
    json rest = to(2);
    rest.erase("StreamName");
    expect_stream_naming_refusals(service, "UpdateShardCount", rest);
    EXPECT_TRUE(refused(
        service.call(
            "UpdateShardCount",
            {{"StreamName", "orders"}, {"TargetShardCount", 0}, {"ScalingType", "OTHER"}}),
        "ValidationException",
        violations(
            {{"'0'", "targetShardCount", must::have_value_from(1)},
             {"'OTHER'", "scalingType", must::be_one_of("UNIFORM_SCALING")}})));
}

}  // namespace
}  // namespace kinetide::testing
