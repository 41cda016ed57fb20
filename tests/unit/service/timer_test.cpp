// What the service asks to be woken for: what is due, and memory that nobody needs.

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

TEST(timer, waits_for_what_is_due_first) {
    std::int64_t delay_ms = 0;
    std::function<void()> task;
    service::options o = slow_transitions();
    o.run_after = [&](service::timer which, std::int64_t ms, std::function<void()> then) {
        ASSERT_EQ(which, service::timer::due);
        delay_ms = ms;
        task = std::move(then);
    };
    service_kit service(wire::form::json, o);
    service.create_stream("orders");
    ASSERT_TRUE(task);
    EXPECT_EQ(delay_ms, 500);

    // Real time has passed, the clock has not: it waits again.
    service.clock.advance_ms(200);
    std::exchange(task, nullptr)();
    ASSERT_TRUE(task);
    EXPECT_EQ(delay_ms, 300);
    service.clock.advance_ms(300);
    std::exchange(task, nullptr)();
    EXPECT_FALSE(task) << "nothing is left to wait for";
    EXPECT_EQ(service.summary("orders")["StreamStatus"], "ACTIVE");

    service.put("orders", "k", "x");
    ASSERT_TRUE(task);
    EXPECT_EQ(delay_ms, 3'600'000) << "a day ahead, looked at hourly";
}

TEST(timer, gives_memory_back_that_nobody_needs) {
    std::vector<std::int64_t> delays_ms;
    std::function<void()> task;
    service::options o;
    o.run_after = [&](service::timer which, std::int64_t ms, std::function<void()> then) {
        if (which != service::timer::spare_memory) return;
        delays_ms.push_back(ms);
        task = std::move(then);
    };
    service_kit service(wire::form::cbor, o);
    service.create_stream("orders");
    for (int i = 0; i < 40; ++i) service.put("orders", "k", std::string(600'000, 'x'));
    EXPECT_FALSE(task);
    ASSERT_TRUE(service.call("DeleteStream", R"({"StreamName": "orders"})").ok());
    service.pass(0);
    for (int i = 0; i < 10 && task; ++i) std::exchange(task, nullptr)();
    EXPECT_FALSE(task) << "nothing is left to give back";
    EXPECT_EQ(delays_ms, (std::vector<std::int64_t>{10'000, 10'000, 1}));
}

}  // namespace
}  // namespace kinetide::testing
