// What sleeping subscribers cost those who put: no allocation, and one ring of each worker between
// two of its runs.  What they cost together while nothing happens.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "service/push.hpp"
#include "support/allocation_count.hpp"
#include "support/engine_kit.hpp"

namespace kinetide::testing {
namespace {

constexpr int workers = 2;
constexpr int subscribers = 1'000;
constexpr int puts = 10'000;

class counting_home final : public http::home {
public:
    explicit counting_home(unsigned number) : number_(number) {}
    [[nodiscard]] unsigned number() const override { return number_; }
    void ring() override { ++rings; }
    void afterwards(std::function<void()> task) override { task(); }
    void on_ring(std::function<void()> task) override { on_ring_ = std::move(task); }
    void run_after(std::chrono::milliseconds, std::function<void()>) override { ++timers; }
    void run() {
        rings = 0;
        on_ring_();
    }

    int rings = 0;  // since it last ran
    int timers = 0;

private:
    const unsigned number_;
    std::function<void()> on_ring_;
};

// A thousand of as many consumers over a few shards, half on either worker.
class crowd {
public:
    explicit crowd(std::uint32_t shards) : stream(kit.create("orders", shards)) {}

    std::unique_ptr<http::body_stream> subscribe(int i) {
        const auto control = kit.engine.control();
        const auto all = stream->shards();
        const auto& shard = all[static_cast<std::size_t>(i) % all.size()];
        auto result = kit.engine.subscribe(
            control, stream, shard, "c" + std::to_string(i), {shard->latest(), {}});
        return pushes.open(homes[i % workers], std::move(result.made));
    }

    // Allocations of so many puts.
    std::int64_t put(int count) {
        const std::int64_t before = allocations();
        for (int i = 0; i < count; ++i) {
            kit.put_at(stream, hash_key{static_cast<uint128>(i) << 120U}, "data");
        }
        return allocations() - before;
    }

    engine_kit kit;
    std::shared_ptr<engine::stream> stream;
    counting_home homes[workers]{counting_home(0), counting_home(1)};
    service::pushes pushes{kit.engine};
};

// Behind all that it has to say.
void expect_asleep(http::body_stream& s) {
    std::string out;
    auto state = http::body_stream::state::more;
    while (state == http::body_stream::state::more) {
        out.clear();
        state = s.next(out, 65'536);
    }
    EXPECT_EQ(state, http::body_stream::state::asleep);
}

TEST(push_cost, puts_ring_each_worker_once_until_it_has_run_and_allocate_nothing_for_sleepers) {
    crowd(20).put(puts);  // what is made once
    crowd nobody(20);
    const std::int64_t without = nobody.put(puts);

    crowd many(20);
    std::vector<int> wakes(subscribers, 0);
    std::vector<std::unique_ptr<http::body_stream>> readers;
    for (std::size_t i = 0; i < subscribers; ++i) {
        readers.push_back(many.subscribe(static_cast<int>(i)));
        readers.back()->opened([&wakes, i] { ++wakes[i]; });
        expect_asleep(*readers.back());
    }
    EXPECT_EQ(many.put(puts), without);
    for (int round = 0; round < 3; ++round) {
        for (const counting_home& home : many.homes) EXPECT_EQ(home.rings, 1) << round;
        ASSERT_EQ(wakes, std::vector<int>(subscribers, round));
        for (counting_home& home : many.homes) home.run();
        ASSERT_EQ(wakes, std::vector<int>(subscribers, round + 1));
        for (const auto& r : readers) expect_asleep(*r);
        many.put(300);
    }
}

TEST(push_cost, a_thousand_idle_subscribers_hold_less_than_32_mb_and_one_timer_a_worker) {
    crowd idle(20);
    idle.put(1'000);
    const std::int64_t before = bytes_held();
    std::vector<std::unique_ptr<http::body_stream>> sleeping;
    for (int i = 0; i < subscribers; ++i) {
        sleeping.push_back(idle.subscribe(i));
        sleeping.back()->opened([] {});
        expect_asleep(*sleeping.back());
    }
    EXPECT_LT(bytes_held() - before, 32'000'000);
    EXPECT_LT(bytes_held() - before, subscribers * 2'500) << "much less, in fact";
    for (const counting_home& home : idle.homes) {
        EXPECT_EQ(home.rings, 0);
        EXPECT_EQ(home.timers, 1);
    }
}

}  // namespace
}  // namespace kinetide::testing
