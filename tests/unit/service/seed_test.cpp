// The same seed, clock and requests give the same answers.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(seed);

service::options seeded(std::optional<std::uint64_t> seed) {
    service::options o;
    o.engine.seed = seed;
    return o;
}

// Every body that a short life of two streams gives.
std::string transcript(wire::form form, std::optional<std::uint64_t> seed) {
    service_kit service(form, seeded(seed));
    std::string all;
    const auto call = [&](std::string_view operation, const json& body) {
        const reply r = service.call(operation, body);
        EXPECT_TRUE(r.ok()) << operation << " " << r.message;
        all += r.bytes + "\n";
        return r.body;
    };
    for (const char* stream : {"orders", "events"}) {
        call("CreateStream", {{"StreamName", stream}, {"ShardCount", 2}});
        for (const char* key : {"a", "b", "e"}) {
            call("PutRecord", {{"StreamName", stream}, {"PartitionKey", key}, {"Data", ""}});
            service.clock.advance_ms(7);
        }
        const json place = {
            {"StreamName", stream}, {"ShardId", "0"}, {"ShardIteratorType", "TRIM_HORIZON"}};
        json at = call("GetShardIterator", place)["ShardIterator"];
        for (int i = 0; i < 3; ++i) {
            at = call("GetRecords", {{"ShardIterator", at}, {"Limit", 1}})["NextShardIterator"];
        }
        call("ListShards", {{"StreamName", stream}, {"MaxResults", 1}});
    }
    call("ListStreams", {{"Limit", 1}});
    return all;
}

TEST_P(seed, decides_every_number_iterator_and_token) {
    EXPECT_EQ(transcript(GetParam(), 42), transcript(GetParam(), 42));
    EXPECT_NE(transcript(GetParam(), 42), transcript(GetParam(), 43));
    EXPECT_NE(transcript(GetParam(), std::nullopt), transcript(GetParam(), std::nullopt));
}

TEST_P(seed, makes_iterators_good_at_every_service_that_has_it) {
    service_kit one(GetParam(), seeded(42));
    service_kit two(GetParam(), seeded(42));
    service_kit other(GetParam(), seeded(43));
    for (service_kit* s : {&one, &two, &other}) {
        s->create_stream("orders");
        s->put("orders", "k", "x");
    }
    const std::string at = one.iterator("orders", "TRIM_HORIZON");
    EXPECT_EQ(two.data_from(at), std::vector<std::string>{"x"});
    EXPECT_TRUE(refused(other.read(at), "InvalidArgumentException", "Invalid ShardIterator."));
}

TEST_P(seed, does_not_reach_request_ids) {
    service_kit one(GetParam(), seeded(42));
    service_kit two(GetParam(), seeded(42));
    EXPECT_NE(
        one.call("ListStreams", json::object()).field("x-amzn-RequestId"),
        two.call("ListStreams", json::object()).field("x-amzn-RequestId"));
}

}  // namespace
}  // namespace kinetide::testing
