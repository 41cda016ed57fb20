// Registering and asking for consumers of the stream "orders", for the tests about them.
#pragma once

#include <string>

#include "support/service_test.hpp"

namespace kinetide::testing {

inline std::string consumer_arn_of(
    const std::string& name, std::int64_t created_s = kit_start.seconds()) {
    return arn_of("orders") + "/consumer/" + name + ":" + std::to_string(created_s);
}

inline json by_name(const std::string& consumer) {
    return {{"StreamARN", arn_of("orders")}, {"ConsumerName", consumer}};
}

inline reply register_consumer(service_kit& service, const std::string& name) {
    return service.call("RegisterStreamConsumer", by_name(name));
}

// What DescribeStreamConsumer tells; null when it tells nothing.
inline json consumer_in(service_kit& service, const std::string& name) {
    const reply r = service.call("DescribeStreamConsumer", by_name(name));
    return r.ok() ? r.body["ConsumerDescription"] : json();
}

inline std::string no_such_consumer(const std::string& name) {
    return "Consumer " + name + ", account 000000000000 not found.";
}

// The refusals of operations that take ConsumerARN, or StreamARN and ConsumerName.  The stream
// "orders" must have a consumer "billing" that was created at the kit's start.
inline void expect_consumer_naming_refusals(service_kit& service, std::string_view operation) {
    const auto invalid = [&](const json& body, const std::string& text) {
        return refused(service.call(operation, body), "InvalidArgumentException", text);
    };
    const auto absent = [&](const json& body, const std::string& text) {
        return refused(service.call(operation, body), "ResourceNotFoundException", text);
    };
    const auto denied = [&](const json& body, const std::string& resource) {
        return refused(
            service.call(operation, body),
            "AccessDeniedException",
            "User: arn:aws:iam::000000000000:root is not authorized to perform: kinesis:" +
                std::string(operation) + " on resource: " + resource +
                " because no resource-based policy allows the kinesis:" + std::string(operation) +
                " action");
    };
    const std::string billing = consumer_arn_of("billing");

    const std::string none =
        "Either ConsumerARN or both StreamARN and ConsumerName should be provided.";
    EXPECT_TRUE(invalid(json::object(), none));
    EXPECT_TRUE(invalid({{"ConsumerName", "billing"}}, none));
    EXPECT_TRUE(invalid({{"StreamARN", arn_of("orders")}}, none));

    EXPECT_TRUE(invalid(
        {{"ConsumerARN", billing}, {"ConsumerName", "audit"}},
        "ConsumerARN " + billing + " and ConsumerName audit name different consumers."));
    for (const std::string& other : {arn_of("invoices"), arn_of("orders", "111111111111")}) {
        EXPECT_TRUE(invalid(
            {{"ConsumerARN", billing}, {"StreamARN", other}},
            "ConsumerARN " + billing + " and StreamARN " + other + " name different consumers."));
    }
    EXPECT_TRUE(invalid(
        {{"ConsumerARN", billing}, {"StreamARN", billing}},
        "StreamARN " + billing + " is not the ARN of a stream."));
    EXPECT_TRUE(invalid(
        {{"ConsumerName", "billing"}, {"StreamARN", billing}},
        "StreamARN " + billing + " is not the ARN of a stream."));
    const std::string nested =
        "arn:aws:kinesis:us-east-1:000000000000:my/stream/orders/consumer/billing:1";
    EXPECT_TRUE(invalid(
        {{"ConsumerARN", nested}}, "ConsumerARN " + nested + " is not the ARN of a consumer."))
        << "the pattern is wider than the form";

    EXPECT_TRUE(absent(by_name("audit"), no_such_consumer("audit")));
    EXPECT_TRUE(absent(
        {{"ConsumerARN", consumer_arn_of("billing", kit_start.seconds() + 1)}},
        no_such_consumer("billing")))
        << "another second's is another consumer";
    EXPECT_TRUE(absent(
        {{"StreamARN", arn_of("absent")}, {"ConsumerName", "billing"}}, not_found("absent")));
    EXPECT_TRUE(
        absent({{"ConsumerARN", arn_of("absent") + "/consumer/billing:1"}}, not_found("absent")));

    const std::string foreign = arn_of("orders", "111111111111") + "/consumer/billing";
    EXPECT_TRUE(denied({{"ConsumerARN", foreign + ":1"}}, foreign));
    EXPECT_TRUE(denied(
        {{"StreamARN", arn_of("orders", "111111111111")}, {"ConsumerName", "billing"}}, foreign));

    const std::string pattern =
        R"(^(arn):aws.*:kinesis:.*:\d{12}:.*stream\/[a-zA-Z0-9_.-]+\/consumer\/)"
        R"([a-zA-Z0-9_.-]+:[0-9]+)";
    EXPECT_TRUE(refused(
        service.call(
            operation,
            {{"StreamARN", "orders"},
             {"ConsumerName", ""},
             {"ConsumerARN", arn_of("orders")},
             {"StreamId", "x"}}),
        "ValidationException",
        violations(
            {{"'orders'", "streamARN", must::match(R"(arn:aws.*:kinesis:.*:\d{12}:stream/\S+)")},
             {"''", "consumerName", must::match_name},
             {"''", "consumerName", must::have_length_from(1)},
             {"'" + arn_of("orders") + "'", "consumerARN", must::match(pattern)},
             {"'x'", "streamId", must::match("[a-z0-9]{20}-[a-z0-9]{3}")}})));
}

}  // namespace kinetide::testing
