// One request for each operation, in the order of the names.

#include "scenes.hpp"

namespace kinetide::testing {
namespace {

using namespace scenes;

json spread(kit& s, const json& more) {
    s.create_on_demand("orders");
    return by_arn(more);
}

json read(kit& s) {
    s.create_stream("orders");
    s.put("orders", "k", "data");
    return {{"ShardIterator", s.iterator("orders", "TRIM_HORIZON")}};
}

json subscribed(kit& s) {
    const json body = subscription(consumer(s));
    s.put("orders", "k", "data");
    return body;
}

}  // namespace

const std::vector<request>& base_requests() {
    static const std::vector<request> all{
        {"AddTagsToStream", [](kit& s) { return orders(s, tags); }},
        {"CreateStream",
         [](kit&) {
             return named({{"ShardCount", 1}});
         }},
        {"DecreaseStreamRetentionPeriod",
         [](kit& s) {
             s.create_stream("orders", {.retention_hours = 48});
             return named({{"RetentionPeriodHours", 24}});
         }},
        {"DeleteResourcePolicy",
         [](kit& s) {
             s.create_stream("orders");
             done(s, "PutResourcePolicy", policy());
             return resource();
         }},
        {"DeleteStream", [](kit& s) { return orders(s); }},
        {"DeregisterStreamConsumer", consumer},
        {"DescribeAccountSettings", [](kit&) { return json::object(); }},
        {"DescribeLimits", [](kit&) { return json::object(); }},
        {"DescribeStream", [](kit& s) { return orders(s); }},
        {"DescribeStreamConsumer", consumer},
        {"DescribeStreamSummary", [](kit& s) { return orders(s); }},
        {"DisableEnhancedMonitoring",
         [](kit& s) {
             done(s, "EnableEnhancedMonitoring", orders(s, metrics));
             return named(metrics);
         }},
        {"EnableEnhancedMonitoring", [](kit& s) { return orders(s, metrics); }},
        {"GetRecords", read},
        {"GetResourcePolicy",
         [](kit& s) {
             s.create_stream("orders");
             done(s, "PutResourcePolicy", policy());
             return resource();
         }},
        {"GetShardIterator",
         [](kit& s) {
             return orders(s, {{"ShardId", "shardId-0"}, {"ShardIteratorType", "LATEST"}});
         }},
        {"IncreaseStreamRetentionPeriod",
         [](kit& s) {
             return orders(s, {{"RetentionPeriodHours", 48}});
         }},
        {"ListShards", [](kit& s) { return orders(s); }},
        {"ListStreamConsumers",
         [](kit& s) {
             consumer(s);
             return by_arn();
         }},
        {"ListStreams",
         [](kit& s) {
             s.create_stream("orders");
             return json::object();
         }},
        {"ListTagsForResource", [](kit& s) { return tagged(s, resource()); }},
        {"ListTagsForStream", [](kit& s) { return tagged(s, named()); }},
        {"MergeShards",
         [](kit& s) {
             return two_shards(
                 s, {{"ShardToMerge", "shardId-0"}, {"AdjacentShardToMerge", "shardId-1"}});
         }},
        {"PutRecord",
         [](kit& s) {
             return orders(s, {{"Data", base64("data")}, {"PartitionKey", "k"}});
         }},
        {"PutRecords",
         [](kit& s) {
             const json one = {{"Data", base64("data")}, {"PartitionKey", "k"}};
             return orders(s, {{"Records", json::array({one})}});
         }},
        {"PutResourcePolicy",
         [](kit& s) {
             s.create_stream("orders");
             return policy();
         }},
        {"RegisterStreamConsumer",
         [](kit& s) {
             s.create_stream("orders");
             return by_arn({{"ConsumerName", "billing"}});
         }},
        {"RemoveTagsFromStream",
         [](kit& s) {
             return tagged(s, named({{"TagKeys", {"k"}}}));
         }},
        {"SplitShard",
         [](kit& s) {
             return orders(s, {{"ShardToSplit", "shardId-0"}, {"NewStartingHashKey", middle_key}});
         }},
        {"StartStreamEncryption", [](kit& s) { return orders(s, key); }},
        {"StopStreamEncryption", encrypted},
        {"SubscribeToShard", subscribed},
        {"TagResource",
         [](kit& s) {
             s.create_stream("orders");
             return resource(tags);
         }},
        {"UntagResource",
         [](kit& s) {
             return tagged(s, resource({{"TagKeys", {"k"}}}));
         }},
        {"UpdateAccountSettings", [](kit&) { return commitment("ENABLED"); }},
        {"UpdateMaxRecordSize",
         [](kit& s) {
             s.create_stream("orders");
             return by_arn({{"MaxRecordSizeInKiB", 2048}});
         }},
        {"UpdateShardCount",
         [](kit& s) {
             return two_shards(s, {{"TargetShardCount", 4}, {"ScalingType", "UNIFORM_SCALING"}});
         }},
        {"UpdateStreamMode",
         [](kit& s) {
             s.create_stream("orders");
             return by_arn({{"StreamModeDetails", {{"StreamMode", "ON_DEMAND"}}}});
         }},
        {"UpdateStreamRecordDistributionStrategy",
         [](kit& s) {
             return spread(s, {{"RecordDistributionStrategy", "AUTO"}});
         }},
        {"UpdateStreamWarmThroughput", [](kit& s) {
             return warm(s, named({{"WarmThroughputMiBps", 100}}));
         }}};
    return all;
}

}  // namespace kinetide::testing
