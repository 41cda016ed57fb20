// Subscriptions as bodies that go on: what a subscription has to say, a beat when it has nothing,
// and its end, sent as the peer takes it.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include <kinetide/base/clock.hpp>
#include <kinetide/base/mutex.hpp>
#include <kinetide/engine/engine.hpp>
#include <kinetide/engine/subscription.hpp>
#include <kinetide/http/message.hpp>

namespace kinetide::service {

class counts;
class push_worker;

// The subscribers of all workers, whose rings and timers they have for themselves.  Any thread.
class pushes {
public:
    // `c` is who counts, nullptr for nobody.
    explicit pushes(const engine::engine& e, counts* c = nullptr);
    ~pushes();

    // On the thread of `home`, where the stream then lives.
    std::unique_ptr<http::body_stream> open(
        http::home& home, std::unique_ptr<engine::subscription> s);

    // The engine's clock has been moved: beats and ends are judged again, on their workers.
    void clock_moved();

private:
    const engine::engine& engine_;
    counts* const counts_;
    base::mutex mutex_;
    std::map<unsigned, std::shared_ptr<push_worker>> workers_ GUARDED_BY(mutex_);
};

}  // namespace kinetide::service
