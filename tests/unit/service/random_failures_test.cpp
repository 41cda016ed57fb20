// Puts and gets that fail by chance: what they answer, how often, and that a seed repeats them.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

const std::string throttled = "ProvisionedThroughputExceededException";

service::options failing(double probability, std::optional<std::uint64_t> seed = 42) {
    service::options o;
    o.error_probability = probability;
    o.engine.seed = seed;
    return o;
}

json put_body(const char* stream = "orders") {
    return {{"StreamName", stream}, {"PartitionKey", "k"}, {"Data", base64("x")}};
}

json batch(int entries) {
    json records = json::array();
    for (int i = 0; i < entries; ++i) {
        records.push_back({{"PartitionKey", "k"}, {"Data", base64(std::to_string(i))}});
    }
    return {{"StreamName", "orders"}, {"Records", records}};
}

// Whether each of `count` puts went well.
std::string outcomes(service_kit& service, int count, const char* stream = "orders") {
    std::string all;
    for (int i = 0; i < count; ++i) {
        all += service.call("PutRecord", put_body(stream)).ok() ? '.' : 'x';
    }
    return all;
}

KINETIDE_BOTH_FORMS(random_failure);

TEST_P(random_failure, of_every_call_stores_and_reads_nothing) {
    service_kit failing_service(GetParam(), failing(1));
    failing_service.create_stream("orders");
    const std::string rate =
        "Rate exceeded for shard shardId-000000000000 in stream orders under account "
        "000000000000.";
    EXPECT_TRUE(refused(failing_service.call("PutRecord", put_body()), throttled, rate));
    const reply many = failing_service.call("PutRecords", batch(3));
    EXPECT_TRUE(many.ok()) << many.message;
    EXPECT_EQ(many.body["FailedRecordCount"], 3);
    for (const json& entry : many.body["Records"]) {
        EXPECT_EQ(entry["ErrorCode"], throttled);
        EXPECT_EQ(entry["ErrorMessage"], rate);
        EXPECT_EQ(members(entry), "ErrorCode ErrorMessage");
    }
    EXPECT_TRUE(refused(
        failing_service.read(failing_service.iterator("orders", "TRIM_HORIZON")),
        throttled,
        "Rate exceeded for Shard - 000000000000/orders/shardId-000000000000"));
}

TEST_P(random_failure, leaves_what_is_wrong_and_all_else_alone) {
    service_kit failing_service(GetParam(), failing(1));
    failing_service.create_stream("orders");
    EXPECT_EQ(
        failing_service.call("PutRecord", put_body("absent")).error_code,
        "ResourceNotFoundException");
    EXPECT_EQ(failing_service.read("nonsense").error_code, "InvalidArgumentException");
    EXPECT_EQ(failing_service.stream_names(), std::vector<std::string>{"orders"});
}

TEST_P(random_failure, leaves_the_answers_encryption_as_it_is) {
    service_kit never(GetParam(), failing(1));
    never.create_stream("orders");
    const json key = {
        {"StreamName", "orders"}, {"EncryptionType", "KMS"}, {"KeyId", "alias/aws/kinesis"}};
    ASSERT_TRUE(never.call("StartStreamEncryption", key).ok());
    const reply r = never.call("PutRecords", batch(2));
    EXPECT_EQ(r.body["FailedRecordCount"], 2);
    EXPECT_EQ(r.body["EncryptionType"], "KMS");
}

TEST_P(random_failure, fails_entries_one_by_one_and_stores_the_others_in_order) {
    service_kit half(GetParam(), failing(0.5));
    half.create_stream("orders");
    constexpr int entries = 200;
    const reply r = half.call("PutRecords", batch(entries));
    ASSERT_TRUE(r.ok());
    std::vector<std::string> stored;
    for (int i = 0; i < entries; ++i) {
        const json& entry = r.body["Records"][static_cast<std::size_t>(i)];
        if (entry.contains("SequenceNumber")) stored.push_back(std::to_string(i));
    }
    EXPECT_EQ(r.body["FailedRecordCount"], entries - static_cast<int>(stored.size()));
    EXPECT_GT(stored.size(), 70U);
    EXPECT_LT(stored.size(), 130U);

    std::vector<std::string> read;
    std::string at = half.iterator("orders", "TRIM_HORIZON");
    for (int i = 0; i < 100 && read.empty(); ++i) {
        const reply page = half.read(at);
        if (!page.ok()) continue;
        for (const json& one : page.body["Records"]) {
            read.push_back(from_base64(one["Data"].get<std::string>()));
        }
    }
    EXPECT_EQ(read, stored);
}

TEST_P(random_failure, comes_as_often_as_it_was_told) {
    service_kit tenth(GetParam(), failing(0.1));
    tenth.create_stream("orders");
    const std::string all = outcomes(tenth, 2'000);
    EXPECT_NEAR(static_cast<double>(std::count(all.begin(), all.end(), 'x')), 200, 60);
    service_kit never(GetParam(), failing(0));
    never.create_stream("orders");
    EXPECT_EQ(outcomes(never, 100), std::string(100, '.'));
}

TEST_P(random_failure, repeats_with_its_seed_whatever_other_streams_meet) {
    service_kit one(GetParam(), failing(0.5));
    service_kit two(GetParam(), failing(0.5));
    service_kit other(GetParam(), failing(0.5, 43));
    for (service_kit* s : {&one, &two, &other}) {
        s->create_stream("orders");
        s->create_stream("events");
    }
    outcomes(two, 10, "events");
    const std::string first = outcomes(one, 50);
    EXPECT_EQ(outcomes(two, 50), first);
    EXPECT_NE(outcomes(other, 50), first);
}

}  // namespace
}  // namespace kinetide::testing
