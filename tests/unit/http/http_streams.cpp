// Answers without a length over HTTP/1.x: sent as they are made, ended by either side.

#include <algorithm>
#include <thread>

#include "support/raw_client.hpp"
#include "woken_stream.hpp"

namespace kinetide::testing {
namespace {

class http_streams : public http_test {
protected:
    void SetUp() override {
        handler.serve_with = [this](http::exchange& e) {
            if (e.asked().target != "/stream") return e.answer(text("plain"));
            http::response r;
            r.stream = std::make_unique<woken_stream>(box, e.lives_on());
            e.answer(std::move(r));
        };
        start();
    }
    // Until `text` has come, or the end.
    static std::string read_to(raw_client& client, std::string_view text) {
        std::string all;
        while (all.find(text) == std::string::npos) {
            const std::string some = client.some();
            if (some.empty()) break;
            all += some;
        }
        return all;
    }
    void expect_freed() {
        for (int i = 0; i < 10'000 && !box->freed; ++i) std::this_thread::yield();
        raw_client other(port);  // its worker has had its turn once this is answered
        for (int i = 0; i < 4 && !box->freed; ++i) {
            other.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            other.answer();
        }
        EXPECT_TRUE(box->freed);
    }

    const std::shared_ptr<mailbox> box = std::make_shared<mailbox>();
    const std::string ask = "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n";
};

TEST_F(http_streams, go_in_chunks_and_the_connection_goes_on) {
    raw_client client(port);
    client.send(ask);
    const std::string head = read_to(client, "\r\n\r\n");
    EXPECT_NE(head.find("\r\nTransfer-Encoding: chunked\r\n"), std::string::npos);
    EXPECT_EQ(head.find("Content-Length"), std::string::npos);
    box->say("hello");
    EXPECT_EQ(read_to(client, "hello\r\n"), "00000005\r\nhello\r\n");
    box->say("again");
    EXPECT_EQ(read_to(client, "again\r\n"), "00000005\r\nagain\r\n");
    box->end();
    EXPECT_EQ(read_to(client, "0\r\n\r\n"), "0\r\n\r\n");
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(client.answer().body, "plain");
    expect_freed();
}

TEST_F(http_streams, what_is_pipelined_behind_one_waits_for_its_end) {
    raw_client client(port);
    client.send(ask + "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    read_to(client, "\r\n\r\n");
    box->say("x");
    EXPECT_EQ(read_to(client, "x\r\n"), "00000001\r\nx\r\n");
    box->end();
    EXPECT_NE(read_to(client, "plain").find("0\r\n\r\nHTTP/1.1 200 OK"), std::string::npos);
}

TEST_F(http_streams, end_with_the_connection_in_http_1_0) {
    raw_client client(port);
    client.send("GET /stream HTTP/1.0\r\n\r\n");
    const std::string head = read_to(client, "\r\n\r\n");
    EXPECT_EQ(head.find("Transfer-Encoding"), std::string::npos);
    EXPECT_NE(head.find("Connection: close"), std::string::npos);
    box->say("hello");
    box->end();
    EXPECT_EQ(client.rest(), "hello");
}

TEST_F(http_streams, are_freed_when_the_peer_goes) {
    raw_client client(port);
    client.send(ask);
    read_to(client, "\r\n\r\n");
    client.close();
    expect_freed();
}

TEST_F(http_streams, end_when_the_server_stops) {
    raw_client client(port);
    client.send(ask);
    read_to(client, "\r\n\r\n");
    server->stop();
    EXPECT_EQ(client.rest(), "0\r\n\r\n");
    EXPECT_TRUE(box->freed);
}

TEST_F(http_streams, end_when_the_server_stops_amid_what_they_say) {
    constexpr std::size_t much = 20'000'000;
    raw_client client(port);
    client.send(ask);
    read_to(client, "\r\n\r\n");
    box->say(std::string(much, 'm'));
    while (box->asked < 2) std::this_thread::yield();
    std::thread stopping([&] { server->stop(); });
    const std::string all = client.rest();
    stopping.join();
    EXPECT_EQ(std::count(all.begin(), all.end(), 'm'), much);
    EXPECT_TRUE(all.ends_with("m\r\n0\r\n\r\n"));
}

}  // namespace
}  // namespace kinetide::testing
