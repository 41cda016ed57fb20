// Requests whose answers tell what those of the base requests do not.

#include "scenes.hpp"

namespace kinetide::testing {
namespace {

using namespace scenes;

// The parent's end, where its children are told.
json closed_shard(kit& s) {
    s.create_stream("orders");
    const json split = {{"ShardToSplit", "shardId-0"}, {"NewStartingHashKey", middle_key}};
    done(s, "SplitShard", named(split));
    return {{"ShardIterator", s.iterator("orders", "TRIM_HORIZON")}};
}

json subscribed_to_closed_shard(kit& s) {
    const json body = subscription(consumer(s));
    const json split = {{"ShardToSplit", "shardId-0"}, {"NewStartingHashKey", middle_key}};
    done(s, "SplitShard", named(split));
    return body;
}

json merged(kit& s) {
    const json merge = {{"ShardToMerge", "shardId-0"}, {"AdjacentShardToMerge", "shardId-1"}};
    done(s, "MergeShards", two_shards(s, merge));
    return named();
}

json two_streams(kit& s) {
    s.create_stream("orders");
    s.create_stream("returns");
    return {{"Limit", 1}};
}

json two_consumers(kit& s) {
    consumer(s);
    done(s, "RegisterStreamConsumer", by_arn({{"ConsumerName", "shipping"}}));
    return by_arn({{"MaxResults", 1}});
}

json warmed(kit& s) {
    done(s, "UpdateStreamWarmThroughput", warm(s, named({{"WarmThroughputMiBps", 100}})));
    return named();
}

json throttled(kit& s) {
    s.create_stream("orders");
    const json large = {{"Data", base64(std::string(600'000, 'x'))}, {"PartitionKey", "k"}};
    return named({{"Records", {large, large}}});
}

json after_commitment(kit& s) {
    done(s, "UpdateAccountSettings", commitment("ENABLED"));
    s.clock.advance_ms(std::int64_t{25} * 3'600'000);
    done(s, "UpdateAccountSettings", commitment("DISABLED"));
    return json::object();
}

json encrypted_record(kit& s) {
    encrypted(s);
    s.put("orders", "k", "data");
    return {{"ShardIterator", s.iterator("orders", "TRIM_HORIZON")}};
}

}  // namespace

const std::vector<request>& more_requests() {
    static const std::vector<request> all{
        {"DescribeAccountSettings",
         [](kit& s) {
             done(s, "UpdateAccountSettings", commitment("ENABLED"));
             return json::object();
         }},
        {"DescribeAccountSettings", after_commitment},
        {"DescribeStream", merged},
        {"DescribeStream",
         [](kit& s) {
             encrypted(s);
             return named();
         }},
        {"DescribeStream",
         [](kit& s) {
             done(s, "EnableEnhancedMonitoring", orders(s, metrics));
             return named();
         }},
        {"DescribeStreamSummary",
         [](kit& s) {
             encrypted(s);
             return named();
         }},
        {"DescribeStreamSummary",
         [](kit& s) {
             done(s, "EnableEnhancedMonitoring", orders(s, metrics));
             return named();
         }},
        {"DescribeStreamSummary", warmed},
        {"EnableEnhancedMonitoring",
         [](kit& s) {
             done(s, "EnableEnhancedMonitoring", orders(s, metrics));
             return named({{"ShardLevelMetrics", {"ALL"}}});
         }},
        {"DisableEnhancedMonitoring",
         [](kit& s) {
             done(s, "EnableEnhancedMonitoring", orders(s, {{"ShardLevelMetrics", {"ALL"}}}));
             return named(metrics);
         }},
        {"GetRecords", closed_shard},
        {"GetRecords", encrypted_record},
        {"ListShards", merged},
        {"ListShards",
         [](kit& s) {
             return two_shards(s, {{"MaxResults", 1}});
         }},
        {"ListStreams", two_streams},
        {"ListStreamConsumers", two_consumers},
        {"PutRecord",
         [](kit& s) {
             encrypted(s);
             return named({{"Data", base64("data")}, {"PartitionKey", "k"}});
         }},
        {"PutRecords",
         [](kit& s) {
             encrypted(s);
             const json one = {{"Data", base64("data")}, {"PartitionKey", "k"}};
             return named({{"Records", json::array({one})}});
         }},
        {"PutRecords", throttled},
        {"SubscribeToShard", subscribed_to_closed_shard},
        {"UpdateAccountSettings",
         [](kit& s) {
             done(s, "UpdateAccountSettings", commitment("ENABLED"));
             s.clock.advance_ms(std::int64_t{25} * 3'600'000);
             return commitment("DISABLED");
         }},
        {"UpdateAccountSettings", [](kit& s) {
             done(s, "UpdateAccountSettings", commitment("ENABLED"));
             return commitment("DISABLED");
         }}};
    return all;
}

}  // namespace kinetide::testing
