// Starting, stopping, addresses, descriptors, and the timer.

#include <sys/resource.h>

#include <fcntl.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "support/raw_client.hpp"

namespace kinetide::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

class http_server_life : public http_test {
protected:
    // Keeps the request of /held; answers the others.
    void hold() {
        handler.serve_with = [this](http::exchange& e) {
            if (e.asked().target == "/held") return held.set_value(&e);
            e.answer(text("served"));
        };
    }
    std::string failure() {
        try {
            start();
        } catch (const std::runtime_error& e) {
            return e.what();
        }
        return "none";
    }
    std::promise<http::exchange*> held;
    std::promise<void> done;
    std::promise<void> other_done;
    std::function<void()> task;
    int ran = 0;
};

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr std::string_view get_held = "GET /held HTTP/1.1\r\nHost: localhost\r\n\r\n";

TEST_F(http_server_life, a_taken_port_is_named) {
    start();
    http::options same = options;
    same.ports = {port};
    http::server second(same, handler);
    try {
        second.start();
        ADD_FAILURE() << "two servers share a port";
    } catch (const std::runtime_error& e) {
        EXPECT_EQ(
            std::string(e.what()),
            "port " + std::to_string(port) +
                " on 127.0.0.1 is taken: stop the other program, or choose another with --port");
    }
    EXPECT_NE(say("GET / HTTP/1.0\r\n\r\n"), "");
}

TEST_F(http_server_life, a_host_that_is_no_address_is_named) {
    options.hosts = {"localhost"};
    EXPECT_EQ(failure(), "'localhost' is no IP address: listening takes one, such as 127.0.0.1");
}

TEST_F(http_server_life, an_address_of_another_machine_is_named) {
    options.hosts = {"192.0.2.1"};
    EXPECT_EQ(failure(), "192.0.2.1 is no address of this machine");
}

TEST_F(http_server_life, all_hosts_share_the_port_that_was_free) {
    options.hosts = {"127.0.0.1", "127.0.0.2", "::1"};
    start();
    ASSERT_GE(server->addresses().size(), 2U);  // ::1 is missing where the machine has no IPv6
    for (const http::listening_address& a : server->addresses()) EXPECT_EQ(a.port, port);
    EXPECT_NE(port, 0);
}

TEST_F(http_server_life, several_ports_are_served) {
    options.ports = {0, 0};
    start();
    ASSERT_EQ(server->addresses().size(), 2U);
    port = server->addresses()[1].port;
    EXPECT_NE(port, server->addresses()[0].port);
    EXPECT_NE(say("GET / HTTP/1.0\r\n\r\n"), "");
}

TEST_F(http_server_life, two_servers_share_nothing) {
    start();
    function_handler other_handler;
    other_handler.serve_with = [](http::exchange& e) { e.answer(text("the other")); };
    http::server other(options, other_handler);
    other.start();
    raw_client client(port);
    raw_client other_client(other.addresses().front().port);
    client.send(get);
    EXPECT_EQ(client.answer().status, 200);
    server->stop();
    EXPECT_TRUE(client.ended());
    other_client.send(get);
    EXPECT_EQ(other_client.answer().body, "the other");
}

TEST_F(http_server_life, what_is_done_afterwards_lets_the_answer_leave_first) {
    std::promise<void> heard;
    std::promise<bool> waited;
    const auto wait = [&] {
        using std::chrono::seconds;
        waited.set_value(heard.get_future().wait_for(seconds(10)) == std::future_status::ready);
    };
    handler.serve_with = [&](http::exchange& e) {
        e.lives_on().afterwards(wait);
        e.answer(text("served"));
    };
    start();
    raw_client client(port);
    client.send(get);
    EXPECT_EQ(client.answer().body, "served");
    heard.set_value();
    EXPECT_TRUE(waited.get_future().get());
}

TEST_F(http_server_life, idle_connections_are_closed_at_once) {
    start();
    raw_client fresh(port);
    raw_client used(port);
    used.send(get);
    EXPECT_EQ(used.answer().status, 200);
    const auto before = steady_clock::now();
    server->stop();
    EXPECT_LT(steady_clock::now() - before, options.bounds.drain_time / 2);
    EXPECT_TRUE(fresh.ended());
    EXPECT_TRUE(used.ended());
}

TEST_F(http_server_life, what_is_in_flight_is_finished) {
    hold();
    options.workers = 1;
    start();
    raw_client idle(port);
    idle.send(get);
    EXPECT_EQ(idle.answer().status, 200);
    raw_client client(port);
    client.send(get_held);
    http::exchange* const e = held.get_future().get();
    raw_client sending(port);
    sending.send(std::string(get) + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
    EXPECT_EQ(sending.answer().status, 200);

    std::thread stopper([this] { server->stop(); });
    EXPECT_TRUE(idle.ended());  // it has begun
    e->answer(text("late"));
    const raw_answer a = client.answer();
    EXPECT_EQ(a.body, "late");
    EXPECT_TRUE(a.has("Connection: close"));
    EXPECT_TRUE(client.ended());
    sending.send("llo");
    EXPECT_TRUE(sending.answer().has("Connection: close"));
    EXPECT_TRUE(sending.ended());
    stopper.join();
}

TEST_F(http_server_life, what_does_not_end_is_cut_off_when_the_time_is_up) {
    hold();
    options.bounds.drain_time = milliseconds(50);
    start();
    raw_client client(port);
    client.send(get_held);
    http::exchange* const e = held.get_future().get();
    server->stop();
    EXPECT_TRUE(client.ended());
    // The one who holds it does not know, and may answer when even the server is gone.
    server.reset();
    EXPECT_EQ(e->asked().target, "/held");
    e->answer(text("too late"));
}

TEST_F(http_server_life, the_destructor_waits_for_nobody) {
    hold();
    options.bounds.drain_time = milliseconds(60'000);
    start();
    raw_client client(port);
    client.send(get_held);
    http::exchange* const e = held.get_future().get();
    server.reset();
    EXPECT_TRUE(client.ended());
    e->answer(text("too late"));
}

TEST_F(http_server_life, a_server_that_never_started_can_go) {
    http::server unused(options, handler);
    unused.run_after(1, milliseconds(0), [] { ADD_FAILURE(); });
    unused.stop();
}

// An accept that fails is tried again later, not at once.
TEST_F(http_server_life, waits_when_descriptors_run_out) {
    start();
    // A worker's first steps open files of the system's for a moment: let them be behind us, on
    // connections that stay, so that no number becomes free later.
    std::vector<std::unique_ptr<raw_client>> served;
    for (unsigned i = 0; i < options.workers; ++i) {
        served.push_back(std::make_unique<raw_client>(port));
        served.back()->send(get);
        EXPECT_EQ(served.back()->answer().status, 200);
    }
    raw_client client{raw_client::no_connect{}};
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
    const int free = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::close(free);
    rlimit none = before;
    none.rlim_cur = static_cast<rlim_t>(free);
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    // A number that was taken at that moment may be free again: no gap is left.
    std::vector<int> gaps;
    for (int fd = 0; (fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0;) gaps.push_back(fd);

    rusage used_before{};
    getrusage(RUSAGE_SELF, &used_before);
    client.connect(port);
    client.send(get);
    EXPECT_FALSE(client.readable(milliseconds(350)));
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto cpu_ms = [](const rusage& u) {
        return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1'000 +
               (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1'000;
    };
    EXPECT_LT(cpu_ms(used) - cpu_ms(used_before), 150);

    for (const int fd : gaps) ::close(fd);
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
    EXPECT_EQ(client.answer().status, 200);
}

TEST_F(http_server_life, a_later_task_replaces_the_pending_one_of_its_key) {
    start();
    std::atomic<int> first = 0;
    server->run_after(1, milliseconds(300), [&] { ++first; });
    server->run_after(2, milliseconds(500), [&] { other_done.set_value(); });
    server->run_after(1, milliseconds(1), [&] { done.set_value(); });
    done.get_future().get();
    other_done.get_future().get();
    EXPECT_EQ(first, 0);
}

TEST_F(http_server_life, a_task_may_order_the_next) {
    start();
    task = [&] {
        if (++ran == 3) return done.set_value();
        server->run_after(1, milliseconds(1), task);
    };
    server->run_after(1, milliseconds(-5), task);
    done.get_future().get();
    EXPECT_EQ(ran, 3);
}

TEST_F(http_server_life, a_pending_task_does_not_hold_up_the_stop) {
    start();
    server->run_after(1, std::chrono::hours(1'000'000), [] { ADD_FAILURE(); });
    server->stop();
    server->run_after(1, milliseconds(0), [] { ADD_FAILURE(); });
}

TEST_F(http_server_life, a_task_that_throws_harms_nobody) {
    start();
    server->run_after(1, milliseconds(0), [&] {
        done.set_value();
        throw std::runtime_error("test");
    });
    done.get_future().get();
    EXPECT_NE(say("GET / HTTP/1.0\r\n\r\n"), "");
}

TEST_F(http_server_life, connections_are_spread_over_the_workers) {
    std::mutex mutex;
    std::vector<std::thread::id> seen;
    handler.serve_with = [&](http::exchange& e) {
        {
            const std::lock_guard held_lock(mutex);
            seen.push_back(std::this_thread::get_id());
        }
        e.answer({});
    };
    start();
    say("GET / HTTP/1.0\r\n\r\n");
    say("GET / HTTP/1.0\r\n\r\n");
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_NE(seen[0], seen[1]);
}

}  // namespace
}  // namespace kinetide::testing
