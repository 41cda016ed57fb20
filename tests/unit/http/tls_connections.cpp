// TLS over a real socket, on the port that takes everything: both protocols, large bodies, streams,
// and peers that break off.

#include <thread>

#include "support/http2_peer.hpp"
#include "support/raw_client.hpp"
#include "support/secure_client.hpp"
#include "woken_stream.hpp"

namespace kinetide::testing {
namespace {

using tls_connections = http_test;

constexpr std::string_view get = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";

TEST_F(tls_connections, http_1_1_beside_plain_http) {
    start();
    secure_client secure(port);
    for (int i = 0; i < 3; ++i) {
        secure.send(get);
        EXPECT_NE(secure.read_to("GET /a ").find("HTTP/1.1 200 OK"), std::string::npos);
    }
    raw_client plain(port);
    plain.send(get);
    EXPECT_EQ(plain.answer().body, "GET /a ");
}

TEST_F(tls_connections, http2_with_and_without_alpn) {
    start();
    for (const std::string& alpn : {std::string("\x02h2"), std::string()}) {
        secure_client secure(port, {.alpn = alpn});
        http2_peer peer;
        const auto id = peer.post("hello");
        while (!peer.replies[id].ended) {
            secure.send(peer.take());
            const std::string plain = secure.some();
            ASSERT_FALSE(plain.empty());
            peer.received(plain);
        }
        EXPECT_EQ(peer.replies[id].body, "POST / hello");
    }
}

TEST_F(tls_connections, large_bodies_both_ways) {
    start();
    const std::string body(5'000'000, 'b');
    secure_client secure(port, {.version = TLS1_2_VERSION});
    secure.send(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) +
        "\r\n\r\n" + body + "GET /next HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const std::string all = secure.read_to("GET /next ");
    EXPECT_NE(all.find("POST / " + body + "HTTP/1.1 200 OK"), std::string::npos);
}

TEST_F(tls_connections, streams_are_woken_and_end_with_goodbye) {
    const auto box = std::make_shared<mailbox>();
    handler.serve_with = answer_with(box);
    start();
    secure_client secure(port);
    secure.send(get);
    EXPECT_NE(secure.read_to("\r\n\r\n").find("chunked"), std::string::npos);
    box->say("hello");
    EXPECT_EQ(secure.read_to("hello\r\n"), "00000005\r\nhello\r\n");
    server->stop();
    EXPECT_EQ(secure.read_to("0\r\n\r\n"), "0\r\n\r\n");
    EXPECT_EQ(secure.some(), "");
    EXPECT_TRUE(secure.saw_goodbye());
    EXPECT_TRUE(box->freed);
}

TEST_F(tls_connections, a_stream_that_is_woken_for_nothing_goes_on) {
    const auto box = std::make_shared<mailbox>();
    handler.serve_with = answer_with(box);
    start();
    for (const std::string version : {"1", "0"}) {
        secure_client secure(port);
        secure.send("GET /a HTTP/1." + version + "\r\nHost: localhost\r\n\r\n");
        EXPECT_NE(secure.read_to("\r\n\r\n").find("200 OK"), std::string::npos);
        box->say("first");
        secure.read_to("first");
        const int asked = box->asked;
        box->say("");
        while (box->asked == asked) std::this_thread::yield();
        box->say("hello");
        EXPECT_NE(secure.read_to("hello").find("hello"), std::string::npos) << version;
        box->end();
        const std::string end = version == "1" ? secure.read_to("0\r\n\r\n") : secure.some();
        EXPECT_EQ(end.find("hello"), std::string::npos);
        while (!box->freed) std::this_thread::yield();
        box->start_again();
    }
}

TEST_F(tls_connections, a_broken_hello_ends_that_connection_only) {
    start();
    secure_client well(port);
    raw_client broken(port);
    broken.send(std::string("\x16\x03\x01\x00\x05hello and more", 19));
    broken.rest();
    raw_client gone(port);
    gone.send("\x16");
    gone.close();
    well.send(get);
    EXPECT_NE(well.read_to("GET /a ").find("200 OK"), std::string::npos);
}

TEST_F(tls_connections, tls_only_tells_plain_http_so) {
    options.tls.use = http::tls_options::mode::only;
    start();
    const std::string answer = say(get);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 Bad Request"));
    EXPECT_NE(answer.find("https://"), std::string::npos);
    secure_client secure(port);
    secure.send(get);
    EXPECT_NE(secure.read_to("GET /a ").find("200 OK"), std::string::npos);
}

TEST_F(tls_connections, off_takes_no_tls) {
    options.tls.use = http::tls_options::mode::off;
    start();
    EXPECT_FALSE(secure_client(port).is_open());
    EXPECT_EQ(server->authority_pem(), "");
}

TEST_F(tls_connections, the_authority_is_that_of_what_is_shown) {
    start();
    EXPECT_TRUE(secure_client(port, {.authority = server->authority_pem()}).is_open());
}

}  // namespace
}  // namespace kinetide::testing
