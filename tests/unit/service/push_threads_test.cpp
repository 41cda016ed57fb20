// Writers on two threads, subscribers on two workers that come and go: nothing is lost, and no
// wake-up.  The clock stands still, so that no beat helps out.

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "service/push.hpp"
#include "support/engine_kit.hpp"
#include "support/event_stream.hpp"

namespace kinetide::testing {
namespace {

constexpr int writers = 2;
constexpr int workers = 2;
constexpr int records_of_writer = 3'000;
constexpr int subscribers_of_worker = 6;
constexpr std::uint32_t shards = 2;
// Long after every wake-up has come that will come.
constexpr std::chrono::seconds patience{60};

// Runs what it is rung for on the thread that calls run_one().
class threaded_home final : public http::home {
public:
    explicit threaded_home(unsigned number) : number_(number) {}
    [[nodiscard]] unsigned number() const override { return number_; }
    void ring() override {
        const std::lock_guard lock(mutex_);
        rung_ = true;
        wake_.notify_one();
    }
    void afterwards(std::function<void()> task) override { task(); }
    void on_ring(std::function<void()> task) override { on_ring_ = std::move(task); }
    void run_after(std::chrono::milliseconds, std::function<void()>) override {}

    // False when nobody rang for long.
    bool run_one() {
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait_for(lock, patience, [&] { return rung_; })) return false;
            rung_ = false;
        }
        on_ring_();
        return true;
    }

private:
    const unsigned number_;
    std::function<void()> on_ring_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool rung_ = false;
};

class one_worker {
public:
    one_worker(
        engine_kit& kit,
        service::pushes& pushes,
        std::shared_ptr<engine::stream> stream,
        unsigned number)
        : kit_(kit), pushes_(pushes), stream_(std::move(stream)), home_(number) {}

    void run() {
        for (int i = 0; i < subscribers_of_worker; ++i) {
            followed_.push_back({static_cast<std::uint32_t>(i) % shards, {}, {}, 0});
            subscribe(followed_.back());
        }
        while (!all_there()) {
            if (!home_.run_one()) {
                ADD_FAILURE() << "a wake-up is lost";
                return;
            }
            for (followed& f : followed_) {
                f.reader->take_if_woken();
                note(f);
            }
            // One of them comes again, under another name: the clock stands still.
            followed& f = followed_[round_++ % followed_.size()];
            if (!f.last.empty()) subscribe(f);
        }
    }

private:
    struct followed {
        std::uint32_t shard = 0;
        std::unique_ptr<event_reader> reader;
        std::string last;  // the newest number
        std::size_t count = 0;
    };

    void subscribe(followed& f) {
        const auto shard = stream_->find_shard(shard_id{f.shard});
        const std::string consumer =
            "c" + std::to_string(home_.number()) + "-" + std::to_string(names_++);
        engine::subscription_start start;
        if (!f.last.empty()) {
            start.not_below = parse_sequence_number(f.last)->number;
            start.position = shard->position_at(start.not_below, true);
        }
        auto made = kit_.engine.subscribe(kit_.engine.control(), stream_, shard, consumer, start);
        f.reader = std::make_unique<event_reader>(pushes_.open(home_, std::move(made.made)), 900);
        f.reader->take_all();
        note(f);
    }

    void note(followed& f) {
        for (const auto& e : f.reader->events()) {
            for (const auto& r : e.at("Records")) {
                const std::string number = r.at("SequenceNumber");
                EXPECT_LT(f.last, number);
                f.last = number;
                ++f.count;
            }
        }
        f.reader->forget();
    }

    bool all_there() const {
        constexpr std::size_t expected = writers * records_of_writer / shards;
        for (const followed& f : followed_) {
            if (f.count < expected) return false;
            EXPECT_EQ(f.count, expected);
        }
        return true;
    }

    engine_kit& kit_;
    service::pushes& pushes_;
    const std::shared_ptr<engine::stream> stream_;
    threaded_home home_;
    std::vector<followed> followed_;
    std::size_t round_ = 0;
    int names_ = 0;
};

TEST(push_threads, lose_no_record_and_no_wake_up) {
    engine_kit kit;
    const auto stream = kit.create("orders", shards);
    service::pushes pushes(kit.engine);
    std::vector<std::unique_ptr<one_worker>> all;
    for (unsigned i = 0; i < workers; ++i) {
        all.push_back(std::make_unique<one_worker>(kit, pushes, stream, i));
    }
    std::vector<std::thread> threads;
    for (const auto& w : all) threads.emplace_back([&w] { w->run(); });
    for (int i = 0; i < writers; ++i) {
        threads.emplace_back([&] {
            engine::journal_position at = 0;
            for (int n = 0; n < records_of_writer; ++n) {
                const std::uint64_t half = static_cast<std::uint64_t>(n % 2) << 63U;
                engine::put_entry e{
                    hash_key{static_cast<uint128>(half) << 64U},
                    "k",
                    blob_view(std::string_view("data"))};
                engine::put_result r;
                ASSERT_TRUE(kit.engine.put(stream, {&e, 1}, {&r, 1}, at));
                if (n % 10 == 0) std::this_thread::yield();
            }
        });
    }
    for (std::thread& t : threads) t.join();
}

}  // namespace
}  // namespace kinetide::testing
