// Requests that the transport refuses itself: answered, closed, and never seen by the handler.

#include "support/raw_client.hpp"

namespace kinetide::testing {
namespace {

class http_refusals : public http_test {
protected:
    http_refusals() {
        handler.serve_with = [](http::exchange& e) {
            ADD_FAILURE() << "served " << e.asked().target;
            e.answer({});
        };
    }
    void expect_refused(int status, std::string_view bytes) {
        raw_client client(port);
        client.send(bytes);
        const raw_answer a = client.answer();
        EXPECT_EQ(a.status, status) << bytes.substr(0, 200);
        EXPECT_TRUE(a.has("Connection: close"));
        EXPECT_TRUE(a.has("Content-Type: application/json"));
        EXPECT_EQ(a.body.substr(0, 12), R"({"message":")");
        EXPECT_TRUE(client.ended());
    }
};

TEST_F(http_refusals, malformed_requests) {
    start();
    expect_refused(400, "GET / HTTP/1.1\r\n\r\n");
    expect_refused(400, "nonsense\r\n\r\n");
    expect_refused(400, "GET / HTTP/1.1\nHost: a\n\n");
    expect_refused(400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n");
    expect_refused(
        400,
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        "\r\n");
    expect_refused(400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n");
    expect_refused(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1,1\r\n\r\nx");
}

TEST_F(http_refusals, what_is_too_large) {
    start();
    expect_refused(414, "GET /" + std::string(9'000, 'x'));
    expect_refused(431, "GET / HTTP/1.1\r\nX: " + std::string(17'000, 'x'));
    expect_refused(413, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 16777217\r\n\r\n");
    expect_refused(
        413, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1000001\r\n");
}

TEST_F(http_refusals, strangers) {
    start();
    expect_refused(403, "GET / HTTP/1.1\r\nHost: evil.com\r\n\r\n");
    expect_refused(403, "GET / HTTP/1.1\r\nHost:\r\n\r\n");
    expect_refused(403, "GET http://evil.com/ HTTP/1.0\r\n\r\n");
    expect_refused(403, "GET / HTTP/1.1\r\nHost: a\r\nOrigin: http://evil.com\r\n\r\n");
    expect_refused(403, "GET / HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: cross-site\r\n\r\n");
    // Before the body, and before its length is judged.
    expect_refused(403, "POST / HTTP/1.1\r\nHost: evil.com\r\nContent-Length: 999999999\r\n\r\n");
}

TEST_F(http_refusals, the_flags_let_strangers_in) {
    handler.serve_with = [](http::exchange& e) { e.answer(text("in")); };
    options.guard = {{".evil.com"}, {"http://page.com"}};
    start();
    raw_client client(port);
    client.send(
        "GET / HTTP/1.1\r\nHost: a.evil.com\r\nOrigin: http://page.com\r\n"
        "Sec-Fetch-Site: cross-site\r\n\r\n");
    EXPECT_EQ(client.answer().body, "in");
}

TEST_F(http_refusals, a_refusal_comes_behind_earlier_answers) {
    handler.serve_with = [](http::exchange& e) { e.answer(text("first")); };
    start();
    raw_client client(port);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.answer().body, "first");
    EXPECT_EQ(client.answer().status, 400);
    EXPECT_TRUE(client.ended());
}

// Closing with bytes unread would reset the connection, and the peer would not see why.
TEST_F(http_refusals, a_peer_that_sends_on_can_still_read_why) {
    start();
    raw_client client(port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20000000\r\n\r\n");
    const std::string piece(1'000'000, 'x');
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(client.send(piece)) << i;
    EXPECT_EQ(client.answer().status, 413);
    EXPECT_TRUE(client.ended());
}

}  // namespace
}  // namespace kinetide::testing
