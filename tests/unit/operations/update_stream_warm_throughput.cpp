// What is to be kept warm is there once UPDATING has passed, on demand and with the commitment.

#include "shared.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

constexpr const char* operation_name = "UpdateStreamWarmThroughput";
constexpr std::int64_t quarter_hour_ms = 15 * 60'000;
constexpr std::int64_t day_ms = 86'400'000;

json warm(int mib_per_s) { return {{"StreamName", "orders"}, {"WarmThroughputMiBps", mib_per_s}}; }

json throughput(int target, int current) {
    return {{"TargetMiBps", target}, {"CurrentMiBps", current}};
}

json mode(const std::string& name) {
    return {{"StreamARN", arn_of("orders")}, {"StreamModeDetails", {{"StreamMode", name}}}};
}

void commit(service_kit& service, const std::string& status = "ENABLED") {
    const json body = {{"MinimumThroughputBillingCommitment", {{"Status", status}}}};
    ASSERT_TRUE(service.call("UpdateAccountSettings", body).ok());
}

class update_stream_warm_throughput : public service_test {
protected:
    update_stream_warm_throughput() {
        commit(service);
        service.create_on_demand("orders");
    }
    json open_shards() { return service.summary("orders")["OpenShardCount"]; }
};
INSTANTIATE_TEST_SUITE_P(wire, update_stream_warm_throughput, every_wire_form(), form_name);

TEST_P(update_stream_warm_throughput, answers_with_what_there_is_and_what_is_to_be) {
    const reply r = service.call(operation_name, warm(12));
    ASSERT_TRUE(r.ok()) << r.message;
    EXPECT_EQ(
        r.body,
        json(
            {{"StreamARN", arn_of("orders")},
             {"StreamName", "orders"},
             {"WarmThroughput", throughput(12, 4)}}));
    EXPECT_EQ(open_shards(), 12);
    EXPECT_EQ(service.summary("orders")["WarmThroughput"], throughput(12, 12));
    EXPECT_EQ(service.call(operation_name, warm(13)).body["WarmThroughput"], throughput(13, 12));
}

TEST_P(update_stream_warm_throughput, is_updating_until_the_shards_are_there) {
    service_kit slow(GetParam(), slow_transitions());
    commit(slow);
    slow.create_on_demand("orders");
    slow.clock.advance_ms(500);
    slow.put("orders", "k", "before");
    EXPECT_TRUE(slow.call(operation_name, warm(12)).ok());
    slow.put("orders", "k", "meanwhile");
    slow.clock.advance_ms(499);
    json s = slow.summary("orders");
    EXPECT_EQ(s["StreamStatus"], "UPDATING");
    EXPECT_EQ(s["OpenShardCount"], 4);
    EXPECT_EQ(s["WarmThroughput"], throughput(12, 4));
    slow.clock.advance_ms(1);
    s = slow.summary("orders");
    EXPECT_EQ(s["StreamStatus"], "ACTIVE");
    EXPECT_EQ(s["OpenShardCount"], 12);
    EXPECT_EQ(s["WarmThroughput"], throughput(12, 12));

    std::vector<std::string> data;
    for (int shard = 0; shard < 4; ++shard) {
        for (const std::string& one : slow.all_data("orders", shard)) data.push_back(one);
    }
    EXPECT_EQ(data, (std::vector<std::string>{"before", "meanwhile"})) << "the parents keep it";
}

TEST_P(update_stream_warm_throughput, releases_step_by_step_what_is_no_longer_asked_for) {
    service.call(operation_name, warm(12));
    EXPECT_EQ(service.call(operation_name, warm(10)).body["WarmThroughput"], throughput(10, 10));
    EXPECT_EQ(open_shards(), 10);
    service.call(operation_name, warm(0));
    EXPECT_EQ(open_shards(), 5) << "half at most";
    EXPECT_FALSE(service.summary("orders").contains("WarmThroughput"));
    service.clock.advance_ms(quarter_hour_ms - 1);
    EXPECT_EQ(open_shards(), 5);
    service.clock.advance_ms(1);
    EXPECT_EQ(open_shards(), 4) << "a stream on demand has four";
}

TEST_P(update_stream_warm_throughput, takes_the_same_value_as_no_change) {
    service_kit slow(GetParam(), slow_transitions());
    commit(slow);
    slow.create_on_demand("orders");
    slow.clock.advance_ms(500);
    slow.call(operation_name, warm(5));
    slow.clock.advance_ms(500);
    EXPECT_EQ(slow.call(operation_name, warm(5)).body["WarmThroughput"], throughput(5, 5));
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
}

TEST_P(update_stream_warm_throughput, is_for_streams_on_demand_of_committed_accounts) {
    const auto not_available = [&](service_kit& kit, const reply& r) {
        EXPECT_FALSE(kit.summary("orders").contains("WarmThroughput"));
        return refused(
            r,
            "ValidationException",
            "Request is invalid. WarmThroughputMiBps of stream orders needs On-Demand mode and an "
            "account with MinimumThroughputBillingCommitment ENABLED.");
    };
    service_kit uncommitted(GetParam());
    uncommitted.create_on_demand("orders");
    EXPECT_TRUE(not_available(uncommitted, uncommitted.call(operation_name, warm(12))));
    service_kit provisioned(GetParam());
    commit(provisioned);
    provisioned.create_stream("orders");
    EXPECT_TRUE(not_available(provisioned, provisioned.call(operation_name, warm(12))));
    EXPECT_TRUE(not_available(provisioned, provisioned.call(operation_name, warm(0))));
    EXPECT_EQ(provisioned.summary("orders")["OpenShardCount"], 1);
}

TEST_P(update_stream_warm_throughput, can_be_taken_away_when_the_commitment_has_ended) {
    commit(service, "DISABLED");
    EXPECT_TRUE(service.call(operation_name, warm(8)).ok());
    EXPECT_TRUE(service.call(operation_name, warm(9)).ok()) << "committed until the day's end";
    service.clock.advance_ms(day_ms);
    EXPECT_EQ(service.call(operation_name, warm(10)).error_code, "ValidationException");
    EXPECT_EQ(service.call(operation_name, warm(8)).error_code, "ValidationException");
    EXPECT_EQ(
        service.call("UpdateStreamMode", mode("PROVISIONED")).error_code, "ValidationException");
    EXPECT_TRUE(service.call(operation_name, warm(0)).ok());
    EXPECT_TRUE(service.call("UpdateStreamMode", mode("PROVISIONED")).ok());
}

TEST_P(update_stream_warm_throughput, keeps_a_stream_on_demand) {
    service.call(operation_name, warm(6));
    EXPECT_TRUE(refused(
        service.call("UpdateStreamMode", mode("PROVISIONED")),
        "ValidationException",
        "Request is invalid. Stream orders under account 000000000000 has warm throughput: set "
        "WarmThroughputMiBps to 0 before it leaves On-Demand mode."));
    EXPECT_EQ(service.summary("orders")["StreamModeDetails"]["StreamMode"], "ON_DEMAND");
    service.call(operation_name, warm(0));
    EXPECT_TRUE(service.call("UpdateStreamMode", mode("PROVISIONED")).ok());
}

TEST_P(update_stream_warm_throughput, comes_with_a_mode_and_with_a_new_stream_too) {
    service.create_stream("invoices");
    json to_on_demand = mode("ON_DEMAND");
    to_on_demand["StreamARN"] = arn_of("invoices");
    to_on_demand["WarmThroughputMiBps"] = 7;
    EXPECT_TRUE(service.call("UpdateStreamMode", to_on_demand).ok());
    EXPECT_EQ(service.summary("invoices")["WarmThroughput"], throughput(7, 7));
    EXPECT_EQ(service.summary("invoices")["OpenShardCount"], 7);

    const json fresh = {
        {"StreamName", "fresh"},
        {"StreamModeDetails", {{"StreamMode", "ON_DEMAND"}}},
        {"WarmThroughputMiBps", 9}};
    EXPECT_TRUE(service.call("CreateStream", fresh).ok());
    EXPECT_EQ(service.summary("fresh")["WarmThroughput"], throughput(9, 9));
}

TEST_P(update_stream_warm_throughput, has_a_limit_and_the_regions_own) {
    EXPECT_TRUE(refused(
        service.call(operation_name, warm(10'241)),
        "LimitExceededException",
        "WarmThroughputMiBps 10241 of stream orders under account 000000000000 exceeds the limit "
        "of 10240."));
    EXPECT_EQ(open_shards(), 4);
    service.act_as("000000000000", "eu-south-2");
    commit(service);
    service.create_on_demand("orders");
    EXPECT_TRUE(service.call(operation_name, warm(10'240)).ok());
    EXPECT_EQ(service.summary("orders")["WarmThroughput"], throughput(10'240, 200));
}

TEST_P(update_stream_warm_throughput, words_every_violation) {
    const auto violates = [&](const json& body, const violation& v) {
        return refused(service.call(operation_name, body), "ValidationException", violations({v}));
    };
    EXPECT_TRUE(
        violates({{"StreamName", "orders"}}, {"null", "warmThroughputMiBps", must::not_be_null}));
    EXPECT_TRUE(violates(warm(-1), {"'-1'", "warmThroughputMiBps", must::have_value_from(0)}));
    expect_stream_naming_refusals(service, operation_name, {{"WarmThroughputMiBps", 5}});
    EXPECT_FALSE(service.summary("orders").contains("WarmThroughput"));
    const json by_arn = {{"StreamARN", arn_of("orders")}, {"WarmThroughputMiBps", 5}};
    EXPECT_TRUE(service.call(operation_name, by_arn).ok());
}

TEST_P(update_stream_warm_throughput, needs_an_active_stream) {
    expect_active_only(GetParam(), operation_name, warm(5));
}

TEST_P(update_stream_warm_throughput, is_called_five_times_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    expect_rate(aws, 5, account_rate_exceeded, [&] { return aws.call(operation_name, warm(5)); });
}

}  // namespace
}  // namespace kinetide::testing
