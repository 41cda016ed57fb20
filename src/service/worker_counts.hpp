// What one worker saw its calls do: metrics of streams by the minute, and numbers of its own that
// only rise.
//
// Each worker has one, so that its lock is free but for moments in which somebody reads; what is
// counted there allocates nothing, but for a stream's first call of a minute on this worker, which
// hands the stream's last minute over to the store.  A reader has all handed over at once.
//
// Threads: any.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <kinetide/base/clock.hpp>
#include <kinetide/base/mutex.hpp>
#include <kinetide/engine/shard.hpp>
#include <kinetide/engine/stream.hpp>
#include <kinetide/engine/subscription.hpp>
#include <kinetide/metrics/metric_store.hpp>
#include <kinetide/operations/data_notes.hpp>

#include "stream_metrics.hpp"

namespace kinetide::service {

using elapsed = std::chrono::steady_clock::duration;

// Upper ends of the classes that latencies fall into, in microseconds; the last class has none.
inline constexpr std::array<std::int64_t, 12> latency_classes_us{
    50, 100, 250, 500, 1'000, 2'500, 5'000, 10'000, 50'000, 100'000, 500'000, 1'000'000};

using status_counts = std::array<std::uint64_t, 6>;  // of hundred

struct operation_counts {
    status_counts by_status{};
    std::array<std::uint64_t, latency_classes_us.size() + 1> by_latency{};
    double seconds = 0;

    void merge(const operation_counts& o);
};

struct data_counts {
    std::uint64_t records_in = 0;
    std::uint64_t bytes_in = 0;
    std::uint64_t records_read = 0;
    std::uint64_t bytes_read = 0;
    std::uint64_t records_pushed = 0;
    std::uint64_t bytes_pushed = 0;
    std::uint64_t writes_throttled = 0;
    std::uint64_t reads_throttled = 0;

    void merge(const data_counts& o);
};

// What is answered beside Kinesis.
enum class neighbour : std::uint8_t { page, dynamodb, cloudwatch, sts };
inline constexpr std::array<std::string_view, 4> neighbour_names{
    "page", "dynamodb", "cloudwatch", "sts"};

struct own_counts {
    std::vector<operation_counts> operations;  // as operations::all(), and one for what is none
    std::array<status_counts, neighbour_names.size()> neighbours{};
    data_counts data;
    std::int64_t subscribers = 0;

    void merge(const own_counts& o);
};

class worker_counts {
public:
    explicit worker_counts(metrics::metric_store& store);

    void put(
        const engine::stream& s,
        operations::put_call by,
        std::span<const engine::put_entry> entries,
        std::span<const engine::put_result> results,
        elapsed taken,
        instant now);
    void read(
        const engine::stream& s,
        shard_id from,
        const engine::read_result& given,
        elapsed taken,
        instant now);
    void subscribed(
        const engine::stream& s,
        std::string_view consumer,
        engine::claim_outcome outcome,
        instant now);
    void pushed(const engine::subscription& to, const engine::delivery& d, instant now);

    // `operation` is an index of own_counts::operations.
    void answered(std::size_t operation, int status, elapsed taken);
    void answered(neighbour by, int status);
    void subscribers(int more) { subscribers_.fetch_add(more, std::memory_order_relaxed); }

    // The store has everything up to now.
    void hand_over() EXCLUDES(mutex_);
    [[nodiscard]] own_counts own() const;

private:
    using rows = std::unordered_map<const engine::stream*, stream_row>;

    // The stream's row of the minute of `now`.
    stream_row& row_of(const engine::stream& s, instant now) REQUIRES(mutex_);
    // Gives up the rows of other minutes, now and then, as there are more and more of them.
    void sweep(instant minute) REQUIRES(mutex_);
    std::vector<stream_row> take() REQUIRES(mutex_);

    metrics::metric_store& store_;
    std::atomic<std::int64_t> subscribers_{0};
    mutable base::mutex mutex_;
    rows rows_ GUARDED_BY(mutex_);
    std::size_t sweep_at_ GUARDED_BY(mutex_) = 64;
    own_counts own_ GUARDED_BY(mutex_);
};

}  // namespace kinetide::service
