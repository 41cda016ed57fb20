#include <kinetide/engine/demand.hpp>

#include <kinetide/engine/limits.hpp>

#include <algorithm>

namespace kinetide::engine {
namespace {

constexpr std::int64_t window_ms = 15 * 60'000;
constexpr std::int64_t memory_ms = 30LL * 24 * 3'600'000;

constexpr std::int64_t divided_up(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

}  // namespace

bool demand::note(std::int64_t bytes, std::int64_t records, instant now) {
    bytes_.fetch_add(bytes, std::memory_order_relaxed);
    records_.fetch_add(records, std::memory_order_relaxed);
    std::int64_t ends_ms = window_ends_ms_.load(std::memory_order_relaxed);
    // One that the clock went back from would take in more than a window's writes.
    const bool runs = ends_ms != none && ends_ms - now.ms <= window_ms + 1'000;
    if (runs) return false;
    return window_ends_ms_.compare_exchange_strong(ends_ms, now.ms + window_ms);
}

std::optional<instant> demand::next_due() const {
    std::int64_t due = window_ends_ms_;
    const base::lock_guard lock(mutex_);
    due = std::min(due, look_again_ms_);
    if (!peaks_.empty()) due = std::min(due, peaks_.front().at.ms + memory_ms);
    if (due == none) return std::nullopt;
    return instant{due};
}

std::optional<std::int64_t> demand::take_window(instant now) {
    if (window_ends_ms_ > now.ms) return std::nullopt;
    window_ends_ms_ = none;
    constexpr std::int64_t window_s = window_ms / 1000;
    const std::int64_t by_bytes =
        divided_up(2 * bytes_.exchange(0), limits::shard_write_bytes_per_s * window_s);
    const std::int64_t by_records =
        divided_up(2 * records_.exchange(0), limits::shard_write_records_per_s * window_s);
    return std::max(by_bytes, by_records);
}

void demand::apply(const peak_seen& p) {
    const base::lock_guard lock(mutex_);
    // A later peak that is as high outlives those before it.
    while (!peaks_.empty() && peaks_.back().shards <= p.shards) peaks_.pop_back();
    peaks_.push_back(p);
}

std::int64_t demand::peak_shards(instant now) {
    const base::lock_guard lock(mutex_);
    std::erase_if(peaks_, [&](const peak_seen& p) { return p.at.ms + memory_ms <= now.ms; });
    return peaks_.empty() ? 0 : peaks_.front().shards;
}

void demand::look_again(instant at) {
    const base::lock_guard lock(mutex_);
    look_again_ms_ = std::min(look_again_ms_, at.ms);
}

void demand::looked(instant now) {
    const base::lock_guard lock(mutex_);
    if (look_again_ms_ <= now.ms) look_again_ms_ = none;
}

std::vector<peak_seen> demand::peaks() const {
    const base::lock_guard lock(mutex_);
    return peaks_;
}

}  // namespace kinetide::engine
