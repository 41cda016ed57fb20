// Servers inside a process.

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include <kinetide/server.hpp>

#include "support/child_process.hpp"

namespace kinetide::testing {
namespace {

settings on_a_free_port() {
    settings s;
    s.hosts = {"127.0.0.1"};
    s.ports = {0};
    s.workers = 1;
    s.auth = settings::auth_mode::off;
    return s;
}

std::string call(const server& s, const std::string& operation, const std::string& body) {
    channel client = connect_to(s.port());
    client.send(
        "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        "Content-Type: application/x-amz-json-1.1\r\n"
        "X-Amz-Target: Kinesis_20131202." +
        operation + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return client.read_all();
}

TEST(embedded_server, listens_when_start_returns) {
    server one(on_a_free_port());
    one.start();
    EXPECT_NE(one.port(), 0);
    EXPECT_EQ(
        one.addresses(),
        std::vector<std::string>{"http://127.0.0.1:" + std::to_string(one.port())});
    channel client = connect_to(one.port());
    client.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 200"));
}

TEST(embedded_server, takes_a_free_port_of_its_own_accord) {
    server one;
    server two;
    one.start();
    two.start();
    EXPECT_NE(one.port(), two.port());
    EXPECT_FALSE(one.addresses().empty());
}

TEST(embedded_server, stops_more_than_once_and_before_it_started) {
    server one(on_a_free_port());
    one.stop();
    one.start();
    one.stop();
    one.stop();
}

TEST(embedded_server, says_which_port_is_taken) {
    server one(on_a_free_port());
    one.start();
    settings s = on_a_free_port();
    s.ports = {one.port()};
    server two(s);
    try {
        two.start();
        ADD_FAILURE() << "the same port twice";
    } catch (const std::runtime_error& e) {
        EXPECT_NE(std::string(e.what()).find(std::to_string(one.port())), std::string::npos);
    }
}

TEST(embedded_server, frees_its_port) {
    settings s = on_a_free_port();
    {
        server one(s);
        one.start();
        s.ports = {one.port()};
    }
    server two(s);
    EXPECT_NO_THROW(two.start());
}

TEST(embedded_server, does_not_meet_another) {
    server one(on_a_free_port());
    server two(on_a_free_port());
    one.start();
    two.start();
    const std::string made = call(one, "CreateStream", R"({"StreamName":"orders","ShardCount":1})");
    EXPECT_TRUE(made.starts_with("HTTP/1.1 200")) << made;
    EXPECT_NE(call(one, "ListStreams", "{}").find("orders"), std::string::npos);
    const std::string of_two = call(two, "ListStreams", "{}");
    EXPECT_TRUE(of_two.starts_with("HTTP/1.1 200")) << of_two;
    EXPECT_EQ(of_two.find("orders"), std::string::npos) << of_two;
}

TEST(embedded_server, stands_still_at_its_clock) {
    settings s = on_a_free_port();
    s.clock = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
    server one(s);
    one.start();
    call(one, "CreateStream", R"({"StreamName":"orders","ShardCount":1})");
    const std::string summary = call(one, "DescribeStreamSummary", R"({"StreamName":"orders"})");
    EXPECT_NE(summary.find("\"StreamCreationTimestamp\":1767225600"), std::string::npos) << summary;
}

TEST(embedded_server, has_its_streams_when_start_returns) {
    settings s = on_a_free_port();
    s.streams = {{"orders", 1, {}}};
    server one(s);
    one.start();
    EXPECT_NE(call(one, "ListStreams", "{}").find("orders"), std::string::npos);
}

TEST(embedded_server, does_not_start_without_its_streams) {
    settings s = on_a_free_port();
    s.streams = {{"orders", 1, {}}, {"orders", 2, {}}};
    server one(s);
    EXPECT_THROW(one.start(), std::runtime_error);
}

TEST(embedded_server, keeps_the_time_of_each_kind_of_transition) {
    settings s = on_a_free_port();
    s.transition = std::chrono::hours(1);
    s.transitions[settings::transition_kind::create_stream] = std::chrono::milliseconds(0);
    s.streams = {{"orders", 1, {}}};
    server one(s);
    one.start();
    const std::string orders = R"({"StreamName":"orders"})";
    EXPECT_NE(call(one, "DescribeStreamSummary", orders).find("ACTIVE"), std::string::npos);
    call(one, "DeleteStream", orders);
    EXPECT_NE(call(one, "DescribeStreamSummary", orders).find("DELETING"), std::string::npos);
}

TEST(embedded_server, keeps_to_its_number_of_streams_on_demand) {
    settings s = on_a_free_port();
    s.on_demand_stream_limit = 0;
    server one(s);
    one.start();
    const std::string answer = call(one, "CreateStream", R"({"StreamName":"orders"})");
    EXPECT_NE(answer.find("LimitExceededException"), std::string::npos) << answer;
}

TEST(embedded_server, lets_iterators_grow_as_old_as_it_was_told) {
    settings s = on_a_free_port();
    s.iterator_age = std::chrono::milliseconds(1);
    s.streams = {{"orders", 1, {}}};
    server one(s);
    one.start();
    const std::string answer = call(
        one,
        "GetShardIterator",
        R"({"StreamName":"orders","ShardId":"0","ShardIteratorType":"LATEST"})");
    const std::string body = answer.substr(answer.find("\r\n\r\n") + 4);
    // Each call takes a while, so it is old after a few.
    std::string last;
    for (int i = 0; i < 10'000 && last.find("ExpiredIterator") == std::string::npos; ++i) {
        last = call(one, "GetRecords", body);
    }
    EXPECT_NE(last.find("ExpiredIteratorException"), std::string::npos) << last;
}

TEST(embedded_server, fails_as_often_as_it_was_told) {
    settings s = on_a_free_port();
    s.error_probability = 1;
    s.streams = {{"orders", 1, {}}};
    server one(s);
    one.start();
    const std::string answer =
        call(one, "PutRecord", R"({"StreamName":"orders","PartitionKey":"k","Data":""})");
    EXPECT_NE(answer.find("ProvisionedThroughputExceededException"), std::string::npos) << answer;
}

}  // namespace
}  // namespace kinetide::testing
