#include "push_worker.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace kinetide::service {

push_worker::push_worker(
    http::home& home, const engine::engine& e, std::shared_ptr<worker_counts> counts)
    : home_(home), engine_(e), counts_(std::move(counts)) {}

void push_worker::start() {
    home_.on_ring([weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->run();
    });
}

void push_worker::look_again() {
    look_again_ = true;
    home_.ring();
}

void push_worker::run() {
    if (!look_again_.exchange(false)) return watchman_.wake();
    watchman_.wake_all();
    armed_ms_.reset();
    arm();
}

void push_worker::wake_at(instant due, push_sleeper& s) {
    if (s.node_.empty()) {
        s.queued_ = due_.emplace(due.ms, &s);
    } else {
        s.node_.key() = due.ms;
        s.queued_ = due_.insert(std::move(s.node_));
    }
    arm();
}

void push_worker::stay_awake(push_sleeper& s) {
    s.engine::sleeper::stay_awake();
    if (!s.queued_) return;
    s.node_ = due_.extract(*s.queued_);
    s.queued_.reset();
}

void push_worker::wake_due() {
    armed_ms_.reset();
    // Nobody tells of a system's clock that is set back: what waits would wait as much longer.
    const std::int64_t now_ms = now().ms;
    if (std::exchange(looked_ms_, now_ms) > now_ms) watchman_.wake_all();
    // Who is woken may come to wait again, by a time that is later than any now.
    while (!due_.empty() && due_.begin()->first <= now().ms) due_.begin()->second->woken();
    arm();
}

// A timer that waits for an earlier time than there is now is left alone: it looks, and waits anew.
void push_worker::arm() {
    if (due_.empty()) return;
    const std::int64_t due_ms = due_.begin()->first;
    if (armed_ms_ && *armed_ms_ <= due_ms) return;
    armed_ms_ = due_ms;
    // A clock that stands still makes it wait again, and one that may be set is looked at.
    constexpr std::int64_t delay_ms_max = 5'000;
    const std::int64_t delay_ms = std::clamp<std::int64_t>(due_ms - now().ms, 1, delay_ms_max);
    home_.run_after(std::chrono::milliseconds(delay_ms), [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->wake_due();
    });
}

}  // namespace kinetide::service
