// From now on records say that they are encrypted; those before stay as they were.

#include "shared.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(start_stream_encryption);

constexpr const char* operation_name = "StartStreamEncryption";
constexpr std::int64_t day_ms = 86'400'000;
const std::string key_of_aws = "alias/aws/kinesis";

json with_key(const std::string& key) {
    return {{"StreamName", "orders"}, {"EncryptionType", "KMS"}, {"KeyId", key}};
}

reply put(service_kit& service) {
    return service.call(
        "PutRecord", {{"StreamName", "orders"}, {"PartitionKey", "k"}, {"Data", base64("d")}});
}

TEST_P(start_stream_encryption, marks_the_records_that_come_after_it) {
    service.create_stream("orders");
    EXPECT_EQ(members(put(service).body), "SequenceNumber ShardId");
    EXPECT_TRUE(service.call(operation_name, with_key(key_of_aws)).ok_and_empty());
    EXPECT_EQ(put(service).body["EncryptionType"], "KMS");
    const json batch = {
        {"StreamName", "orders"}, {"Records", {{{"PartitionKey", "k"}, {"Data", base64("d")}}}}};
    EXPECT_EQ(service.call("PutRecords", batch).body["EncryptionType"], "KMS");

    const json records = service.read(service.iterator("orders", "TRIM_HORIZON")).body["Records"];
    ASSERT_EQ(records.size(), 3U);
    EXPECT_FALSE(records[0].contains("EncryptionType")) << "stored before";
    EXPECT_EQ(records[1]["EncryptionType"], "KMS");
    EXPECT_EQ(records[2]["EncryptionType"], "KMS");
    EXPECT_EQ(service.all_data("orders"), (std::vector<std::string>{"d", "d", "d"}));
}

TEST_P(start_stream_encryption, reads_the_key_back_as_it_was_given) {
    service.create_stream("orders");
    EXPECT_EQ(service.summary("orders")["EncryptionType"], "NONE");
    EXPECT_FALSE(service.summary("orders").contains("KeyId"));
    const std::string uuid = "12345678-1234-1234-1234-1234567890ab";
    const std::string arn = "arn:aws:kms:us-east-1:123456789012:";
    for (const std::string& key :
         {key_of_aws,
          std::string("alias/My_key-1/x"),
          uuid,
          std::string("mrk-1234567890abcdef1234567890abcdef"),
          arn + "key/" + uuid,
          arn + "key/mrk-1234567890abcdef1234567890abcdef",
          arn + "alias/MyAlias"}) {
        EXPECT_TRUE(service.call(operation_name, with_key(key)).ok_and_empty()) << key;
        json s = service.summary("orders");
        EXPECT_EQ(s["EncryptionType"], "KMS");
        EXPECT_EQ(s["KeyId"], key) << "another key replaces the one before";
        s = service.call("DescribeStream", {{"StreamName", "orders"}}).body["StreamDescription"];
        EXPECT_EQ(s["EncryptionType"], "KMS");
        EXPECT_EQ(s["KeyId"], key);
    }
}

TEST_P(start_stream_encryption, finds_no_key_by_what_names_none) {
    service.create_stream("orders");
    for (const char* key :
         {"key",
          "alias/",
          "alias/a.b",
          "alias/a b",
          "12345678-1234-1234-1234-1234567890a",
          "12345678-1234-1234-1234-1234567890ag",
          "mrk-1234567890abcdef1234567890abcde",
          "arn:aws:kms:us-east-1:123456789012:key/",
          "arn:aws:kms:us-east-1:123456789012:key/alias/x",
          "arn:aws:kms:us-east-1:12345:alias/x",
          "arn:aws:sns:us-east-1:123456789012:alias/x"}) {
        EXPECT_TRUE(refused(
            service.call(operation_name, with_key(key)),
            "KMSNotFoundException",
            std::string("Invalid keyId ") + key));
    }
    EXPECT_EQ(service.summary("orders")["EncryptionType"], "NONE");
}

TEST_P(start_stream_encryption, encrypts_with_kms_only) {
    service.create_stream("orders");
    json body = with_key(key_of_aws);
    body["EncryptionType"] = "NONE";
    EXPECT_TRUE(refused(
        service.call(operation_name, body),
        "InvalidArgumentException",
        "EncryptionType must be KMS."));
    EXPECT_EQ(service.summary("orders")["EncryptionType"], "NONE");
}

TEST_P(start_stream_encryption, updates_the_stream_unless_nothing_changes) {
    service_kit slow(GetParam(), slow_transitions());
    slow.create_stream("orders");
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.call(operation_name, with_key(key_of_aws)).ok());
    EXPECT_EQ(put(slow).body["EncryptionType"], "KMS") << "at once";
    slow.clock.advance_ms(499);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "UPDATING");
    slow.clock.advance_ms(1);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
    EXPECT_TRUE(slow.call(operation_name, with_key(key_of_aws)).ok_and_empty());
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE") << "the same key";
    EXPECT_TRUE(slow.call(operation_name, with_key("alias/other")).ok());
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "UPDATING") << "another key";
}

TEST_P(start_stream_encryption, needs_an_active_stream) {
    expect_active_only(GetParam(), operation_name, with_key(key_of_aws));
}

TEST_P(start_stream_encryption, succeeds_25_times_a_day_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    aws.create_stream("orders");
    const auto start = [&](int i) {
        return aws.call(operation_name, with_key("alias/" + std::to_string(i)));
    };
    for (int i = 1; i <= 25; ++i) {
        EXPECT_TRUE(start(i).ok()) << i;
        EXPECT_FALSE(aws.call(operation_name, with_key("?")).ok()) << "a failure does not count";
    }
    aws.clock.advance_ms(day_ms - 1);
    EXPECT_TRUE(refused(
        start(26),
        "LimitExceededException",
        "StartStreamEncryption has been called 25 times within the last 24 hours for stream "
        "orders under account 000000000000."));
    EXPECT_EQ(aws.summary("orders")["KeyId"], "alias/25");
    EXPECT_TRUE(start(25).ok()) << "no change";
    aws.clock.advance_ms(1);
    EXPECT_TRUE(start(26).ok());
}

TEST_P(start_stream_encryption, succeeds_as_often_as_wanted_when_relaxed) {
    service.create_stream("orders");
    for (int i = 0; i < 30; ++i) {
        EXPECT_TRUE(service.call(operation_name, with_key("alias/" + std::to_string(i))).ok());
    }
}

TEST_P(start_stream_encryption, words_every_violation) {
    service.create_stream("orders");
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(service.call(operation_name, body), "ValidationException", violations(all));
    };
    EXPECT_TRUE(violates(
        {{"StreamName", ""}},
        {{"''", "streamName", must::match_name},
         {"''", "streamName", must::have_length_from(1)},
         {"null", "encryptionType", must::not_be_null},
         {"null", "keyId", must::not_be_null}}));
    json body = with_key("");
    body["EncryptionType"] = "AES";
    EXPECT_TRUE(violates(
        body,
        {{"'AES'", "encryptionType", must::be_one_of("NONE, KMS")},
         {"''", "keyId", must::have_length_from(1)}}));
    const std::string long_key(2049, 'k');
    EXPECT_TRUE(violates(
        with_key(long_key), {{"'" + long_key + "'", "keyId", must::have_length_to(2048)}}));
    expect_stream_naming_refusals(
        service, operation_name, {{"EncryptionType", "KMS"}, {"KeyId", key_of_aws}});
    EXPECT_EQ(service.summary("orders")["EncryptionType"], "NONE");
}

}  // namespace
}  // namespace kinetide::testing
