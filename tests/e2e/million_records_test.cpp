// 16 writers and 4 readers over 8 shards and HTTP: a million records that carry writer, key and
// counter arrive once each, every key in order.

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <kinetide/server.hpp>
#include <map>
#include <thread>
#include <vector>

#include "support/http_client.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

constexpr int writers = 16;
constexpr int readers = 4;
constexpr int shards = 8;
constexpr int keys_of_writer = 20;
constexpr int records_of_call = 500;
constexpr int calls_of_writer = 125;

// Every key is one writer's; its counter rises by one with each record.
void write_records(std::uint16_t port, int writer) {
    http_client client(port);
    for (int c = 0; c < calls_of_writer; ++c) {
        json records = json::array();
        for (int i = 0; i < records_of_call; ++i) {
            const int n = c * records_of_call + i;
            const std::string key =
                std::to_string(writer) + "/" + std::to_string(n % keys_of_writer);
            records.push_back(
                {{"PartitionKey", key}, {"Data", base64(key + "#" + std::to_string(n))}});
        }
        const http_reply r =
            client.call("PutRecords", {{"StreamName", "s"}, {"Records", std::move(records)}});
        ASSERT_EQ(r.status, 200) << r.body.dump();
        ASSERT_EQ(r.body["FailedRecordCount"], 0);
    }
}

struct found {
    std::size_t records = 0;
    std::size_t wrong = 0;  // out of order, doubled or skipped within a key
};

// Reads one shard until the writers are done and nothing is left.
found read_records(std::uint16_t port, int shard, const std::atomic<bool>& done) {
    http_client client(port);
    std::map<std::string, int> next_of_key;
    std::string at = client
                         .call(
                             "GetShardIterator",
                             {{"StreamName", "s"},
                              {"ShardId", std::to_string(shard)},
                              {"ShardIteratorType", "TRIM_HORIZON"}})
                         .body["ShardIterator"];
    found f;
    while (true) {
        const bool was_done = done;
        const http_reply page = client.call("GetRecords", {{"ShardIterator", at}});
        EXPECT_EQ(page.status, 200);
        for (const json& r : page.body["Records"]) {
            const std::string key = r["PartitionKey"];
            const std::string data = from_base64(r["Data"].get<std::string>());
            const int first = std::stoi(key.substr(key.find('/') + 1));
            const auto it = next_of_key.try_emplace(key, first).first;
            if (data != key + "#" + std::to_string(it->second)) ++f.wrong;
            it->second += keys_of_writer;
            ++f.records;
        }
        if (page.body["Records"].empty() && was_done) return f;
        at = page.body["NextShardIterator"];
    }
}

TEST(million_records, arrive_once_each_and_in_each_keys_order) {
    server kinetide;
    kinetide.start();
    const std::uint16_t port = kinetide.port();
    http_client control(port);
    ASSERT_EQ(
        control.call("CreateStream", {{"StreamName", "s"}, {"ShardCount", shards}}).status, 200);

    std::atomic<bool> done = false;
    std::atomic<std::size_t> records = 0;
    std::atomic<std::size_t> wrong = 0;
    std::vector<std::thread> reading;
    for (int first = 0; first < readers; ++first) {
        reading.emplace_back([&, first] {
            for (int shard = first; shard < shards; shard += readers) {
                const found f = read_records(port, shard, done);
                records += f.records;
                wrong += f.wrong;
            }
        });
    }
    std::vector<std::thread> writing;
    for (int w = 0; w < writers; ++w) writing.emplace_back(write_records, port, w);
    for (auto& t : writing) t.join();
    done = true;
    for (auto& t : reading) t.join();

    EXPECT_EQ(records, static_cast<std::size_t>(writers) * calls_of_writer * records_of_call);
    EXPECT_EQ(wrong, 0U);
    kinetide.stop();
}

}  // namespace
}  // namespace kinetide::testing
