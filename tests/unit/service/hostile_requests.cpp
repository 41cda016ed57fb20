#include "hostile_requests.hpp"

namespace kinetide::testing {
namespace {

using texts = std::vector<std::string>;

// The body with this raw text in the place of the abused member's value.
std::string with(const victim& v, const std::string& raw) {
    json rest = v.body;
    rest.erase(v.text_member);
    std::string out = rest.dump();
    out.pop_back();
    return out + (rest.empty() ? "" : ",") + '"' + v.text_member + "\":" + raw + "}";
}

std::string beside(const victim& v, const std::string& member) {
    std::string out = v.body.dump();
    out.pop_back();
    return out + (v.body.empty() ? "" : ",") + member + "}";
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

texts wrong_types(const victim& v) {
    return {with(v, "true"), with(v, "7"), with(v, "[]"), with(v, "{}")};
}
texts broken_encodings(const victim& v) {
    return {
        with(v, "\"\xff\xfe\""),           // no UTF-8 at all
        with(v, "\"\xc0\xaf\""),           // an overlong '/'
        with(v, "\"\xed\xa0\x80\""),       // a surrogate
        with(v, "\"\xf4\x90\x80\x80\"")};  // beyond Unicode
}
texts abused_texts(const victim& v) {
    return {with(v, "\"../../etc/passwd\""), with(v, "\"orders\\u0000\""), with(v, "\"\"")};
}
texts numbers(const victim& v) {
    return {
        with(v, "1e999999999"),
        with(v, "-9223372036854775809"),
        with(v, "0x10"),
        with(v, "01"),
        with(v, "NaN"),
        with(v, "+1"),
        with(v, "1.")};
}
texts sizes(const victim& v) { return {with(v, '"' + std::string(70'000, 'a') + '"')}; }

texts nestings(const victim& v) {
    return {
        beside(v, "\"x\":" + nested(32)),
        beside(v, "\"x\":" + nested(50'000)),
        beside(v, "\"x\":" + std::string(50'000, '[')),
        beside(v, "\"x\":" + std::string(50'000, '{') + "\"a\":1")};
}
texts truncations(const victim& v) {
    const std::string whole = v.body.dump();
    texts out{"{"};
    for (const std::size_t size : {whole.size() / 3, whole.size() / 2, whole.size() - 1}) {
        if (size > 1) out.push_back(whole.substr(0, size));
    }
    return out;
}
texts trailing(const victim& v) {
    const std::string whole = v.body.dump();
    return {whole + "}", whole + whole, whole + ",", whole + std::string(1, '\0')};
}
texts broken_syntax(const victim& v) {
    return {
        beside(v, "\"x\":1,"),
        beside(v, "'x':1"),
        beside(v, "x:1"),
        beside(v, "\"x\" 1"),
        "/* so */" + v.body.dump(),
        beside(v, "\"x\":\"\n\""),
        beside(v, "\"x\":\"\\q\"")};
}
texts no_objects(const victim& v) {
    return {"[" + v.body.dump() + "]", "\"" + v.operation + "\"", "null", "true", "12", " "};
}

}  // namespace

std::vector<hostile_request> hostile_requests(const victim& v) {
    std::vector<hostile_request> all;
    const auto add = [&](const char* its_class, const texts& bodies) {
        for (const std::string& body : bodies) all.push_back({v.operation, its_class, body});
    };
    add("nesting", nestings(v));
    add("truncation", truncations(v));
    add("trailing bytes", trailing(v));
    add("broken syntax", broken_syntax(v));
    add("no object", no_objects(v));
    if (v.text_member.empty()) return all;
    add("wrong type", wrong_types(v));
    add("broken encoding", broken_encodings(v));
    add("abused text", abused_texts(v));
    add("number", numbers(v));
    add("size", sizes(v));
    return all;
}

std::vector<victim> victims(const std::string& iterator, const std::string& consumer_arn) {
    const std::string arn = arn_of("orders");
    const json orders = {{"StreamName", "orders"}};
    const auto named = [&](json more) {
        more["StreamName"] = "orders";
        return more;
    };
    const auto by_arn = [&](json more) {
        more["StreamARN"] = arn;
        return more;
    };
    const auto resource = [&](json more) {
        more["ResourceARN"] = arn;
        return more;
    };
    const std::string name = "StreamName";
    const std::string key = "alias/aws/kinesis";
    const json policy = {
        {"Version", "2012-10-17"},
        {"Statement",
         {{{"Effect", "Allow"},
           {"Principal", {{"AWS", "111111111111"}}},
           {"Action", "kinesis:PutRecord"},
           {"Resource", arn}}}}};
    return {
        {"AddTagsToStream", named({{"Tags", {{"a", "b"}}}}), name},
        {"CreateStream", {{"StreamName", "new"}, {"ShardCount", 1}}, name},
        {"DecreaseStreamRetentionPeriod", named({{"RetentionPeriodHours", 24}}), name},
        {"DeleteResourcePolicy", resource({}), "ResourceARN"},
        {"DeleteStream", named({{"EnforceConsumerDeletion", true}}), name},
        {"DeregisterStreamConsumer", {{"ConsumerARN", consumer_arn}}, "ConsumerARN"},
        {"DescribeAccountSettings", json::object(), ""},
        {"DescribeLimits", json::object(), ""},
        {"DescribeStream", orders, name},
        {"DescribeStreamConsumer", {{"ConsumerARN", consumer_arn}}, "ConsumerARN"},
        {"DescribeStreamSummary", orders, name},
        {"DisableEnhancedMonitoring", named({{"ShardLevelMetrics", {"ALL"}}}), name},
        {"EnableEnhancedMonitoring", named({{"ShardLevelMetrics", {"ALL"}}}), name},
        {"GetRecords", {{"ShardIterator", iterator}}, "ShardIterator"},
        {"GetResourcePolicy", resource({}), "ResourceARN"},
        {"GetShardIterator",
         named({{"ShardId", "shardId-0"}, {"ShardIteratorType", "LATEST"}}),
         "ShardIteratorType"},
        {"IncreaseStreamRetentionPeriod", named({{"RetentionPeriodHours", 48}}), name},
        {"ListShards", orders, name},
        {"ListStreamConsumers", by_arn({}), "StreamARN"},
        {"ListStreams", {{"ExclusiveStartStreamName", "a"}}, "ExclusiveStartStreamName"},
        {"ListTagsForResource", resource({}), "ResourceARN"},
        {"ListTagsForStream", orders, name},
        {"MergeShards",
         named({{"ShardToMerge", "shardId-0"}, {"AdjacentShardToMerge", "shardId-1"}}),
         "ShardToMerge"},
        {"PutRecord", named({{"PartitionKey", "k"}, {"Data", "YQ=="}}), name},
        {"PutRecords", named({{"Records", {{{"PartitionKey", "k"}, {"Data", "YQ=="}}}}}), name},
        {"PutResourcePolicy", resource({{"Policy", policy.dump()}}), "ResourceARN"},
        {"RegisterStreamConsumer", by_arn({{"ConsumerName", "second"}}), "ConsumerName"},
        {"RemoveTagsFromStream", named({{"TagKeys", {"a"}}}), name},
        {"SplitShard",
         named({{"ShardToSplit", "shardId-0"}, {"NewStartingHashKey", "1000"}}),
         "NewStartingHashKey"},
        {"StartStreamEncryption", named({{"EncryptionType", "KMS"}, {"KeyId", key}}), name},
        {"StopStreamEncryption", named({{"EncryptionType", "KMS"}, {"KeyId", key}}), name},
        {"SubscribeToShard",
         {{"ConsumerARN", consumer_arn},
          {"ShardId", "shardId-0"},
          {"StartingPosition", {{"Type", "LATEST"}}}},
         "ConsumerARN"},
        {"TagResource", resource({{"Tags", {{"a", "b"}}}}), "ResourceARN"},
        {"UntagResource", resource({{"TagKeys", {"a"}}}), "ResourceARN"},
        {"UpdateAccountSettings",
         {{"MinimumThroughputBillingCommitment", {{"Status", "ENABLED"}}}},
         "MinimumThroughputBillingCommitment"},
        {"UpdateMaxRecordSize", by_arn({{"MaxRecordSizeInKiB", 2048}}), "StreamARN"},
        {"UpdateShardCount",
         named({{"TargetShardCount", 4}, {"ScalingType", "UNIFORM_SCALING"}}),
         "ScalingType"},
        {"UpdateStreamMode",
         by_arn({{"StreamModeDetails", {{"StreamMode", "ON_DEMAND"}}}}),
         "StreamARN"},
        {"UpdateStreamRecordDistributionStrategy",
         by_arn({{"RecordDistributionStrategy", "USER_PARTITION_KEY"}}),
         "StreamARN"},
        {"UpdateStreamWarmThroughput", named({{"WarmThroughputMiBps", 10}}), name},
    };
}

}  // namespace kinetide::testing
