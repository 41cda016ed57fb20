// How much is written to an on-demand stream, and how many shards that asks for.
//
// Writes are summed up over windows of 15 minutes, which begin with a write.  A window's mean rate,
// doubled, is a peak; the highest peak of the last 30 days decides.
//
// Threads: any for note(); the rest under the engine's control lock, but for next_due().
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include <kinetide/base/clock.hpp>
#include <kinetide/base/mutex.hpp>
#include <kinetide/engine/change.hpp>

namespace kinetide::engine {

class demand {
public:
    // True when this write began a window, whose end is now due.
    bool note(std::int64_t bytes, std::int64_t records, instant now);

    // When there is something to judge: a window ends, a peak is forgotten, or scaling goes on.
    [[nodiscard]] std::optional<instant> next_due() const;
    // Shards that the window which ended asks for; nothing when none ended.  Begins none.
    std::optional<std::int64_t> take_window(instant now);

    void apply(const peak_seen& p);
    // The highest peak of the last 30 days; 0 when all is quiet.
    [[nodiscard]] std::int64_t peak_shards(instant now);
    // Judge again then, at the latest.
    void look_again(instant at);
    // No judgement is waiting any more but those of the future.
    void looked(instant now);

    [[nodiscard]] std::vector<peak_seen> peaks() const;

private:
    std::atomic<std::int64_t> bytes_{0};
    std::atomic<std::int64_t> records_{0};
    std::atomic<std::int64_t> window_ends_ms_{none};
    mutable base::mutex mutex_;
    std::vector<peak_seen> peaks_ GUARDED_BY(mutex_);  // falling, oldest first
    std::int64_t look_again_ms_ GUARDED_BY(mutex_) = none;

    static constexpr std::int64_t none = INT64_MAX;
};

}  // namespace kinetide::engine
