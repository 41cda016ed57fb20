// A worker without a thread: the test says when what it was asked to run runs.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>

#include <kinetide/http/message.hpp>

namespace kinetide::testing {

class fake_home final : public http::home {
public:
    [[nodiscard]] unsigned number() const override { return 0; }
    void ring() override { ++rings; }
    void afterwards(std::function<void()> task) override { task(); }
    void on_ring(std::function<void()> task) override { on_ring_ = std::move(task); }
    void run_after(std::chrono::milliseconds delay, std::function<void()> task) override {
        delay_ms = delay.count();
        later_ = std::move(task);
    }

    // What the rings were for.
    void answer_rings() {
        if (std::exchange(rings, 0) != 0 && on_ring_) on_ring_();
    }
    // As if the time had come.
    void run_later() {
        if (const auto task = std::exchange(later_, nullptr)) task();
    }

    int rings = 0;
    std::int64_t delay_ms = 0;  // of what run_later() would run

private:
    std::function<void()> on_ring_;
    std::function<void()> later_;
};

}  // namespace kinetide::testing
