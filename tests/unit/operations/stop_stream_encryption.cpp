// From now on records are stored in the clear again; those before keep saying what they were.

#include "shared.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(stop_stream_encryption);

constexpr const char* operation_name = "StopStreamEncryption";
constexpr std::int64_t day_ms = 86'400'000;
const std::string key_of_aws = "alias/aws/kinesis";

json with_key(const std::string& key) {
    return {{"StreamName", "orders"}, {"EncryptionType", "KMS"}, {"KeyId", key}};
}

reply start(service_kit& service) {
    return service.call("StartStreamEncryption", with_key(key_of_aws));
}
reply stop(service_kit& service) { return service.call(operation_name, with_key(key_of_aws)); }

TEST_P(stop_stream_encryption, leaves_what_is_stored_as_it_is) {
    service.create_stream("orders");
    start(service);
    service.put("orders", "k", "encrypted");
    EXPECT_TRUE(stop(service).ok_and_empty());
    const json body = {{"StreamName", "orders"}, {"PartitionKey", "k"}, {"Data", base64("clear")}};
    EXPECT_EQ(members(service.call("PutRecord", body).body), "SequenceNumber ShardId");

    const json records = service.read(service.iterator("orders", "TRIM_HORIZON")).body["Records"];
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0]["EncryptionType"], "KMS");
    EXPECT_FALSE(records[1].contains("EncryptionType"));
    EXPECT_EQ(service.all_data("orders"), (std::vector<std::string>{"encrypted", "clear"}));
    EXPECT_EQ(service.summary("orders")["EncryptionType"], "NONE");
    EXPECT_FALSE(service.summary("orders").contains("KeyId"));
}

TEST_P(stop_stream_encryption, updates_the_stream_unless_nothing_changes) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    EXPECT_TRUE(stop(slow).ok_and_empty());
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE") << "never started";
    start(slow);
    slow.clock.advance_ms(500);
    EXPECT_TRUE(stop(slow).ok());
    slow.clock.advance_ms(499);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "UPDATING");
    slow.clock.advance_ms(1);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
}

TEST_P(stop_stream_encryption, needs_an_active_stream) {
    expect_active_only(GetParam(), operation_name, with_key(key_of_aws));
}

TEST_P(stop_stream_encryption, wants_the_type_all_the_same_and_asks_nobody_about_the_key) {
    service.create_stream("orders");
    start(service);
    json body = with_key(key_of_aws);
    body["EncryptionType"] = "NONE";
    EXPECT_TRUE(refused(
        service.call(operation_name, body),
        "InvalidArgumentException",
        "EncryptionType must be KMS."));
    EXPECT_EQ(service.summary("orders")["KeyId"], key_of_aws);
    EXPECT_TRUE(service.call(operation_name, with_key("no key")).ok_and_empty());
    EXPECT_FALSE(service.summary("orders").contains("KeyId"));
}

// The stops are a second behind the starts, which are counted too: so is what is a day old.
TEST_P(stop_stream_encryption, succeeds_25_times_a_day_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    EXPECT_TRUE(start(aws).ok());
    aws.clock.advance_ms(1000);
    EXPECT_TRUE(stop(aws).ok());
    for (int i = 2; i <= 25; ++i) {
        EXPECT_TRUE(start(aws).ok()) << i;
        EXPECT_TRUE(stop(aws).ok()) << i;
    }
    EXPECT_EQ(start(aws).error_code, "LimitExceededException");
    aws.clock.advance_ms(day_ms - 1000);
    EXPECT_TRUE(start(aws).ok());
    EXPECT_TRUE(refused(
        stop(aws),
        "LimitExceededException",
        "StopStreamEncryption has been called 25 times within the last 24 hours for stream "
        "orders under account 000000000000."));
    EXPECT_EQ(aws.summary("orders")["EncryptionType"], "KMS");
    aws.clock.advance_ms(1000);
    EXPECT_TRUE(stop(aws).ok());
}

TEST_P(stop_stream_encryption, words_every_violation) {
    service.create_stream("orders");
    start(service);
    EXPECT_TRUE(refused(
        service.call(operation_name, {{"StreamName", "orders"}, {"EncryptionType", "AES"}}),
        "ValidationException",
        violations(
            {{"'AES'", "encryptionType", must::be_one_of("NONE, KMS")},
             {"null", "keyId", must::not_be_null}})));
    expect_stream_naming_refusals(
        service, operation_name, {{"EncryptionType", "KMS"}, {"KeyId", key_of_aws}});
    EXPECT_EQ(service.summary("orders")["EncryptionType"], "KMS");
}

}  // namespace
}  // namespace kinetide::testing
