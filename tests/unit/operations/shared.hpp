// What the tests of several operations share.
#pragma once

#include <string>
#include <string_view>

#include "support/service_test.hpp"

namespace kinetide::testing {

inline const std::string account_rate_exceeded = "Rate exceeded for account 000000000000.";
inline const std::string stream_rate_exceeded =
    "Rate exceeded for stream orders under account 000000000000.";

// So many calls a second pass under AWS's limits, and one more is refused with this text.
template <class Call>
void expect_rate(service_kit& aws, int per_second, const std::string& text, Call call) {
    for (int i = 0; i < per_second; ++i) {
        EXPECT_NE(call().error_code, "LimitExceededException") << "call " << i;
    }
    EXPECT_TRUE(refused(call(), "LimitExceededException", text));
    aws.clock.advance_ms(1000 / per_second);
    EXPECT_NE(call().error_code, "LimitExceededException");
}

// The operation wants the stream "orders" to be ACTIVE.
inline void expect_active_only(wire::form form, std::string_view operation, const json& body) {
    service_kit slow(form, slow_transitions());
    const auto busy = [&](const std::string& status) {
        return refused(
            slow.call(operation, body), "ResourceInUseException", not_active("orders", status));
    };
    slow.create_on_demand("orders");
    EXPECT_TRUE(busy("CREATING"));
    slow.clock.advance_ms(500);
    slow.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    EXPECT_TRUE(busy("UPDATING"));
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(busy("DELETING"));
}

// The refusals of operations that name streams by StreamARN only.  `rest` are the other members.
inline void expect_stream_arn_refusals(
    service_kit& service, std::string_view operation, const json& rest) {
    const auto with = [&](const json& naming) {
        json body = rest;
        body.update(naming);
        return service.call(operation, body);
    };
    const auto invalid = [](const reply& r, const std::vector<violation>& all) {
        return refused(r, "ValidationException", violations(all));
    };
    const std::string consumer = arn_of("orders") + "/consumer/billing:1";
    EXPECT_TRUE(refused(
        with({{"StreamARN", consumer}}),
        "InvalidArgumentException",
        "StreamARN " + consumer + " is not the ARN of a stream."));
    const std::string foreign = arn_of("orders", "111111111111");
    EXPECT_TRUE(refused(
        with({{"StreamARN", foreign}}),
        "AccessDeniedException",
        "User: arn:aws:iam::000000000000:root is not authorized to perform: kinesis:" +
            std::string(operation) + " on resource: " + foreign +
            " because no resource-based policy allows the kinesis:" + std::string(operation) +
            " action"));
    for (const std::string& absent : {arn_of("absent"), arn_of("absent", "000000000000", "x")}) {
        EXPECT_TRUE(refused(
            with({{"StreamARN", absent}, {"StreamId", "abcdefghij0123456789-xyz"}}),
            "ResourceNotFoundException",
            not_found("absent")));
    }
    EXPECT_TRUE(invalid(
        with({{"StreamARN", "orders"}}),
        {{"'orders'", "streamARN", must::match(R"(arn:aws.*:kinesis:.*:\d{12}:stream/\S+)")}}));
    const std::string long_arn = arn_of(std::string(2049 - arn_of("").size(), 'n'));
    EXPECT_TRUE(invalid(
        with({{"StreamARN", long_arn}}),
        {{"'" + long_arn + "'", "streamARN", must::have_length_to(2048)}}));
}

}  // namespace kinetide::testing
