// Streams that are there before the first request.

#include <stdexcept>

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

class initial_streams : public ::testing::Test {
protected:
    service_kit& started(service::options o) {
        kit = std::make_unique<service_kit>(wire::form::json, std::move(o));
        kit->create_streams();
        return *kit;
    }
    static std::string complaint(const service::options& o) {
        try {
            service_kit(wire::form::json, o).create_streams();
        } catch (const std::runtime_error& e) {
            return e.what();
        }
        return "none";
    }

    std::unique_ptr<service_kit> kit;
};

TEST_F(initial_streams, are_like_any_other) {
    service::options o;
    o.streams = {{"orders", 2, {}}, {"events", 1, "eu-west-1"}};
    service_kit& service = started(o);
    EXPECT_EQ(service.stream_names(), std::vector<std::string>{"orders"});
    EXPECT_EQ(service.summary("orders")["OpenShardCount"], 2);
    EXPECT_EQ(service.summary("orders")["StreamStatus"], "ACTIVE");
    service.put("orders", "k", "x");
    service.act_as("000000000000", "eu-west-1");
    EXPECT_EQ(service.stream_names(), std::vector<std::string>{"events"});
}

TEST_F(initial_streams, belong_to_the_account_and_region_of_the_service) {
    service::options o;
    o.account_id = "123456789012";
    o.region = "ap-south-1";
    o.streams = {{"orders", 1, {}}};
    service_kit& service = started(o);
    EXPECT_TRUE(service.stream_names().empty());
    service.act_as("123456789012", "ap-south-1");
    EXPECT_EQ(service.stream_names(), std::vector<std::string>{"orders"});
}

TEST_F(initial_streams, take_their_time) {
    service::options o = slow_transitions();
    o.streams = {{"orders", 1, {}}};
    service_kit& service = started(o);
    EXPECT_EQ(service.summary("orders")["StreamStatus"], "CREATING");
    service.clock.advance_ms(500);
    EXPECT_EQ(service.summary("orders")["StreamStatus"], "ACTIVE");
}

TEST_F(initial_streams, may_be_more_than_can_be_creating_at_once) {
    service::options o = aws_limits();
    for (const char* name : {"a", "b", "c", "d", "e", "f"}) o.streams.push_back({name, 1, {}});
    EXPECT_EQ(started(o).stream_names().size(), 6U);
}

TEST_F(initial_streams, say_which_one_is_refused_and_why) {
    service::options o;
    o.engine.shard_limit = 3;
    o.streams = {{"orders", 2, {}}, {"events", 2, {}}};
    const std::string full = complaint(o);
    EXPECT_TRUE(full.starts_with("stream events cannot be created: LimitExceededException: "))
        << full;
    o.streams = {{"orders", 1, {}}, {"orders", 2, {}}};
    const std::string twice = complaint(o);
    EXPECT_TRUE(twice.starts_with("stream orders cannot be created: ResourceInUseException: "))
        << twice;
    o.streams = {{"no\"name\n", 1, {}}};
    const std::string bad = complaint(o);
    EXPECT_NE(bad.find("Member must satisfy regular expression pattern"), std::string::npos) << bad;
}

}  // namespace
}  // namespace kinetide::testing
