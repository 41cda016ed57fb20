// Subscriptions of a consumer "billing" to the stream "orders", for the tests about them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "support/service_test.hpp"

namespace kinetide::testing {

// A stream with a consumer that is ACTIVE.
inline void create_subscribed(service_kit& service, int shards = 1) {
    service.create_stream("orders", {.shards = shards});
    const json billing = {{"StreamARN", arn_of("orders")}, {"ConsumerName", "billing"}};
    ASSERT_TRUE(service.call("RegisterStreamConsumer", billing).ok());
}

inline const std::string billing_arn =
    arn_of("orders") + "/consumer/billing:" + std::to_string(kit_start.seconds());

// A request from that place of shard 0; `more` are members of StartingPosition.
inline json from(const std::string& type, json more = json::object()) {
    more["Type"] = type;
    return {
        {"ConsumerARN", billing_arn},
        {"ShardId", "shardId-000000000000"},
        {"StartingPosition", std::move(more)}};
}

inline std::shared_ptr<event_reader> subscribe(service_kit& service, const json& body) {
    const reply r = service.call("SubscribeToShard", body);
    EXPECT_TRUE(r.ok()) << r.error_code << ": " << r.message;
    return r.events;
}

// What the events tell, decoded and joined.
inline std::vector<std::string> data_in(const std::vector<json>& events) {
    std::vector<std::string> data;
    for (const json& e : events) {
        for (const json& r : e.at("Records")) {
            data.push_back(from_base64(r.at("Data").get<std::string>()));
        }
    }
    return data;
}

inline const std::string subscribed_already =
    "Another active subscription exists for this consumer: "
    "000000000000:orders:shardId-000000000000:billing";

}  // namespace kinetide::testing
