// A socket that says exactly what a test tells it to, and an HTTP server to say it to.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <kinetide/http/server.hpp>

namespace kinetide::testing {

// An answer as it came over the wire.
struct raw_answer {
    int status = 0;
    std::string head;  // with its blank line
    std::string body;

    [[nodiscard]] bool has(std::string_view line) const {
        return head.find(std::string("\r\n") + std::string(line) + "\r\n") != std::string::npos;
    }
};

// Blocks for ten seconds at most, so that a hung server fails a test instead of hanging it.
class raw_client {
public:
    explicit raw_client(std::uint16_t port, int receive_buffer_bytes = 0)
        : raw_client(no_connect{}) {
        if (receive_buffer_bytes != 0) {
            setsockopt(
                fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
        }
        connect(port);
    }
    ~raw_client() { close(); }
    raw_client(const raw_client&) = delete;
    raw_client& operator=(const raw_client&) = delete;

    struct no_connect {};
    explicit raw_client(no_connect) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const timeval patience{10, 0};
        setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    }
    void connect(std::uint16_t port) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(port);
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ASSERT_EQ(::connect(fd_, reinterpret_cast<const sockaddr*>(&at), sizeof at), 0);
    }

    // False when the server has closed its side.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    void end_sending() { ::shutdown(fd_, SHUT_WR); }
    void close() {
        if (fd_ >= 0) ::close(std::exchange(fd_, -1));
    }

    // Is there something to read, or an end, within that time?
    bool readable(std::chrono::milliseconds within) {
        if (!read_.empty()) return true;
        pollfd p{fd_, POLLIN, 0};
        return ::poll(&p, 1, static_cast<int>(within.count())) == 1;
    }

    // The next answer; status 0 when the connection ended first.
    raw_answer answer(bool without_body = false) {
        raw_answer a;
        std::size_t end = 0;
        while ((end = read_.find("\r\n\r\n")) == std::string::npos) {
            if (!more()) return {};
        }
        a.head = take(end + 4);
        std::from_chars(a.head.data() + 9, a.head.data() + 12, a.status);
        if (without_body || a.status == 100) return a;
        std::size_t length = 0;
        const std::string_view name = "\r\nContent-Length: ";
        if (const std::size_t at = a.head.find(name); at != std::string::npos) {
            const char* const from = a.head.data() + at + name.size();
            std::from_chars(from, a.head.data() + a.head.size(), length);
        }
        while (read_.size() < length && more()) {
        }
        a.body = take(std::min(length, read_.size()));
        return a;
    }

    // What has come, and if that is nothing, what comes next; empty at the end.
    std::string some() {
        if (read_.empty()) more();
        return std::exchange(read_, {});
    }

    // All that comes until the server closes.
    std::string rest() {
        while (more()) {
        }
        return std::exchange(read_, {});
    }
    // The server has closed and said nothing more.
    bool ended() { return rest().empty() && at_end_; }

private:
    bool more() {
        char bytes[64 * 1024];
        const ssize_t got = ::recv(fd_, bytes, sizeof bytes, 0);
        if (got > 0) read_.append(bytes, static_cast<std::size_t>(got));
        if (got == 0) at_end_ = true;
        return got > 0;
    }
    std::string take(std::size_t bytes) {
        std::string taken = read_.substr(0, bytes);
        read_.erase(0, bytes);
        return taken;
    }

    int fd_;
    std::string read_;
    bool at_end_ = false;
};

// Answers each request by a function; by default with method, target and body.
class function_handler : public http::handler {
public:
    std::function<void(http::exchange&)> serve_with = [](http::exchange& e) {
        http::response r;
        r.body = std::string(e.asked().method) + " " + std::string(e.asked().target) + " " +
                 std::string(e.asked().body);
        e.answer(std::move(r));
    };

    void serve(http::exchange& e) override { serve_with(e); }
};

// A server on a free port of this machine.  Change `options` and `handler` before start().
class http_test : public ::testing::Test {
protected:
    http_test() {
        options.hosts = {"127.0.0.1"};
        options.ports = {0};
        options.workers = 2;
    }
    // Before what a test's handler refers to goes.
    void TearDown() override { server.reset(); }
    void start() {
        server = std::make_unique<http::server>(options, handler);
        server->start();
        port = server->addresses().front().port;
    }
    // One request on a connection of its own, and all that comes back.
    std::string say(std::string_view bytes) {
        raw_client client(port);
        client.send(bytes);
        return client.rest();
    }

    function_handler handler;
    http::options options;
    std::unique_ptr<http::server> server;
    std::uint16_t port = 0;
};

inline http::response text(std::string body) {
    http::response r;
    r.body = std::move(body);
    return r;
}

}  // namespace kinetide::testing
