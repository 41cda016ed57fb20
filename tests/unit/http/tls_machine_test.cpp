// The server's side of TLS against OpenSSL's client, over memory.

#include <gtest/gtest.h>
#include <malloc.h>

#include <memory>
#include <set>
#include <thread>
#include <utility>

#include "support/tls_client.hpp"

namespace kinetide::testing {
namespace {

using namespace std::string_literals;

class tls_machine : public ::testing::TestWithParam<int> {
protected:
    http::tls_context context{http::tls_options{}};
};
INSTANTIATE_TEST_SUITE_P(version, tls_machine, ::testing::Values(TLS1_2_VERSION, TLS1_3_VERSION));

TEST_P(tls_machine, is_trusted_and_carries_bytes_both_ways) {
    tls_pair pair(context, {.version = GetParam(), .authority = context.authority_pem()});
    ASSERT_TRUE(pair.shake()) << pair.server.problem();
    EXPECT_EQ(pair.server.protocol(), "");
    SSL_write(pair.client.ssl.get(), "hello", 5);
    EXPECT_EQ(pair.deliver(pair.client.sent(), 1000, 2), "hello");
    pair.server.write("well", pair.to_client);
    pair.client.hears(pair.to_client);
    EXPECT_EQ(pair.client.read(), "well");
    EXPECT_EQ(pair.left_over, 0U);
}

TEST_P(tls_machine, takes_one_byte_at_a_time) {
    tls_pair pair(context, {.version = GetParam(), .authority = context.authority_pem()});
    ASSERT_TRUE(pair.shake(1));
    SSL_write(pair.client.ssl.get(), "hello", 5);
    EXPECT_EQ(pair.deliver(pair.client.sent(), 1, 100), "hello");
}

TEST_P(tls_machine, carries_a_large_body) {
    tls_pair pair(context, {.version = GetParam()});
    ASSERT_TRUE(pair.shake());
    const std::string body(std::size_t{16} << 20, 'x');
    SSL_write(pair.client.ssl.get(), body.data(), static_cast<int>(body.size()));
    EXPECT_TRUE(pair.deliver(pair.client.sent(), 20'000, 10'000) == body);
    pair.server.write(body, pair.to_client);
    pair.client.hears(pair.to_client);
    EXPECT_TRUE(pair.client.read() == body);
}

TEST_P(tls_machine, agrees_on_a_protocol) {
    const std::vector<std::pair<std::string, std::string>> offers = {
        {"\x02h2\x08http/1.1", "h2"}, {"\x08http/1.1\x02h2", "h2"}, {"\x08http/1.1", "http/1.1"}};
    for (const auto& [offered, agreed] : offers) {
        tls_pair pair(context, {.version = GetParam(), .alpn = offered});
        EXPECT_TRUE(pair.shake());
        EXPECT_EQ(pair.server.protocol(), agreed);
    }
    tls_pair pair(context, {.version = GetParam(), .alpn = "\x06spdy/3"});
    EXPECT_FALSE(pair.shake());
    EXPECT_EQ(pair.server.problem(), "no application protocol");
}

TEST_P(tls_machine, closes_and_is_closed) {
    tls_pair pair(context, {.version = GetParam()});
    ASSERT_TRUE(pair.shake());
    SSL_shutdown(pair.client.ssl.get());
    pair.deliver(pair.client.sent(), 100, 100);
    EXPECT_TRUE(pair.server.peer_closed());
    EXPECT_EQ(pair.server.problem(), "");
    pair.server.close(pair.to_client);
    EXPECT_FALSE(pair.to_client.empty());
    pair.client.hears(pair.to_client);
    EXPECT_EQ(SSL_shutdown(pair.client.ssl.get()), 1);
}

SSL_SESSION* newest = nullptr;
int keep_session(SSL*, SSL_SESSION* s) {
    if (newest != nullptr) SSL_SESSION_free(newest);
    newest = s;
    return 1;
}

TEST_P(tls_machine, resumes_a_session) {
    tls_pair first(context, {.version = GetParam()});
    SSL_CTX_sess_set_new_cb(SSL_get_SSL_CTX(first.client.ssl.get()), keep_session);
    ASSERT_TRUE(first.shake());
    ASSERT_NE(newest, nullptr);
    tls_pair second(context, {.version = GetParam(), .session = newest});
    EXPECT_TRUE(second.shake());
    EXPECT_EQ(SSL_session_reused(second.client.ssl.get()), 1);
    SSL_SESSION_free(newest);
    newest = nullptr;
}

TEST_P(tls_machine, says_why_a_client_turned_away) {
    http::tls_context stranger{http::tls_options{}};
    tls_pair pair(context, {.version = GetParam(), .authority = stranger.authority_pem()});
    EXPECT_FALSE(pair.shake());
    EXPECT_TRUE(pair.server.problem().starts_with("the client does not trust the certificate"))
        << pair.server.problem();
}

struct tls_bytes : ::testing::Test {
    http::tls_context context{http::tls_options{}};

    std::string problem_with(std::string bytes, std::string& sent) {
        http::tls_machine machine(context);
        std::string_view left = bytes;
        char room[64];
        EXPECT_EQ(machine.read(left, room, sent), 0U);
        EXPECT_FALSE(machine.is_open());
        return machine.problem();
    }
};

TEST_F(tls_bytes, that_are_none_of_tls_get_a_reason) {
    std::string sent;
    EXPECT_EQ(problem_with("GET / HTTP/1.1\r\n\r\n", sent), "http request");
    EXPECT_NE(problem_with("\x16\x03\x01\x00\x05\xff\x00\x00\x01\x00"s, sent), "");
    EXPECT_FALSE(sent.empty()) << "an alert is to be sent";
}

TEST_F(tls_bytes, of_old_versions_are_refused) {
    tls_client_options old{.version = TLS1_1_VERSION};
    tls_pair pair(context, old);
    SSL_set_security_level(pair.client.ssl.get(), 0);
    SSL_set_cipher_list(pair.client.ssl.get(), "ALL:@SECLEVEL=0");
    EXPECT_FALSE(pair.shake());
}

TEST_F(tls_bytes, that_were_changed_end_the_connection) {
    tls_pair pair(context);
    ASSERT_TRUE(pair.shake());
    SSL_write(pair.client.ssl.get(), "hello", 5);
    std::string bytes = pair.client.sent();
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    EXPECT_EQ(pair.deliver(bytes, 1000, 1000), "");
    EXPECT_EQ(pair.server.problem(), "decryption failed or bad record mac");
}

// A sanitizer's allocator does not count for mallinfo2, and then this is true of nothing.
TEST(tls_idle, connection_holds_no_record_buffers) {
    constexpr std::size_t count = 50;
    constexpr std::size_t idle_bytes_max = std::size_t{32} * 1024;
    http::tls_context context{http::tls_options{}};
    std::vector<std::unique_ptr<http::tls_machine>> machines;
    for (std::size_t i = 0; i < count; ++i) {
        tls_client client(tls_client_options{});
        machines.push_back(std::make_unique<http::tls_machine>(context));
        http::tls_machine& machine = *machines.back();
        std::string to_client;
        char room[4096];
        for (int turn = 0; turn < 3; ++turn) {
            SSL_do_handshake(client.ssl.get());
            const std::string bytes = client.sent();
            std::string_view left = bytes;
            machine.read(left, room, to_client);
            client.hears(std::exchange(to_client, {}));
        }
        ASSERT_TRUE(machine.is_open());
        machine.write(std::string(100'000, 'x'), to_client);
    }
    const std::size_t with = mallinfo2().uordblks;
    machines.clear();
    EXPECT_LE((with - mallinfo2().uordblks) / count, idle_bytes_max);
}

TEST(tls_context_, is_made_once_whoever_asks) {
    http::tls_context context{http::tls_options{}};
    std::vector<SSL_CTX*> seen(8);
    std::vector<std::thread> threads;
    for (SSL_CTX*& mine : seen) threads.emplace_back([&] { mine = &context.get(); });
    for (std::thread& t : threads) t.join();
    EXPECT_EQ(std::set<SSL_CTX*>(seen.begin(), seen.end()).size(), 1U);
}

}  // namespace
}  // namespace kinetide::testing
