#include "general_scenarios.hpp"

#include <map>

#include "model.hpp"
#include "requests.hpp"
#include "support/engine_kit.hpp"
#include "support/fake_journal.hpp"

namespace kinetide::testing::scenarios {
namespace {

bool takes(const std::string& operation, const std::string& member) {
    return shape(modelled(operation)["input"]["shape"])["members"].contains(member);
}

// Names the operation's resource by that ARN and by nothing else.
json renamed(const std::string& operation, json body, const std::string& arn) {
    for (const char* name : {"StreamName", "ConsumerARN"}) body.erase(name);
    body[takes(operation, "ResourceARN") ? "ResourceARN" : "StreamARN"] = arn;
    if (takes(operation, "ConsumerARN")) body["ConsumerName"] = "billing";
    return body;
}

// Calls a second; those of a stream and of an account alike (the API reference).
int rate_of(const std::string& operation) {
    static const std::map<std::string, int> others{
        {"DescribeLimits", 1},
        {"DescribeStream", 10},
        {"DescribeStreamConsumer", 20},
        {"DescribeStreamSummary", 20},
        {"ListShards", 1000}};
    const auto found = others.find(operation);
    return found == others.end() ? 5 : found->second;
}

}  // namespace

std::string of_a_deleted_stream(const std::string& operation, wire::form form) {
    service_kit service(form);
    const json body = base_request(operation, service);
    done(service, "DeleteStream", {{"StreamName", "orders"}, {"EnforceConsumerDeletion", true}});
    return service.call(operation, body).error_code;
}

std::string while_creating(const std::string& operation, wire::form form) {
    service_kit model(form);
    const json body = base_request(operation, model);
    const json mode = model.summary("orders")["StreamModeDetails"];

    service_kit service(form, slow_transitions());
    if (mode["StreamMode"] == "ON_DEMAND") {
        service.create_on_demand("orders");
    } else {
        service.create_stream("orders", {.shards = 2});
    }
    return service.call(operation, body).error_code;
}

std::string of_an_arn_of_nothing(const std::string& operation, wire::form form) {
    service_kit service(form);
    const json body = base_request(operation, service);
    return service.call(operation, renamed(operation, body, arn_of("orders") + "/nonsense"))
        .error_code;
}

std::string of_another_account(const std::string& operation, wire::form form) {
    service_kit service(form);
    const json body = base_request(operation, service);
    service.act_as("111111111111", "us-east-1");
    return service.call(operation, renamed(operation, body, arn_of("orders"))).error_code;
}

std::string too_often(const std::string& operation, wire::form form) {
    service_kit service(form, aws_limits());
    const json body = base_request(operation, service);
    service.clock.advance_ms(10'000);
    for (int i = 0; i < rate_of(operation); ++i) {
        const reply r = service.call(operation, body);
        EXPECT_NE(r.error_code, "LimitExceededException") << "call " << i + 1 << ": " << r.message;
    }
    return service.call(operation, body).error_code;
}

std::string with_a_bad_stream_id(const std::string& operation, wire::form form) {
    service_kit service(form);
    json body = base_request(operation, service);
    body["StreamId"] = "orders";
    return service.call(operation, body).error_code;
}

std::string as_a_dry_run(const std::string& operation, wire::form form) {
    service_kit service(form);
    json body = base_request(operation, service);
    body["DryRun"] = true;
    return service.call(operation, body).error_code;
}

std::string with_an_old_token(const std::string& operation, wire::form form) {
    for (const request& r : more_requests()) {
        if (r.operation != operation) continue;
        service_kit service(form);
        const json body = r.prepare(service);
        const reply page = service.call(operation, body);
        if (!page.body.contains("NextToken")) continue;
        service.clock.advance_ms(300'001);
        json rest = {{"NextToken", page.body.at("NextToken")}};
        // Required all the same.
        if (operation == "ListStreamConsumers") rest["StreamARN"] = body.at("StreamARN");
        return service.call(operation, rest).error_code;
    }
    return "no request that leads to a NextToken";
}

std::string without_a_journal(const std::string& operation, wire::form form) {
    fake_journal journal;
    engine_kit kit({}, &journal);
    service_kit service(form, kit);
    const json body = base_request(operation, service);
    service.summary("orders");  // what is due is done, and in the journal
    journal.fail_from_now_on();
    return service.call(operation, body).error_code;
}

}  // namespace kinetide::testing::scenarios
