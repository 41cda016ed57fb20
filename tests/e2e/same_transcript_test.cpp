// With a seed and a clock that stands still, the same requests in the same order per stream give
// the same ids, numbers and tokens, with any number of workers.

#include <gtest/gtest.h>

#include <chrono>
#include <kinetide/server.hpp>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "support/http_client.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

constexpr int streams = 8;

// All answers to one client that works on one stream alone.
std::string use_stream(std::uint16_t port, const std::string& name) {
    http_client client(port);
    std::string transcript;
    const auto call = [&](std::string_view operation, const json& body) {
        const http_reply r = client.call(operation, body);
        EXPECT_EQ(r.status, 200) << r.body.dump();
        transcript += r.body.dump() + "\n";
        return r.body;
    };
    for (int i = 0; i < 50; ++i) {
        call(
            "PutRecord",
            {{"StreamName", name},
             {"PartitionKey", std::to_string(i)},
             {"Data", base64(std::to_string(i))}});
    }
    for (const char* shard : {"0", "1"}) {
        json at = call(
            "GetShardIterator",
            {{"StreamName", name}, {"ShardId", shard}, {"ShardIteratorType", "TRIM_HORIZON"}});
        std::string iterator = at["ShardIterator"];
        for (int i = 0; i < 5; ++i) {
            iterator = call(
                "GetRecords", {{"ShardIterator", iterator}, {"Limit", 7}})["NextShardIterator"];
        }
    }
    call("DescribeStream", {{"StreamName", name}});
    return transcript;
}

std::map<std::string, std::string> transcripts(unsigned workers) {
    settings s;
    s.ports = {0};
    s.workers = workers;
    s.seed = 42;
    s.clock = std::chrono::sys_time<std::chrono::milliseconds>(
        std::chrono::milliseconds(1'767'225'600'000));
    server kinetide(s);
    kinetide.start();
    const std::uint16_t port = kinetide.port();
    http_client control(port);
    for (int i = 0; i < streams; ++i) {
        control.call("CreateStream", {{"StreamName", "s" + std::to_string(i)}, {"ShardCount", 2}});
    }
    std::map<std::string, std::string> all;
    std::vector<std::string> results(streams);
    std::vector<std::thread> clients;
    for (std::size_t i = 0; i < streams; ++i) {
        clients.emplace_back([&, i] { results[i] = use_stream(port, "s" + std::to_string(i)); });
    }
    for (auto& t : clients) t.join();
    for (std::size_t i = 0; i < streams; ++i) all["s" + std::to_string(i)] = results[i];
    all["ListStreams"] = control.call("ListStreams", {{"Limit", 3}}).body.dump();
    return all;
}

TEST(same_transcript, with_one_worker_and_with_four) {
    const auto one = transcripts(1);
    const auto four = transcripts(4);
    ASSERT_FALSE(one.at("s0").empty());
    EXPECT_NE(one.at("s0"), one.at("s1"));
    EXPECT_EQ(one, four);
}

}  // namespace
}  // namespace kinetide::testing
