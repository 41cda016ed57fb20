#include "scenes.hpp"

namespace kinetide::testing::scenes {

json named(json more) {
    more["StreamName"] = "orders";
    return more;
}

json by_arn(json more) {
    more["StreamARN"] = arn_of("orders");
    return more;
}

json resource(json more) {
    more["ResourceARN"] = arn_of("orders");
    return more;
}

json commitment(const std::string& status) {
    return {{"MinimumThroughputBillingCommitment", {{"Status", status}}}};
}

json policy() {
    const json statement = {
        {"Sid", "others"},
        {"Effect", "Allow"},
        {"Principal", {{"AWS", "arn:aws:iam::111111111111:root"}}},
        {"Action", {"kinesis:DescribeStreamSummary", "kinesis:GetRecords"}},
        {"Resource", arn_of("orders")}};
    const json whole = {{"Version", "2012-10-17"}, {"Statement", json::array({statement})}};
    return resource({{"Policy", whole.dump()}});
}

json orders(kit& s, const json& more) {
    s.create_stream("orders");
    return named(more);
}

json two_shards(kit& s, const json& more) {
    s.create_stream("orders", {.shards = 2});
    return named(more);
}

json consumer(kit& s) {
    s.create_stream("orders");
    const json made = done(s, "RegisterStreamConsumer", by_arn({{"ConsumerName", "billing"}}));
    return {{"ConsumerARN", made.at("Consumer").at("ConsumerARN")}};
}

json subscription(const json& consumer) {
    json body = consumer;
    body["ShardId"] = "shardId-0";
    body["StartingPosition"] = {{"Type", "TRIM_HORIZON"}};
    return body;
}

json tagged(kit& s, const json& body) {
    s.create_stream("orders");
    done(s, "AddTagsToStream", named(tags));
    return body;
}

json encrypted(kit& s) {
    s.create_stream("orders");
    done(s, "StartStreamEncryption", named(key));
    return named(key);
}

json warm(kit& s, const json& body) {
    done(s, "UpdateAccountSettings", commitment("ENABLED"));
    s.create_on_demand("orders");
    return body;
}

}  // namespace kinetide::testing::scenes
