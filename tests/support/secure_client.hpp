// A socket that speaks TLS, for a test that has something to say through it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "support/raw_client.hpp"
#include "support/tls_client.hpp"

namespace kinetide::testing {

// Shakes hands when it is made; is_open() says whether that went well.
class secure_client {
public:
    explicit secure_client(std::uint16_t port, const tls_client_options& o = {})
        : socket_(port), tls_(o) {
        while (SSL_do_handshake(tls_.ssl.get()) != 1) {
            socket_.send(tls_.sent());
            const std::string some = socket_.some();
            if (some.empty()) return;
            tls_.hears(some);
        }
        socket_.send(tls_.sent());
    }

    void send(std::string_view bytes) {
        std::size_t written = 0;
        if (!bytes.empty()) SSL_write_ex(tls_.ssl.get(), bytes.data(), bytes.size(), &written);
        socket_.send(tls_.sent());
    }
    // Plaintext that comes next; empty at the end.
    std::string some() {
        while (true) {
            if (std::string plain = tls_.read(); !plain.empty()) return plain;
            const std::string bytes = socket_.some();
            if (bytes.empty()) return {};
            tls_.hears(bytes);
        }
    }
    std::string read_to(std::string_view text) {
        std::string all;
        while (all.find(text) == std::string::npos) {
            const std::string plain = some();
            if (plain.empty()) break;
            all += plain;
        }
        return all;
    }
    // The end as TLS has it; the socket stays as it is.
    void say_goodbye() {
        SSL_shutdown(tls_.ssl.get());
        socket_.send(tls_.sent());
    }
    [[nodiscard]] bool is_open() const { return SSL_is_init_finished(tls_.ssl.get()) == 1; }
    [[nodiscard]] bool saw_goodbye() const {
        return (SSL_get_shutdown(tls_.ssl.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
    }
    raw_client& socket() { return socket_; }

private:
    raw_client socket_;
    tls_client tls_;
};

}  // namespace kinetide::testing
