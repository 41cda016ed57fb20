// An exact token bucket over the injected clock: holds one second's worth, refilled by the
// millisecond.  Not thread-safe: the owner's lock guards it.
#pragma once

#include <algorithm>
#include <cstdint>

#include <kinetide/base/clock.hpp>

namespace kinetide::engine {

class token_bucket {
public:
    constexpr explicit token_bucket(std::int64_t per_second)
        : per_second_(per_second), level_(per_second * 1000) {}

    // Would `amount` pass now?  More than a full bucket passes when it is full, leaving debt: so a
    // record larger than a second's worth is not refused for ever.
    [[nodiscard]] bool has(std::int64_t amount, instant now) {
        refill(now);
        return level_ >= std::min(amount, per_second_) * 1000;
    }

    // When `amount` passes if nothing else is taken before: `now` when has() says yes.
    [[nodiscard]] instant passes_at(std::int64_t amount, instant now) {
        if (has(amount, now)) return now;
        const std::int64_t missing = std::min(amount, per_second_) * 1000 - level_;
        return now + (missing + per_second_ - 1) / per_second_;
    }

    // After has() said yes.
    void take(std::int64_t amount) { level_ -= amount * 1000; }

    // The same, but more than a full bucket is paid for whole: what is at hand is no part of it.
    void take_whole(std::int64_t amount) {
        if (amount > per_second_) level_ = std::min<std::int64_t>(level_, 0);
        take(amount);
    }

private:
    // A clock that goes back refills nothing and is waited for from where it stands.  Callers that
    // took the time before they waited for the owner's lock have not set it back.
    void refill(instant now) {
        constexpr std::int64_t late_ms_max = 1'000;
        const std::int64_t elapsed_ms = now.ms - refilled_.ms;
        if (elapsed_ms < 0 && elapsed_ms > -late_ms_max) return;
        refilled_ = now;
        if (elapsed_ms <= 0) return;
        // Far past full, the product would overflow.
        const std::int64_t missing = per_second_ * 1000 - level_;
        if (elapsed_ms >= missing / per_second_ + 1) {
            level_ = per_second_ * 1000;
        } else {
            level_ += elapsed_ms * per_second_;
        }
    }

    std::int64_t per_second_;
    std::int64_t level_;  // thousandths of a token
    instant refilled_{};
};

}  // namespace kinetide::engine
