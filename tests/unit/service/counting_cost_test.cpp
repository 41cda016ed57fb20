// What counting costs the data path: not one allocation, once a worker has met a stream and its
// shards.

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/counts.hpp"
#include "service/dispatcher.hpp"
#include "support/allocation_count.hpp"
#include "support/engine_kit.hpp"
#include "support/fake_home.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

constexpr int rounds = 500;

// A server without a service around it, with or without somebody who counts.
class worker {
public:
    explicit worker(bool counted) : stream(kit.create("orders", 4)) {
        if (counted) counts.emplace(store);
        dispatcher.emplace(
            kit.engine, service::auth_mode::off, test_tenant, nullptr, counts ? &*counts : nullptr);
    }

    http::response call(std::string_view operation, const std::string& body) {
        const std::string target = "Kinesis_20131202." + std::string(operation);
        http::request r;
        r.method = "POST";
        r.target = "/";
        r.fields = {{"Content-Type", "application/x-amz-json-1.1"}, {"X-Amz-Target", target}};
        r.body = body;
        http::response out = dispatcher->answer(r, home, nullptr);
        EXPECT_EQ(out.status, 200) << out.body;
        return out;
    }

    // Puts and gets of every kind, a few to each shard.
    void work(int times) {
        const std::string record = R"({"Data":"AAAA","PartitionKey":")";
        for (int i = 0; i < times; ++i) {
            const std::string key = std::to_string(i % 16);
            call("PutRecord", R"({"StreamName":"orders",)" + record.substr(1) + key + "\"}");
            call(
                "PutRecords",
                R"({"StreamName":"orders","Records":[)" + record + key + "\"}," + record +
                    std::to_string(i % 7) + "\"}]}");
            call("GetRecords", R"({"Limit":2,"ShardIterator":")" + iterator + "\"}");
        }
    }
    // Of so many rounds, when all that is made once is made.
    std::int64_t allocations_of(int times) {
        work(rounds);
        const std::int64_t before = allocations();
        work(times);
        return allocations() - before;
    }

    engine_kit kit;
    std::shared_ptr<engine::stream> stream;
    metrics::metric_store store{kit.clock};
    std::optional<service::counts> counts;
    fake_home home;
    std::optional<service::dispatcher> dispatcher;
    std::string iterator;
};

std::int64_t cost(bool counted, bool by_shard) {
    worker w(counted);
    if (by_shard) {
        w.call(
            "EnableEnhancedMonitoring", R"({"StreamName":"orders","ShardLevelMetrics":["ALL"]})");
    }
    const auto made = w.call(
        "GetShardIterator",
        R"({"StreamName":"orders","ShardId":"shardId-000000000000",)"
        R"("ShardIteratorType":"TRIM_HORIZON"})");
    w.iterator = json::parse(made.body)["ShardIterator"];
    const std::int64_t made_by_calls = w.allocations_of(rounds);
    if (counted) {
        w.counts->hand_over();
        EXPECT_EQ(w.store.series_count(), 20U + (by_shard ? 3 * 4 + 4 : 0));
    }
    return made_by_calls;
}

TEST(counting_cost, is_no_allocation) {
    cost(true, true);  // what is made once in a program
    EXPECT_EQ(cost(true, false), cost(false, false));
}

TEST(counting_cost, is_no_allocation_for_shards_either) {
    cost(true, true);
    EXPECT_EQ(cost(true, true), cost(false, true));
}

}  // namespace
}  // namespace kinetide::testing
