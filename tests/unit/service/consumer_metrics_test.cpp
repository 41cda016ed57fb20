// The metrics of a consumer's subscriptions: the calls, and each event that was said.

#include "metric_calls.hpp"
#include "support/subscribing.hpp"

namespace kinetide::testing {
namespace {

struct consumer_metrics : ::testing::Test {
    service_kit service{wire::form::json};
    const named_dimensions billing = of_consumer("orders", "billing");

    consumer_metrics() { create_subscribed(service); }
    std::string measured(const std::string& metric) {
        return testing::measured(service, metric, billing);
    }
};

TEST_F(consumer_metrics, count_calls_that_subscribe_and_calls_that_may_not) {
    const auto first = subscribe(service, from("LATEST"));
    ASSERT_FALSE(service.call("SubscribeToShard", from("LATEST")).ok());
    EXPECT_EQ(measured("SubscribeToShard.Success"), "2 1 0 1");
    EXPECT_EQ(measured("SubscribeToShard.RateExceeded"), "2 1 0 1");
}

TEST_F(consumer_metrics, count_events_and_beats) {
    const auto reader = subscribe(service, from("LATEST"));
    const json record = {{"Data", base64("abc")}, {"PartitionKey", "k"}};
    const json two = {{"StreamName", "orders"}, {"Records", {record, record}}};
    ASSERT_TRUE(service.call("PutRecords", two).ok());
    service.home.answer_rings();
    reader->take_if_woken();
    ASSERT_EQ(data_in(reader->events()).size(), 2U);
    EXPECT_EQ(measured("SubscribeToShardEvent.Records"), "1 2 2 2");
    EXPECT_EQ(measured("SubscribeToShardEvent.Bytes"), "1 8 8 8");
    EXPECT_EQ(measured("SubscribeToShardEvent.MillisBehindLatest"), "1 0 0 0");
    service.pass(5'000);
    reader->take_if_woken();
    EXPECT_EQ(measured("SubscribeToShardEvent.Success"), "2 2 1 1");
    EXPECT_EQ(measured("SubscribeToShardEvent.Records"), "2 2 0 2");
}

TEST_F(consumer_metrics, know_who_is_subscribed) {
    const auto subscribers = [&] {
        const std::string page = service.send({"GET", "/metrics", {}, ""}).bytes;
        const std::string name = "\nkinetide_subscribers ";
        return page.substr(page.find(name) + name.size(), 1);
    };
    auto reader = subscribe(service, from("LATEST"));
    EXPECT_EQ(subscribers(), "1");
    reader.reset();
    EXPECT_EQ(subscribers(), "0");
}

}  // namespace
}  // namespace kinetide::testing
