// A worker that is kept busy does not sleep between two events; one that is not does.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <stdexcept>

#include "../../../src/http/attention.hpp"

namespace kinetide::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using std::chrono::microseconds;
using std::chrono::steady_clock;

// As many waits of a timer, one behind the other, and what comes then.
void wait_in_turn(
    asio::steady_timer& timer, int count, microseconds each, std::function<void()> then = [] {}) {
    if (count == 0) return then();
    timer.expires_after(each);
    timer.async_wait(
        [&timer, count, each, then](const auto&) { wait_in_turn(timer, count - 1, each, then); });
}

rusage of_this_thread() {
    rusage used{};
    getrusage(RUSAGE_THREAD, &used);
    return used;
}

microseconds processor_time(const rusage& used) {
    return std::chrono::seconds(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           microseconds(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

TEST(attention, ends_when_nothing_is_left) {
    asio::io_context io{1};
    int ran = 0;
    asio::post(io, [&] { asio::post(io, [&] { ++ran; }); });
    asio::steady_timer timer(io, 1ms);
    timer.async_wait([&](const auto&) { ++ran; });
    attention(io).run();
    EXPECT_EQ(ran, 2);
    EXPECT_TRUE(io.stopped());
}

TEST(attention, ends_when_it_is_stopped) {
    asio::io_context io{1};
    const auto work = asio::make_work_guard(io);
    asio::post(io, [&] { io.stop(); });
    attention(io).run();
    EXPECT_TRUE(io.stopped());
}

TEST(attention, lets_exceptions_through_and_goes_on) {
    asio::io_context io{1};
    int ran = 0;
    asio::post(io, [] { throw std::runtime_error("a defect"); });
    asio::post(io, [&] { ++ran; });
    attention one(io);
    EXPECT_THROW(one.run(), std::runtime_error);
    one.run();
    EXPECT_EQ(ran, 1);
}

// Much longer than the usual one, so that a machine that wakes slowly will do.
constexpr microseconds long_moment = 10ms;

// Where others want the processor a sleep may be long all the same: one of some chains has to do.
TEST(attention, does_not_sleep_between_events_that_follow_each_other_closely) {
    constexpr int events = 50;
    const auto give_up = steady_clock::now() + 20s;
    long sleeps = events;
    while (sleeps > events / 4 && steady_clock::now() < give_up) {
        asio::io_context io{1};
        asio::steady_timer timer(io);
        wait_in_turn(timer, events, 1ms);
        const long before = of_this_thread().ru_nvcsw;
        attention(io, long_moment).run();
        sleeps = of_this_thread().ru_nvcsw - before;
    }
    EXPECT_LE(sleeps, events / 4);
}

// The processor's time that it takes for events that come so far apart behind some that were close.
microseconds taken_by(int events, microseconds apart) {
    asio::io_context io{1};
    asio::steady_timer timer(io);
    wait_in_turn(timer, 20, 1ms, [&] { wait_in_turn(timer, events, apart); });
    const auto before = processor_time(of_this_thread());
    attention(io, long_moment).run();
    return processor_time(of_this_thread()) - before;
}

TEST(attention, sleeps_when_nothing_comes) { EXPECT_LT(taken_by(1, 300ms), 150ms); }

TEST(attention, looks_no_more_when_it_looked_in_vain) { EXPECT_LT(taken_by(20, 15ms), 120ms); }

}  // namespace
}  // namespace kinetide::http
