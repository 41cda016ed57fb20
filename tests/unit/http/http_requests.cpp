// Requests and answers over a real socket.

#include <future>
#include <thread>
#include <vector>

#include "support/raw_client.hpp"

namespace kinetide::testing {
namespace {

class http_requests : public http_test {
protected:
    std::promise<http::exchange*> held;
};

constexpr std::string_view get = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";

TEST_F(http_requests, answers_carry_length_and_date_and_keep_the_connection) {
    start();
    raw_client client(port);
    for (int i = 0; i < 3; ++i) {
        client.send(get);
        const raw_answer a = client.answer();
        EXPECT_EQ(a.status, 200);
        EXPECT_EQ(a.body, "GET /a ");
        EXPECT_TRUE(a.has("Content-Length: 7"));
        EXPECT_NE(a.head.find(" GMT\r\n"), std::string::npos);
        EXPECT_EQ(a.head.find("Connection"), std::string::npos);
    }
}

TEST_F(http_requests, connection_close_is_heeded) {
    start();
    raw_client client(port);
    client.send("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(client.answer().has("Connection: close"));
    EXPECT_TRUE(client.ended());
}

TEST_F(http_requests, a_peer_that_ends_its_side_still_gets_its_answer) {
    start();
    raw_client client(port);
    client.send(get);
    client.end_sending();
    EXPECT_EQ(client.answer().body, "GET /a ");
    EXPECT_TRUE(client.ended());
}

TEST_F(http_requests, pipelined_requests_are_answered_in_order) {
    start();
    raw_client client(port);
    std::string requests;
    for (int i = 0; i < 500; ++i) {
        requests += "POST /" + std::to_string(i) +
                    " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc";
    }
    client.send(requests);
    for (int i = 0; i < 500; ++i) {
        ASSERT_EQ(client.answer().body, std::string("POST /") + std::to_string(i) + " abc");
    }
}

TEST_F(http_requests, late_answers_keep_the_order_too) {
    std::vector<std::thread> threads;
    handler.serve_with = [&](http::exchange& e) {
        const std::string target(e.asked().target);
        // Every third at once, the others from elsewhere, some of them large.
        const int number = std::stoi(target.substr(1));
        http::response r = text(target + std::string(number % 5 == 0 ? 100'000 : 0, 'x'));
        if (number % 3 == 0) return e.answer(std::move(r));
        threads.emplace_back([&e, r = std::move(r)]() mutable { e.answer(std::move(r)); });
    };
    options.workers = 1;  // `threads` is the one worker's until all is answered
    start();
    raw_client client(port);
    std::string requests;
    for (int i = 0; i < 60; ++i) {
        requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }
    client.send(requests);
    for (int i = 0; i < 60; ++i) {
        const std::string target = std::string("/") + std::to_string(i);
        ASSERT_EQ(client.answer().body.substr(0, target.size()), target);
    }
    server.reset();
    for (std::thread& t : threads) t.join();
}

TEST_F(http_requests, an_answer_does_not_wait_for_the_next_request) {
    handler.serve_with = [&](http::exchange& e) {
        if (e.asked().target == "/held") return held.set_value(&e);
        e.answer(text("at once"));
    };
    start();
    raw_client client(port);
    client.send(
        "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /held HTTP/1.1\r\nHost: a\r\n\r\n"
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.answer().body, "at once");
    http::exchange* const e = held.get_future().get();
    EXPECT_EQ(e->asked().target, "/held");
    e->answer(text("late"));
    EXPECT_EQ(client.answer().body, "late");
    EXPECT_EQ(client.answer().body, "at once");
}

TEST_F(http_requests, a_dead_peers_answer_is_dropped) {
    handler.serve_with = [&](http::exchange& e) {
        if (e.asked().target == "/held") return held.set_value(&e);
        e.answer(text("alive"));
    };
    start();
    {
        raw_client client(port);
        client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
        http::exchange* const e = held.get_future().get();
        client.close();
        e->answer(text(std::string(1'000'000, 'x')));
    }
    EXPECT_EQ(say("GET / HTTP/1.0\r\n\r\n").substr(0, 15), "HTTP/1.1 200 OK");
}

TEST_F(http_requests, expect_100_continue_is_answered_before_the_body) {
    start();
    raw_client client(port);
    for (int i = 0; i < 2; ++i) {
        client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        EXPECT_EQ(client.answer().head, "HTTP/1.1 100 Continue\r\n\r\n");
        client.send("hello");
        EXPECT_EQ(client.answer().body, "POST / hello");
    }
}

TEST_F(http_requests, a_refused_body_is_not_asked_for) {
    options.bounds.body_bytes_max = 4;
    start();
    raw_client client(port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    EXPECT_EQ(client.answer().status, 413);
    EXPECT_TRUE(client.ended());
}

TEST_F(http_requests, bodies_arrive_whole_however_they_are_sent) {
    handler.serve_with = [](http::exchange& e) { e.answer(text(std::string(e.asked().body))); };
    start();
    raw_client client(port);
    std::string body(3'000'000, '\0');
    for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i % 251);
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
        "\r\n\r\n");
    client.send(body);
    EXPECT_TRUE(client.answer().body == body);

    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    client.send("10;x=y\r\n" + body.substr(0, 16) + "\r\n2dc6b0\r\n" + body.substr(16));
    client.send("\r\n0\r\nTrailer: dropped\r\n\r\n");
    EXPECT_TRUE(client.answer().body == body);
}

TEST_F(http_requests, head_is_measured_and_not_sent) {
    handler.serve_with = [](http::exchange& e) { e.answer(text(std::string(70'000, 'x'))); };
    start();
    raw_client client(port);
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(client.answer(true).has("Content-Length: 70000"));
    client.send(get);
    EXPECT_EQ(client.answer().body.size(), 70'000U);
}

TEST_F(http_requests, options_go_to_the_handler) {
    start();
    raw_client client(port);
    client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.answer().body, "OPTIONS * ");
}

TEST_F(http_requests, http10_is_closed_unless_it_asks) {
    start();
    EXPECT_NE(say("GET /a HTTP/1.0\r\n\r\n").find("Connection: close\r\n"), std::string::npos);

    raw_client client(port);
    for (int i = 0; i < 2; ++i) {
        client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        EXPECT_TRUE(client.answer().has("Connection: keep-alive"));
    }
}

TEST_F(http_requests, the_handler_sees_where_the_peer_is) {
    handler.serve_with = [](http::exchange& e) {
        EXPECT_TRUE(e.asked().from_loopback);
        EXPECT_EQ(*e.asked().find("x-amz-target"), "T");
        EXPECT_EQ(e.asked().find("absent"), nullptr);
        e.answer({});
    };
    start();
    EXPECT_NE(
        say("GET / HTTP/1.0\r\nX-Amz-Target: T\r\n\r\n").find("Content-Length: 0\r\n"),
        std::string::npos);
}

TEST_F(http_requests, a_handler_that_throws_is_answered_for) {
    handler.serve_with = [](http::exchange&) { throw std::runtime_error("test"); };
    start();
    const std::string said = say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(said.substr(0, 12), "HTTP/1.1 500");
    EXPECT_NE(said.find("Connection: close\r\n"), std::string::npos);
}

}  // namespace
}  // namespace kinetide::testing
