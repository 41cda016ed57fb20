#include "attention.hpp"

#include <sched.h>

#include <ctime>
#include <utility>

namespace kinetide::http {
namespace {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;

nanoseconds thread_time() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return std::chrono::seconds(t.tv_sec) + nanoseconds(t.tv_nsec);
}

}  // namespace

void attention::run() {
    while (!io_.stopped()) {
        if (io_.poll() != 0 || io_.stopped() || looks_again()) continue;
        sleep();
    }
}

bool attention::looks_again() {
    if (!slept_shortly_) return false;
    const auto until = steady_clock::now() + moment_;
    do {
        sched_yield();
        if (io_.poll() != 0) return true;
    } while (steady_clock::now() < until);
    looked_in_vain_ = true;
    return false;
}

// What it does when it is woken is not sleep, but the thread's own time.  A short sleep behind a
// look in vain is none: events that are a little further apart than a moment would cost a core.
void attention::sleep() {
    const auto awake_before = thread_time();
    const auto before = steady_clock::now();
    io_.run_one();
    const auto passed = steady_clock::now() - before;
    const auto slept = passed - (thread_time() - awake_before);
    const bool looked_in_vain = std::exchange(looked_in_vain_, false);
    slept_shortly_ = slept < moment_ && !looked_in_vain;
}

}  // namespace kinetide::http
