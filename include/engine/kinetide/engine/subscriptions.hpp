// Who is subscribed to a stream's shards: for each consumer and shard one seat, which the newest
// subscription holds.
//
// Threads: any.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <kinetide/base/clock.hpp>
#include <kinetide/base/mutex.hpp>
#include <kinetide/engine/token_bucket.hpp>
#include <kinetide/model/shard_id.hpp>

namespace kinetide::engine {

enum class claim_outcome { taken, too_often, in_use };

class seat {
public:
    seat();

    // Takes the seat over from whoever holds it.  `number` becomes the holder's.  Refused within
    // 5 s of the last claim that was granted; if `rated`, also more often than once a second.
    claim_outcome claim(instant now, bool rated, std::uint64_t& number);
    // The consumer or the stream is being deleted.
    void end() { holder_ = nobody; }

    [[nodiscard]] bool is_gone() const { return holder_ == nobody; }
    [[nodiscard]] bool is_held_by(std::uint64_t number) const { return holder_ == number; }

    // Counts what is about to be sent; or says from when on it may be.
    std::optional<instant> throttled_until(std::int64_t bytes, instant now);

    // Whether it still says anything of an earlier subscription.
    [[nodiscard]] bool remembers(instant now) const;

private:
    static constexpr std::uint64_t nobody = 0;

    std::atomic<std::uint64_t> holder_;
    mutable base::mutex mutex_;
    std::uint64_t claims_ GUARDED_BY(mutex_) = 1;
    std::optional<instant> claimed_ GUARDED_BY(mutex_);
    token_bucket calls_ GUARDED_BY(mutex_);
    token_bucket bytes_ GUARDED_BY(mutex_);
};

class subscription_table {
public:
    // Made when it is first asked for.
    std::shared_ptr<seat> seat_of(std::string_view consumer, shard_id shard, instant now);
    [[nodiscard]] std::size_t size() const;

    void end(std::string_view consumer);
    void end_all();

private:
    void sweep(instant now) REQUIRES(mutex_);

    using seats = std::map<shard_id, std::shared_ptr<seat>>;

    mutable base::mutex mutex_;
    std::map<std::string, seats, std::less<>> consumers_ GUARDED_BY(mutex_);
    instant sweep_at_ GUARDED_BY(mutex_);
};

}  // namespace kinetide::engine
