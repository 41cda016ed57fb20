#include "push.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <kinetide/operations/subscription_messages.hpp>

#include "counts.hpp"
#include "push_worker.hpp"

namespace kinetide::service {
namespace {

// Half a second before the service's five are over: for timers, queues and networks.
constexpr std::int64_t beat_ms = 4'500;

class push_stream final : public http::body_stream, private push_sleeper {
public:
    push_stream(std::shared_ptr<push_worker> worker, std::unique_ptr<engine::subscription> s)
        : worker_(std::move(worker)),
          subscription_(std::move(s)),
          sending_(operations::initial_response()) {
        subscription_->settle(worker_->watchman());
        if (worker_->counts() != nullptr) worker_->counts()->subscribers(1);
    }
    ~push_stream() override {
        if (worker_->counts() != nullptr) worker_->counts()->subscribers(-1);
        worker_->stay_awake(*this);
    }

    void opened(std::function<void()> resume) override { resume_ = std::move(resume); }
    state next(std::string& out, std::size_t bytes_wanted) override;

private:
    void woken() override;
    bool choose();
    bool rest(const engine::delivery& d, instant now);
    [[nodiscard]] wire::event_message event(engine::delivery d) const;
    void say(wire::event_message m) { sending_.emplace(std::move(m)); }
    void say_last(wire::event_message m);

    const std::shared_ptr<push_worker> worker_;
    const std::unique_ptr<engine::subscription> subscription_;
    std::function<void()> resume_;
    std::optional<wire::event_message> sending_;
    bool ends_ = false;  // behind what is being sent
    instant beat_at_ = worker_->now() + beat_ms;
};

http::body_stream::state push_stream::next(std::string& out, std::size_t bytes_wanted) {
    worker_->stay_awake(*this);
    const std::size_t start = out.size();
    while (true) {
        if (!sending_ && !ends_ && !choose()) return state::asleep;
        if (!sending_) return state::ended;
        if (!sending_->next(out, bytes_wanted - (out.size() - start))) {
            sending_.reset();
            beat_at_ = worker_->now() + beat_ms;
        }
        if (out.size() - start >= bytes_wanted) return state::more;
    }
}

// False when it sleeps instead of saying something or coming to its end.
bool push_stream::choose() {
    using kind = engine::delivery::kind;
    while (true) {
        const instant now = worker_->now();
        engine::delivery d = subscription_->take(now);
        switch (d.what) {
            case kind::records: say(event(std::move(d))); break;
            case kind::shard_end: say_last(event(std::move(d))); break;
            case kind::taken_over: say_last(operations::taken_over(*subscription_)); break;
            case kind::gone: say_last(operations::gone(*subscription_)); break;
            case kind::expired: ends_ = true; break;
            case kind::nothing:
            case kind::throttled:
                // A clock that went back must not make it silent for long.
                beat_at_ = std::min(beat_at_, now + beat_ms);
                if (now >= beat_at_) {
                    say(event(std::move(d)));
                } else if (rest(d, now)) {
                    return false;
                } else {
                    continue;
                }
        }
        return true;
    }
}

bool push_stream::rest(const engine::delivery& d, instant now) {
    instant due = std::min(beat_at_, subscription_->expires());
    if (d.what == engine::delivery::kind::throttled) {
        due = std::min(due, d.again);
        subscription_->wait(*this);
    } else if (!subscription_->sleep(*this)) {
        return false;
    }
    worker_->wake_at(std::max(due, now + 1), *this);
    return true;
}

wire::event_message push_stream::event(engine::delivery d) const {
    if (worker_->counts() != nullptr) worker_->counts()->pushed(*subscription_, d, worker_->now());
    return operations::event_of(*subscription_, std::move(d));
}

void push_stream::say_last(wire::event_message m) {
    say(std::move(m));
    ends_ = true;
}

void push_stream::woken() {
    worker_->stay_awake(*this);
    if (resume_) resume_();
}

}  // namespace

pushes::pushes(const engine::engine& e, counts* c) : engine_(e), counts_(c) {}
pushes::~pushes() = default;

std::unique_ptr<http::body_stream> pushes::open(
    http::home& home, std::unique_ptr<engine::subscription> s) {
    std::shared_ptr<push_worker> worker;
    {
        const base::lock_guard lock(mutex_);
        const auto known = workers_.find(home.number());
        if (known != workers_.end()) {
            worker = known->second;
        } else {
            worker = std::make_shared<push_worker>(
                home,
                engine_,
                counts_ != nullptr ? counts_->shared_of_worker(home.number()) : nullptr);
            worker->start();
            workers_.emplace(home.number(), worker);
        }
    }
    return std::make_unique<push_stream>(std::move(worker), std::move(s));
}

void pushes::clock_moved() {
    const base::lock_guard lock(mutex_);
    for (const auto& [number, worker] : workers_) worker->look_again();
}

}  // namespace kinetide::service
