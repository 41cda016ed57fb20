#include "own_scenarios.hpp"

#include "requests.hpp"

namespace kinetide::testing::scenarios {
namespace {

std::string code_of(const reply& r) { return r.error_code; }

json large_record() { return {{"Data", base64(std::string(600'000, 'x'))}, {"PartitionKey", "k"}}; }

}  // namespace

std::string of_a_name_that_is_taken(const std::string& operation, wire::form form) {
    service_kit service(form);
    const json body = base_request(operation, service);
    done(service, operation, body);
    return code_of(service.call(operation, body));
}

std::string while_deleting(const std::string& operation, wire::form form) {
    service_kit service(form, slow_transitions());
    const json body = base_request(operation, service);
    EXPECT_TRUE(service.call("DeleteStream", {{"StreamName", "orders"}}).ok());
    return code_of(service.call(operation, body));
}

std::string on_demand(const std::string& operation, wire::form form) {
    service_kit service(form);
    const json body = base_request(operation, service);
    const json mode = {{"StreamMode", "ON_DEMAND"}};
    done(
        service,
        "UpdateStreamMode",
        {{"StreamARN", arn_of("orders")}, {"StreamModeDetails", mode}});
    return code_of(service.call(operation, body));
}

std::string provisioned_without_a_count(const std::string& operation, wire::form form) {
    service_kit service(form);
    const json mode = {{"StreamMode", "PROVISIONED"}};
    return code_of(
        service.call(operation, {{"StreamName", "orders"}, {"StreamModeDetails", mode}}));
}

std::string automatic_and_provisioned(const std::string& operation, wire::form form) {
    service_kit service(form);
    json body = base_request(operation, service);
    body["RecordDistributionStrategy"] = "AUTO";
    return code_of(service.call(operation, body));
}

std::string without_members(const std::string& operation, wire::form form) {
    service_kit service(form);
    return code_of(service.call(operation, json::object()));
}

std::string with_a_damaged_token(const std::string& operation, wire::form form) {
    service_kit service(form);
    return code_of(service.call(operation, {{"NextToken", "damaged"}}));
}

std::string of_another_status(const std::string& operation, wire::form form) {
    service_kit service(form);
    json body = base_request(operation, service);
    body["MinimumThroughputBillingCommitment"]["Status"] = "OTHER";
    return code_of(service.call(operation, body));
}

std::string with_warm_throughput_in_use(const std::string& operation, wire::form form) {
    service_kit service(form);
    const json warm = base_request("UpdateStreamWarmThroughput", service);
    done(service, "UpdateStreamWarmThroughput", warm);
    json body = base_request(operation, service);
    body["MinimumThroughputBillingCommitment"]["Status"] = "DISABLED";
    return code_of(service.call(operation, body));
}

std::string beyond_the_shard_limit(const std::string& operation, wire::form form) {
    service_kit service(form);
    json body = base_request(operation, service);
    body["ShardCount"] = 1'000'000;
    return code_of(service.call(operation, body));
}

std::string to_more_than_double(const std::string& operation, wire::form form) {
    service_kit service(form);
    json body = base_request(operation, service);
    body["TargetShardCount"] = 5;
    return code_of(service.call(operation, body));
}

std::string thrice_a_day(const std::string& operation, wire::form form) {
    service_kit service(form, aws_limits());
    json body = base_request(operation, service);
    for (const char* mode : {"ON_DEMAND", "PROVISIONED"}) {
        body["StreamModeDetails"]["StreamMode"] = mode;
        done(service, operation, body);
    }
    body["StreamModeDetails"]["StreamMode"] = "ON_DEMAND";
    return code_of(service.call(operation, body));
}

std::string too_often_a_day(const std::string& operation, wire::form form) {
    constexpr std::int64_t half_day_ms = 43'200'000;
    service_kit service(form, aws_limits());
    const json body = base_request("StartStreamEncryption", service);
    done(service, "StartStreamEncryption", body);
    service.clock.advance_ms(half_day_ms);
    done(service, "StopStreamEncryption", body);
    for (int i = 1; i < 25; ++i) {
        done(service, "StartStreamEncryption", body);
        done(service, "StopStreamEncryption", body);
    }
    if (operation == "StopStreamEncryption") {
        service.clock.advance_ms(half_day_ms);
        done(service, "StartStreamEncryption", body);
    }
    return code_of(service.call(operation, body));
}

std::string six_times(const std::string& operation, wire::form form) {
    service_kit service(form, aws_limits());
    const json body = base_request(operation, service);
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(service.call(operation, body).ok());
    return code_of(service.call(operation, body));
}

std::string with_an_old_iterator(const std::string& operation, wire::form form) {
    service_kit service(form);
    const json body = base_request(operation, service);
    service.clock.advance_ms(300'001);
    return code_of(service.call(operation, body));
}

std::string of_two_large_records(const std::string& operation, wire::form form) {
    service_kit service(form, aws_limits());
    json body = base_request(operation, service);
    body.update(large_record());
    EXPECT_TRUE(service.call(operation, body).ok());
    return code_of(service.call(operation, body));
}

std::string of_one_large_record_too_many(const std::string& operation, wire::form form) {
    service_kit service(form, aws_limits());
    json body = base_request(operation, service);
    body["Records"] = {large_record(), large_record()};
    const reply r = service.call(operation, body);
    EXPECT_TRUE(r.ok()) << r.message;
    return r.body.at("Records").at(1).value("ErrorCode", "");
}

std::string a_second_time(const std::string& operation, wire::form form) {
    service_kit service(form);
    const json body = base_request(operation, service);
    done(service, operation, body);
    return code_of(service.call(operation, body));
}

std::string twice_at_once(const std::string& operation, wire::form form) {
    service_kit service(form, aws_limits());
    const json body = base_request(operation, service);
    EXPECT_TRUE(service.call(operation, body).ok());
    return code_of(service.call(operation, body));
}

std::string by_another_account(const std::string& operation, wire::form form) {
    service_kit service(form);
    const json body = base_request(operation, service);
    service.act_as("111111111111", "us-east-1");
    return code_of(service.call(operation, body));
}

std::string from_a_number_of_another_shard(const std::string& operation, wire::form form) {
    service_kit service(form);
    json body = base_request(operation, service);
    body["StartingPosition"] = {{"Type", "AT_SEQUENCE_NUMBER"}, {"SequenceNumber", "5"}};
    return code_of(service.call(operation, body));
}

std::string with_a_malformed_key(const std::string& operation, wire::form form) {
    service_kit service(form);
    json body = base_request(operation, service);
    body["KeyId"] = "no key";
    return code_of(service.call(operation, body));
}

}  // namespace kinetide::testing::scenarios
