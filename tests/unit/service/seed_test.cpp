// The same seed, clock and requests give the same answers; and what the timers are for.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
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

TEST(timer, waits_for_what_is_due_first) {
    std::int64_t delay_ms = 0;
    std::function<void()> task;
    service::options o = slow_transitions();
    o.run_after = [&](service::timer which, std::int64_t ms, std::function<void()> then) {
        ASSERT_EQ(which, service::timer::due);
        delay_ms = ms;
        task = std::move(then);
    };
    service_kit service(wire::form::json, o);
    service.create_stream("orders");
    ASSERT_TRUE(task);
    EXPECT_EQ(delay_ms, 500);

    // Real time has passed, the clock has not: it waits again.
    service.clock.advance_ms(200);
    std::exchange(task, nullptr)();
    ASSERT_TRUE(task);
    EXPECT_EQ(delay_ms, 300);
    service.clock.advance_ms(300);
    std::exchange(task, nullptr)();
    EXPECT_FALSE(task) << "nothing is left to wait for";
    EXPECT_EQ(service.summary("orders")["StreamStatus"], "ACTIVE");

    service.put("orders", "k", "x");
    ASSERT_TRUE(task);
    EXPECT_EQ(delay_ms, 3'600'000) << "a day ahead, looked at hourly";
}

TEST(timer, gives_memory_back_that_nobody_needs) {
    std::vector<std::int64_t> delays_ms;
    std::function<void()> task;
    service::options o;
    o.run_after = [&](service::timer which, std::int64_t ms, std::function<void()> then) {
        if (which != service::timer::spare_memory) return;
        delays_ms.push_back(ms);
        task = std::move(then);
    };
    service_kit service(wire::form::cbor, o);
    service.create_stream("orders");
    for (int i = 0; i < 40; ++i) service.put("orders", "k", std::string(600'000, 'x'));
    EXPECT_FALSE(task);
    ASSERT_TRUE(service.call("DeleteStream", R"({"StreamName": "orders"})").ok());
    service.pass(0);
    for (int i = 0; i < 10 && task; ++i) std::exchange(task, nullptr)();
    EXPECT_FALSE(task) << "nothing is left to give back";
    EXPECT_EQ(delays_ms, (std::vector<std::int64_t>{10'000, 10'000, 1}));
}

}  // namespace
}  // namespace kinetide::testing
