// Peers that take too long.  The limits are short here; what is awaited is the server's own close.

#include "support/raw_client.hpp"

namespace kinetide::testing {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds never{600'000};

class http_time_outs : public http_test {
protected:
    http_time_outs() {
        options.bounds.header_time = never;
        options.bounds.body_idle_time = never;
        options.bounds.keep_alive_time = never;
    }
};

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

TEST_F(http_time_outs, a_connection_that_says_nothing_is_closed) {
    options.bounds.header_time = milliseconds(50);
    start();
    EXPECT_EQ(say(""), "");
}

TEST_F(http_time_outs, a_head_that_does_not_end_is_answered_408) {
    options.bounds.header_time = milliseconds(50);
    start();
    EXPECT_EQ(say("GET / HTTP/1.1\r\nHost:").substr(0, 12), "HTTP/1.1 408");
}

// The time is for the head as a whole: trickling bytes does not stretch it.
TEST_F(http_time_outs, a_head_that_trickles_is_answered_408) {
    options.bounds.header_time = milliseconds(100);
    start();
    raw_client client(port);
    client.send("GET / HTTP/1.1\r\nX: ");
    int trickled = 0;
    while (trickled < 1'000 && !client.readable(milliseconds(10))) {
        client.send("x");
        ++trickled;
    }
    EXPECT_LT(trickled, 1'000);
    EXPECT_EQ(client.answer().status, 408);
    EXPECT_TRUE(client.ended());
}

TEST_F(http_time_outs, a_body_that_stalls_is_answered_408) {
    options.bounds.body_idle_time = milliseconds(50);
    start();
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\n";
    EXPECT_EQ(say(head + "Content-Length: 9\r\n\r\nabc").substr(0, 12), "HTTP/1.1 408");
    EXPECT_EQ(say(head + "Content-Length: 99999\r\n\r\nabc").substr(0, 12), "HTTP/1.1 408");
    EXPECT_EQ(
        say(head + "Transfer-Encoding: chunked\r\n\r\n9\r\nabc").substr(0, 12), "HTTP/1.1 408");
}

TEST_F(http_time_outs, an_idle_connection_is_closed_without_a_word) {
    options.bounds.keep_alive_time = milliseconds(50);
    start();
    raw_client client(port);
    client.send(get);
    EXPECT_EQ(client.answer().status, 200);
    EXPECT_TRUE(client.ended());
}

// However long a request is being worked on, that is not the peer's fault.
TEST_F(http_time_outs, a_request_being_served_has_no_limit) {
    options.bounds.header_time = milliseconds(20);
    options.bounds.body_idle_time = milliseconds(20);
    options.bounds.keep_alive_time = milliseconds(20);
    handler.serve_with = [this](http::exchange& e) {
        server->run_after(1, milliseconds(150), [&e] { e.answer(text("late")); });
    };
    start();
    raw_client client(port);
    client.send(get);
    EXPECT_EQ(client.answer().body, "late");
}

}  // namespace
}  // namespace kinetide::testing
