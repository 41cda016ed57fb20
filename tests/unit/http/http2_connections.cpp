// HTTP/2 over a real socket: by prior knowledge and by Upgrade, beside HTTP/1.1 on the same port.

#include <future>
#include <thread>

#include "support/http2_peer.hpp"
#include "support/raw_client.hpp"
#include "woken_stream.hpp"

namespace kinetide::testing {
namespace {

class http2_connections : public http_test {
protected:
    // Until the answer to `id` has ended, or the connection.
    static const http2_reply& await(raw_client& client, http2_peer& peer, std::int32_t id) {
        while (!peer.replies[id].ended && !peer.replies[id].closed) {
            client.send(peer.take());
            const std::string some = client.some();
            if (some.empty()) break;
            peer.received(some);
        }
        return peer.replies[id];
    }

    http2_peer peer;
};

TEST_F(http2_connections, by_prior_knowledge) {
    start();
    raw_client client(port);
    const http2_reply r = await(client, peer, peer.post("hello"));
    EXPECT_EQ(r.status, 200);
    EXPECT_EQ(r.body, "POST / hello");
    EXPECT_NE(r.field("date").find(" GMT"), std::string::npos);
    EXPECT_EQ(r.field("connection"), "");
}

TEST_F(http2_connections, the_settings_come_before_any_request) {
    start();
    raw_client client(port);
    client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    EXPECT_EQ(client.some().substr(3, 1), "\x04");
}

TEST_F(http2_connections, a_preface_in_pieces) {
    start();
    raw_client client(port);
    peer.get("/a");
    for (const char c : peer.take()) client.send({&c, 1});
    EXPECT_EQ(await(client, peer, 1).body, "GET /a ");
}

TEST_F(http2_connections, a_hundred_requests_at_once) {
    start();
    raw_client client(port);
    for (int i = 0; i < 100; ++i) peer.get("/" + std::to_string(i));
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(await(client, peer, 1 + 2 * i).body, "GET /" + std::to_string(i) + " ");
    }
}

TEST_F(http2_connections, strangers_are_refused_before_their_body) {
    start();
    raw_client client(port);
    const auto id = peer.post("hello", {{"origin", "https://evil.example.com"}}, false);
    const http2_reply r = await(client, peer, id);
    EXPECT_EQ(r.status, 403);
    EXPECT_NE(r.body.find("--cors-origin"), std::string::npos);
}

TEST_F(http2_connections, answers_come_from_any_thread) {
    std::vector<std::future<void>> others;
    handler.serve_with = [&](http::exchange& e) {
        others.push_back(std::async(std::launch::async, [&e] { e.answer(text("late")); }));
    };
    options.workers = 1;
    start();
    raw_client client(port);
    peer.get("/a");
    peer.get("/b");
    EXPECT_EQ(await(client, peer, 1).body, "late");
    EXPECT_EQ(await(client, peer, 3).body, "late");
}

TEST_F(http2_connections, an_answer_to_a_stream_that_is_gone_is_dropped) {
    std::promise<http::exchange*> held;
    handler.serve_with = [&](http::exchange& e) { held.set_value(&e); };
    start();
    auto client = std::make_unique<raw_client>(port);
    peer.get("/a");
    client->send(peer.take());
    http::exchange* e = held.get_future().get();
    client.reset();
    e->answer(text("nobody reads this"));
    server.reset();
}

TEST_F(http2_connections, a_stream_is_woken_from_another_thread_and_ends_with_the_server) {
    const auto box = std::make_shared<mailbox>();
    handler.serve_with = answer_with(box);
    start();
    raw_client client(port);
    const auto id = peer.get("/");
    client.send(peer.take());
    while (peer.replies[id].status == 0) peer.received(client.some());
    box->say("hello");
    while (peer.replies[id].body != "hello") peer.received(client.some());
    server->stop();
    peer.received(client.rest());
    EXPECT_TRUE(peer.replies[id].ended);
    EXPECT_TRUE(peer.gone_away);
    EXPECT_TRUE(box->freed);
}

TEST_F(http2_connections, a_stream_of_which_the_peer_takes_nothing_is_given_up) {
    const auto box = std::make_shared<mailbox>();
    handler.serve_with = answer_with(box);
    options.bounds.stream_idle_time = std::chrono::milliseconds(50);
    start();
    raw_client client(port);
    http2_peer shut(0);
    const auto id = shut.get("/");
    client.send(shut.take());
    while (shut.replies[id].status == 0) shut.received(client.some());
    box->say("hello");
    for (std::string some = "-"; !some.empty() && shut.replies[id].error == 0;) {
        some = client.some();
        shut.received(some);
    }
    EXPECT_EQ(shut.replies[id].error, 8U) << "CANCEL";
    while (!box->freed) std::this_thread::yield();
}

TEST_F(http2_connections, idle_ones_are_told_to_go) {
    options.bounds.keep_alive_time = std::chrono::milliseconds(50);
    start();
    raw_client client(port);
    await(client, peer, peer.get("/"));
    peer.received(client.rest());
    EXPECT_TRUE(peer.gone_away);
    EXPECT_EQ(peer.goaway_error, 0U);
}

TEST_F(http2_connections, a_body_that_stops_coming_loses_its_stream_only) {
    options.bounds.body_idle_time = std::chrono::milliseconds(50);
    start();
    raw_client client(port);
    const auto stuck = peer.post("some", {}, false);
    const http2_reply r = await(client, peer, stuck);
    EXPECT_TRUE(r.closed);
    EXPECT_EQ(await(client, peer, peer.get("/a")).body, "GET /a ");
}

constexpr std::string_view upgrade_head =
    "POST /a HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
    "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\nContent-Length: 5\r\n\r\n";

TEST_F(http2_connections, by_upgrade_the_request_is_stream_one) {
    start();
    raw_client client(port);
    client.send(std::string(upgrade_head) + "hello");
    const raw_answer first = client.answer(true);
    EXPECT_EQ(first.status, 101);
    EXPECT_TRUE(first.has("Upgrade: h2c"));
    EXPECT_TRUE(first.has("Connection: Upgrade"));
    // The preface and SETTINGS, then whatever the server sends: HEADERS and DATA of stream 1.
    http2_peer plain;
    std::string bytes = plain.take();
    client.send(bytes);
    std::string all;
    while (all.find("POST /a hello") == std::string::npos) {
        const std::string some = client.some();
        ASSERT_FALSE(some.empty());
        all += some;
    }
    EXPECT_EQ(all[3], 4) << "SETTINGS come first";
}

TEST_F(http2_connections, an_upgrade_that_is_asked_for_badly_is_http_1_1) {
    start();
    raw_client client(port);
    client.send(
        "GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
    EXPECT_EQ(client.answer().body, "GET /a ");
    client.send("GET /b HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\nHTTP2-Settings: ?\r\n\r\n");
    EXPECT_EQ(client.answer().body, "GET /b ");
    client.send("GET /c HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\r\n");
    EXPECT_EQ(client.answer().body, "GET /c ");
}

}  // namespace
}  // namespace kinetide::testing
