// A consumer's subscription to a shard: a cursor and a place to sleep.  It holds no records: what
// it gives out is pinned in the shard's blocks, and the shard's log is its queue.
//
// Made and destroyed anywhere; between settle() and its end on one worker's thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <kinetide/base/clock.hpp>
#include <kinetide/engine/page.hpp>
#include <kinetide/engine/shard.hpp>
#include <kinetide/engine/stream.hpp>
#include <kinetide/engine/subscriptions.hpp>
#include <kinetide/engine/waking.hpp>
#include <kinetide/model/sequence_number.hpp>

namespace kinetide::engine {

// What there is to say.
struct delivery {
    enum class kind {
        records,
        shard_end,   // the last records, if any: there will be no more
        nothing,     // at the tip
        throttled,   // more than the consumer may have by now
        taken_over,  // by a newer subscription
        gone,        // the consumer or the stream is being deleted
        expired      // its time is over
    };
    kind what = kind::nothing;
    page records;
    // Where to go on behind; of the last record given or a later one.  Not at the shard's end.
    sequence_number continuation;
    std::int64_t millis_behind_latest = 0;
    instant again;  // throttled: when to ask again
};

struct subscription_start {
    std::uint64_t position = 0;
    // Of AFTER_SEQUENCE_NUMBER: continuations are not below.
    sequence_number not_below;
};

class subscription {
public:
    struct claim {
        std::shared_ptr<seat> on;
        std::uint64_t number = 0;
        bool throttled = false;  // whether the rates of the `aws` profile count
    };

    subscription(
        std::shared_ptr<stream> s,
        std::shared_ptr<shard> from,
        std::string_view consumer,
        claim held,
        const subscription_start& start,
        instant now);
    ~subscription();
    subscription(const subscription&) = delete;
    subscription& operator=(const subscription&) = delete;

    [[nodiscard]] const stream& source_stream() const { return *stream_; }
    [[nodiscard]] const shard& source_shard() const { return *shard_; }
    [[nodiscard]] const std::string& consumer() const { return consumer_; }
    // When its time is over.
    [[nodiscard]] instant expires() const { return expires_; }

    // Moves on behind what it gives.
    delivery take(instant now);

    // Once: the worker that it lives on from now on.
    void settle(watchman& w);
    // Until there is something to take(), or the seat is lost.  False when there is already.
    bool sleep(sleeper& s);
    // Until the seat is lost, or others' sleep ends.
    void wait(sleeper& s);

private:
    void move_to(std::uint64_t position);

    const std::shared_ptr<stream> stream_;
    const std::shared_ptr<shard> shard_;
    const std::string consumer_;
    const claim held_;
    const instant expires_;
    std::uint64_t position_;
    sequence_number continuation_;
    watchman* watchman_ = nullptr;
    watch* watch_ = nullptr;
};

struct subscribe_result {
    claim_outcome outcome = claim_outcome::taken;
    std::unique_ptr<subscription> made;  // when taken
};

}  // namespace kinetide::engine
