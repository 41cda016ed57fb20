// What one worker's subscribers share: the bell that wakes them and the one timer that they wait
// by.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include <kinetide/base/clock.hpp>
#include <kinetide/engine/engine.hpp>
#include <kinetide/engine/waking.hpp>
#include <kinetide/http/message.hpp>

#include "worker_counts.hpp"

namespace kinetide::service {

// A subscriber that sleeps until it is woken or its time has come; woken() has it stay awake.
class push_sleeper : public engine::sleeper {
private:
    friend class push_worker;
    using queue = std::multimap<std::int64_t, push_sleeper*>;

    queue::node_type node_;  // while it is awake: kept, so that sleeping allocates once
    std::optional<queue::iterator> queued_;
};

// All but ring() and look_again() on the worker's thread.
class push_worker final : public engine::alarm, public std::enable_shared_from_this<push_worker> {
public:
    // `counts` are the worker's, or nothing when nobody counts.
    push_worker(
        http::home& home, const engine::engine& e, std::shared_ptr<worker_counts> counts = nullptr);

    // Once, before the rest.
    void start();
    void ring() override { home_.ring(); }
    // Everybody is to judge anew.
    void look_again();

    [[nodiscard]] engine::watchman& watchman() { return watchman_; }
    [[nodiscard]] instant now() const { return engine_.now(); }
    [[nodiscard]] worker_counts* counts() const { return counts_.get(); }

    // Wakes it at `due` by the engine's clock, if nothing else does before.
    void wake_at(instant due, push_sleeper& s);
    // It sleeps no longer.
    void stay_awake(push_sleeper& s);

private:
    void run();
    void wake_due();
    void arm();

    http::home& home_;
    const engine::engine& engine_;
    const std::shared_ptr<worker_counts> counts_;
    engine::watchman watchman_{*this};
    push_sleeper::queue due_;
    std::optional<std::int64_t> armed_ms_;  // the time on the clock that the timer waits for
    std::int64_t looked_ms_ = 0;            // the time when the timer was there last
    std::atomic<bool> look_again_{false};
};

}  // namespace kinetide::service
