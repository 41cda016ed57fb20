// A stream's records may be larger from now on, or smaller; those that are stored stay.

#include "shared.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(update_max_record_size);

constexpr const char* operation_name = "UpdateMaxRecordSize";

json to(int kib) { return {{"StreamARN", arn_of("orders")}, {"MaxRecordSizeInKiB", kib}}; }

// With a key of one byte.
reply put_bytes(service_kit& service, std::size_t bytes) {
    return service.call(
        "PutRecord",
        {{"StreamName", "orders"},
         {"PartitionKey", "k"},
         {"Data", base64(std::string(bytes - 1, 'd'))}});
}

TEST_P(update_max_record_size, holds_for_what_comes_after_it) {
    constexpr std::size_t mib = 1'048'576;
    service.create_stream("orders");
    const auto too_large = [&](std::size_t bytes, std::size_t bytes_max) {
        return refused(
            put_bytes(service, bytes),
            "InvalidArgumentException",
            "Record size of " + std::to_string(bytes) +
                " bytes, data and partition key together, exceeds the stream's maximum record "
                "size of " +
                std::to_string(bytes_max) + " bytes.");
    };
    EXPECT_TRUE(put_bytes(service, mib).ok());
    EXPECT_TRUE(too_large(mib + 1, mib));

    EXPECT_TRUE(service.call(operation_name, to(1025)).ok_and_empty());
    EXPECT_EQ(service.summary("orders")["MaxRecordSizeInKiB"], 1025);
    EXPECT_TRUE(put_bytes(service, mib + 1024).ok());
    EXPECT_TRUE(too_large(mib + 1025, mib + 1024));

    EXPECT_TRUE(service.call(operation_name, to(1024)).ok());
    EXPECT_TRUE(too_large(mib + 1, mib));
    EXPECT_EQ(service.all_data("orders").back().size(), mib + 1023) << "what is stored stays";
}

TEST_P(update_max_record_size, is_for_both_modes) {
    service.create_on_demand("orders");
    EXPECT_TRUE(service.call(operation_name, to(10'240)).ok());
    EXPECT_EQ(service.summary("orders")["MaxRecordSizeInKiB"], 10'240);
    EXPECT_EQ(service.summary("orders")["OpenShardCount"], 4);
}

TEST_P(update_max_record_size, updates_the_stream_unless_nothing_changes) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.call(operation_name, to(1024)).ok_and_empty());
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE") << "the default";
    EXPECT_TRUE(slow.call(operation_name, to(2048)).ok());
    slow.clock.advance_ms(499);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "UPDATING");
    slow.clock.advance_ms(1);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
    EXPECT_EQ(slow.summary("orders")["MaxRecordSizeInKiB"], 2048);
}

TEST_P(update_max_record_size, needs_an_active_stream) {
    expect_active_only(GetParam(), operation_name, to(2048));
}

TEST_P(update_max_record_size, words_every_violation) {
    service.create_stream("orders");
    const auto violates = [&](const json& body, const violation& v) {
        return refused(service.call(operation_name, body), "ValidationException", violations({v}));
    };
    EXPECT_TRUE(violates(
        {{"StreamARN", arn_of("orders")}}, {"null", "maxRecordSizeInKiB", must::not_be_null}));
    EXPECT_TRUE(violates(to(1023), {"'1023'", "maxRecordSizeInKiB", must::have_value_from(1024)}));
    EXPECT_TRUE(
        violates(to(10'241), {"'10241'", "maxRecordSizeInKiB", must::have_value_to(10'240)}));
    EXPECT_TRUE(refused(
        service.call(operation_name, {{"StreamName", "orders"}, {"MaxRecordSizeInKiB", 2048}}),
        "InvalidArgumentException",
        "Either StreamName or StreamARN should be provided."))
        << "StreamName is no member";
    expect_stream_arn_refusals(service, operation_name, {{"MaxRecordSizeInKiB", 2048}});
    EXPECT_EQ(service.summary("orders")["MaxRecordSizeInKiB"], 1024);
}

TEST_P(update_max_record_size, is_called_five_times_a_second_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    expect_rate(aws, 5, account_rate_exceeded, [&] { return aws.call(operation_name, to(2048)); });
}

}  // namespace
}  // namespace kinetide::testing
