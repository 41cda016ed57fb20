// Plain blocking sockets: one request needs no event loop, and a container's health check starts a
// process every few seconds.

#include "fetch.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "forms.hpp"

namespace kinetide::program {
namespace {

using steady = std::chrono::steady_clock;
constexpr std::chrono::seconds patience{2};

class socket_owner {
public:
    explicit socket_owner(int descriptor) : descriptor_(descriptor) {}
    ~socket_owner() {
        if (descriptor_ >= 0) close(descriptor_);
    }
    socket_owner(const socket_owner&) = delete;
    socket_owner& operator=(const socket_owner&) = delete;
    [[nodiscard]] int get() const { return descriptor_; }

private:
    int descriptor_;
};

std::string last_error() {
    // What a socket's time-out looks like: EINPROGRESS from connect, EAGAIN from the others.
    if (errno == EAGAIN || errno == EINPROGRESS) return "no answer within 2 s";
    return std::generic_category().message(errno);
}

// A peer that sends a byte now and then does not get more time.  False when there is none left.
bool limit_wait(int descriptor, steady::time_point deadline) {
    using std::chrono::microseconds;
    const auto left = std::chrono::duration_cast<microseconds>(deadline - steady::now()).count();
    if (left <= 0) {
        errno = EAGAIN;
        return false;
    }
    const timeval wait{.tv_sec = left / 1'000'000, .tv_usec = left % 1'000'000};
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
    return true;
}

// Where a server with these settings can be reached from its own machine.
std::string callable_host(const settings& s) {
    const std::string& first = s.hosts.front();
    if (first == "0.0.0.0") return "127.0.0.1";
    return first == "::" ? "::1" : first;
}

// Connects, or says why not.
std::string connect_to(const socket_owner& peer, const addrinfo& at, steady::time_point deadline) {
    const bool connected = peer.get() >= 0 && limit_wait(peer.get(), deadline) &&
                           connect(peer.get(), at.ai_addr, at.ai_addrlen) == 0;
    return connected ? std::string() : last_error();
}

// All that comes, up to `bytes_max` or the end.
std::string receive(
    const socket_owner& peer, std::size_t bytes_max, steady::time_point deadline, std::string& to) {
    while (to.size() < bytes_max) {
        char piece[4096];
        if (!limit_wait(peer.get(), deadline)) return last_error();
        const ssize_t got = recv(peer.get(), piece, sizeof(piece), 0);
        if (got < 0) return last_error();
        if (got == 0) return {};
        to.append(piece, static_cast<std::size_t>(got));
    }
    return {};
}

fetched ask(const std::string& host, const std::string& port, const std::string& path) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) {
        return {"no such address", {}};
    }
    const socket_owner peer(
        socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC, found->ai_protocol));
    const auto deadline = steady::now() + patience;
    std::string problem = connect_to(peer, *found, deadline);
    freeaddrinfo(found);
    if (!problem.empty()) return {std::move(problem), {}};

    const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
    const std::string request =
        "GET " + path + " HTTP/1.1\r\nHost: " + name + ":" + port + "\r\nConnection: close\r\n\r\n";
    if (send(peer.get(), request.data(), request.size(), MSG_NOSIGNAL) < 0) {
        return {last_error(), {}};
    }
    fetched out;
    constexpr std::size_t answer_bytes_max = 64 * 1024;
    out.problem = receive(peer, answer_bytes_max, deadline, out.answer);
    if (out.problem.empty() && out.answer.empty()) {
        out.problem = "the connection was closed without an answer";
    }
    return out;
}

// Which port a server with these settings listens at.  Gives what is wrong, or nothing.
std::string find_port(const configuration& c, const file_reader& read_file, std::string& port) {
    port = std::to_string(c.ports.front());
    if (port != "0") return {};
    if (c.port_file.empty()) return "--port is 0, and no --port-file says which one was taken";
    const auto text = read_file(c.port_file);
    if (!text) return "no server: " + c.port_file + " cannot be read";
    port = text->substr(0, text->find('\n'));
    if (!parse_number(port, 1, 65535)) return c.port_file + " does not hold a port";
    return {};
}

}  // namespace

std::string_view fetched::body() const {
    const std::size_t end = answer.find("\r\n\r\n");
    return end == std::string::npos ? std::string_view() : std::string_view(answer).substr(end + 4);
}

fetched fetch(const configuration& c, const file_reader& read_file, const std::string& path) {
    std::string port;
    if (std::string problem = find_port(c, read_file, port); !problem.empty()) {
        return {std::move(problem), {}};
    }
    const std::string host = callable_host(c);
    fetched out = ask(host, port, path);
    if (!out.problem.empty()) out.problem = host + " port " + port + ": " + out.problem;
    return out;
}

}  // namespace kinetide::program
