// The injected time: all that the API shows or judges by.  Socket time-outs and the Date header use
// real time instead.
#pragma once

#include <atomic>
#include <cstdint>

namespace kinetide {

// Milliseconds since the Unix epoch.
struct instant {
    std::int64_t ms = 0;

    friend constexpr auto operator<=>(instant, instant) = default;
    [[nodiscard]] constexpr std::int64_t seconds() const { return ms / 1000; }
};

constexpr instant operator+(instant t, std::int64_t milliseconds) { return {t.ms + milliseconds}; }
constexpr instant operator-(instant t, std::int64_t milliseconds) { return {t.ms - milliseconds}; }

// Any thread may ask.
class clock {
public:
    virtual ~clock() = default;
    [[nodiscard]] virtual instant now() const = 0;
};

class system_clock final : public clock {
public:
    [[nodiscard]] instant now() const override;
};

// Stands still until it is told to move: tests, and `--clock`.
class manual_clock final : public clock {
public:
    explicit manual_clock(instant start) : ms_(start.ms) {}
    [[nodiscard]] instant now() const override { return {ms_.load(std::memory_order_relaxed)}; }
    void set(instant t) { ms_.store(t.ms, std::memory_order_relaxed); }
    void advance_ms(std::int64_t by) { ms_.fetch_add(by, std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> ms_;
};

}  // namespace kinetide
