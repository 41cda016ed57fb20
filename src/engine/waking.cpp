#include <kinetide/engine/waking.hpp>

#include <tuple>
#include <utility>

#include <kinetide/engine/shard.hpp>

namespace kinetide::engine {

void list_link::join(list_link& head) {
    leave();
    before_ = head.before_;
    after_ = &head;
    before_->after_ = this;
    head.before_ = this;
}

void list_link::leave() {
    before_->after_ = after_;
    after_->before_ = before_;
    before_ = this;
    after_ = this;
}

void list_link::take_over(list_link& head) {
    if (head.alone()) return;
    list_link* const first = head.after_;
    list_link* const last = head.before_;
    head.before_ = &head;
    head.after_ = &head;
    first->before_ = before_;
    before_->after_ = first;
    last->after_ = this;
    before_ = last;
}

void watch::put_to_sleep(sleeper& s) { s.join(sleepers_); }

void watch_list::add(watch& w) {
    w.next_ = first_;
    first_ = &w;
}

void watch_list::remove(watch& w) {
    watch** at = &first_;
    while (*at != &w) at = &(*at)->next_;
    *at = w.next_;
    if (w.armed_) --armed_;
}

void watch_list::arm(watch& w) {
    if (std::exchange(w.armed_, true)) return;
    ++armed_;
}

void watch_list::ring_armed() {
    for (watch* w = first_; w != nullptr; w = w->next_) {
        if (std::exchange(w->armed_, false)) w->of_.rang(*w);
    }
    armed_ = 0;
}

void watch_list::ring_all() {
    for (watch* w = first_; w != nullptr; w = w->next_) {
        w->armed_ = false;
        w->of_.rang(*w);
    }
    armed_ = 0;
}

watch& watchman::enter(const std::shared_ptr<shard>& on) {
    const auto [it, is_new] = watches_.try_emplace(on.get(), *this, on);
    watch& w = it->second;
    ++w.users_;
    if (is_new) on->add(w);
    return w;
}

void watchman::leave(watch& w) {
    if (--w.users_ != 0) return;
    // From here on nobody rings it, and what it rang for is nobody's affair.
    const std::shared_ptr<shard> on = w.on_;
    on->remove(w);
    forget(w);
    watches_.erase(on.get());
}

void watchman::rang(watch& w) {
    bool first = false;
    {
        const base::lock_guard lock(mutex_);
        if (std::exchange(w.rung_, true)) return;
        first = rung_ == nullptr;
        w.next_rung_ = std::exchange(rung_, &w);
    }
    if (first) alarm_.ring();
}

void watchman::forget(watch& w) {
    const base::lock_guard lock(mutex_);
    if (!w.rung_) return;
    watch** at = &rung_;
    while (*at != &w) at = &(*at)->next_rung_;
    *at = w.next_rung_;
}

void watchman::wake() {
    collect_rung();
    wake_collected();
}

void watchman::wake_all() {
    collect_rung();
    for (auto& [on, w] : watches_) waking_.take_over(w.sleepers_);
    wake_collected();
}

void watchman::collect_rung() {
    const base::lock_guard lock(mutex_);
    for (watch* w = std::exchange(rung_, nullptr); w != nullptr; w = w->next_rung_) {
        w->rung_ = false;
        waking_.take_over(w->sleepers_);
    }
}

void watchman::wake_collected() {
    while (!waking_.alone()) {
        auto& next = static_cast<sleeper&>(*waking_.after());
        next.stay_awake();
        next.woken();
    }
}

}  // namespace kinetide::engine
