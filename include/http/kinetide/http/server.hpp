// Listening sockets, workers and connections: HTTP/1.1 on every listening address.
//
// One acceptor thread-less: acceptors run on worker 0 and hand connections round; a connection
// stays on its worker.  No SO_REUSEPORT: a second server on the same port fails loudly.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <kinetide/http/guard.hpp>
#include <kinetide/http/message.hpp>
#include <kinetide/http/tls.hpp>

namespace kinetide::http {

struct limits {
    std::size_t body_bytes_max = 16 * 1024 * 1024;
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t header_fields_max = 100;
    std::size_t target_bytes_max = 8 * 1024;
    std::chrono::milliseconds header_time{10'000};
    std::chrono::milliseconds body_idle_time{30'000};
    // For how long a peer may take nothing of an answer that goes on: such a reader may be slow.
    std::chrono::milliseconds stream_idle_time{360'000};
    std::chrono::milliseconds keep_alive_time{75'000};
    std::chrono::milliseconds drain_time{5'000};  // at stop, for what is in flight
};

struct options {
    std::vector<std::string> hosts;    // IP literals; an IPv6 one that the machine lacks is skipped
    std::vector<std::uint16_t> ports;  // 0 takes a free one, the same for every host
    unsigned workers = 1;
    limits bounds;
    guard_options guard;
    tls_options tls;
};

struct listening_address {
    std::string host;
    std::uint16_t port = 0;
};

class server {
public:
    // `h` must outlive the server.
    server(options o, handler& h);
    ~server();  // stops at once if still running
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    // Binds and starts the workers.  Throws std::runtime_error with one clear line (port taken, bad
    // address, a certificate that cannot be used).
    void start();
    [[nodiscard]] const std::vector<listening_address>& addresses() const;

    // Any thread, once: stop accepting, close idle connections, finish what is in flight within
    // drain_time.  Returns when the workers have ended.
    void stop();

    // Any thread.  The certificate that clients have to trust, PEM; empty when TLS is off or the
    // certificate was given.
    [[nodiscard]] std::string authority_pem();

    // Runs `task` on worker 0 after `delay`, real time.  At most one is pending per key: a later
    // call with the same key replaces it.  For the service's timers.
    void run_after(int key, std::chrono::milliseconds delay, std::function<void()> task);

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace kinetide::http
