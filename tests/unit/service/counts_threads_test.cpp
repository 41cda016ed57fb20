// Workers count while readers read: nothing is lost, nothing is counted twice.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "service/counts.hpp"
#include "support/engine_kit.hpp"

namespace kinetide::testing {
namespace {

constexpr unsigned workers = 3;
constexpr int calls = 4'000;

double sum_of(const metrics::metric_store& store, std::string_view name) {
    double sum = 0;
    store.for_each([&](const metrics::series_total& s) {
        if (s.what.name == name) sum += s.total.sum;
        return true;
    });
    return sum;
}

TEST(counts_of_threads, add_up) {
    engine_kit kit;
    const auto stream = kit.create("orders", 1);
    metrics::metric_store store(kit.clock);
    service::counts counts(store);
    std::atomic<bool> done{false};
    const auto work = [&](unsigned number) {
        const std::vector<engine::put_entry> entries(2);
        const std::vector<engine::put_result> results(2);
        for (int i = 0; i < calls; ++i) {
            // Minutes pass in the midst of it.
            const instant now = kit.clock.now() + i / 1'000 * metrics::minute_ms;
            auto& mine = counts.of_worker(number);
            mine.put(*stream, operations::put_call::put_records, entries, results, {}, now);
            mine.read(*stream, {}, {}, {}, now);
            mine.answered(0, 200, {});
        }
    };
    std::thread reader([&] {
        while (!done) {
            counts.hand_over();
            (void)counts.own();
        }
    });
    std::vector<std::thread> all;
    for (unsigned i = 0; i < workers; ++i) all.emplace_back(work, i);
    for (std::thread& t : all) t.join();
    done = true;
    reader.join();
    counts.hand_over();
    EXPECT_EQ(sum_of(store, "IncomingRecords"), 2.0 * workers * calls);
    EXPECT_EQ(sum_of(store, "GetRecords.Success"), 1.0 * workers * calls);
    const service::own_counts own = counts.own();
    EXPECT_EQ(own.data.records_in, 2U * workers * calls);
    EXPECT_EQ(own.operations[0].by_status[2], 1U * workers * calls);
}

TEST(counts_of_threads, keep_what_streams_did_that_nobody_asks_again) {
    engine_kit kit;
    metrics::metric_store store(kit.clock);
    service::counts counts(store);
    const std::vector<engine::put_entry> entries(1);
    const std::vector<engine::put_result> results(1);
    constexpr int streams = 400;
    for (int i = 0; i < streams; ++i) {
        // More and more of them, each gone before the next: a place may be another's again.
        const auto stream = kit.create("s" + std::to_string(i), 1);
        const instant now = kit.clock.now() + i / 100 * metrics::minute_ms;
        counts.of_worker(0).put(
            *stream, operations::put_call::put_record, entries, results, {}, now);
        if (i % 3 != 0) kit.remove(stream);
    }
    const double before = sum_of(store, "IncomingRecords");
    EXPECT_GE(before, 300) << "minutes that are over need no reader";
    counts.hand_over();
    EXPECT_EQ(sum_of(store, "IncomingRecords"), streams);
}

TEST(counts_of_threads, are_shared_beyond_sixty_four_workers) {
    engine_kit kit;
    metrics::metric_store store(kit.clock);
    service::counts counts(store);
    counts.of_worker(1).answered(0, 200, {});
    counts.of_worker(65).answered(0, 200, {});
    EXPECT_EQ(counts.own().operations[0].by_status[2], 2U);
    EXPECT_EQ(&counts.of_worker(1), counts.shared_of_worker(65).get());
}

}  // namespace
}  // namespace kinetide::testing
