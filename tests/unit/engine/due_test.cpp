// What is due is done before any call that comes after it goes on.

#include <gtest/gtest.h>

#include <chrono>
#include <future>

#include "support/engine_kit.hpp"

namespace kinetide::testing {
namespace {

// Holds a stream's settling up until it is let go.
class slow_journal final : public engine::journal_port {
public:
    bool write(const engine::change& c, engine::journal_position&) override {
        if (!std::holds_alternative<engine::stream_settled>(c) || !holds) return true;
        reached.set_value();
        go_on.get_future().wait();
        return true;
    }
    [[nodiscard]] bool is_safe(engine::journal_position) const override { return true; }

    bool holds = true;
    std::promise<void> reached;
    std::promise<void> go_on;
};

TEST(due, is_waited_for_by_calls_that_come_while_it_is_done) {
    slow_journal journal;
    engine_kit kit({}, &journal);
    {
        const auto control = kit.engine.control();
        engine::stream_created c;
        c.stream = {test_tenant, "s", kit.engine.next_generation(control, test_tenant)};
        c.at = c.settles_at = kit.engine.now();
        c.shard_count = 1;
        kit.engine.commit(control, c, kit.answer_after);
    }
    const auto s = kit.engine.find(test_tenant, "s");
    auto first = std::async(std::launch::async, [&] { kit.engine.run_due(); });
    journal.reached.get_future().wait();
    auto second = std::async(std::launch::async, [&] {
        kit.engine.run_due();
        return s->status();
    });
    // One that does not wait is done long before.
    second.wait_for(std::chrono::milliseconds(20));
    journal.go_on.set_value();
    EXPECT_EQ(second.get(), engine::stream_status::active);
    first.get();
}

TEST(due, moves_no_further_than_the_next_thing_that_waits) {
    engine_kit kit;
    const auto s = kit.create("s", 1);
    EXPECT_FALSE(kit.engine.next_due());
    kit.put(s, "k", "x");
    const auto trim = kit.engine.next_due();
    ASSERT_TRUE(trim);
    int told = 0;
    kit.engine.on_due_moved([&] { ++told; });
    const auto other = kit.create("other", 1);
    EXPECT_EQ(kit.engine.next_due(), trim) << "the new stream has settled";
    EXPECT_GE(told, 1);
    kit.remove(s);
    EXPECT_FALSE(kit.engine.next_due()) << "nothing is due of a stream that is gone";
}

}  // namespace
}  // namespace kinetide::testing
