#include "secure_link.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace kinetide::load {
namespace {

SSL_CTX* context() {
    static SSL_CTX* const made = [] {
        SSL_CTX* const c = SSL_CTX_new(TLS_client_method());
        if (c == nullptr) throw std::runtime_error("OpenSSL makes no context");
        SSL_CTX_set_mode(c, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
        return c;
    }();
    return made;
}

// Nothing for now is 0.
std::size_t moved(const SSL* s, int count) {
    if (count > 0) return static_cast<std::size_t>(count);
    const int why = SSL_get_error(s, count);
    if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) return 0;
    throw std::runtime_error("the server ended a TLS connection");
}

int bounded(std::size_t n) { return static_cast<int>(std::min<std::size_t>(n, 1U << 30U)); }

}  // namespace

secure_link::secure_link(std::uint16_t port, bool http2)
    : plain_link(port), session_(SSL_new(context())) {
    static constexpr std::array<unsigned char, 3> h2{2, 'h', '2'};
    if (http2) SSL_set_alpn_protos(session_.get(), h2.data(), h2.size());
    SSL_set_fd(session_.get(), descriptor());
    if (SSL_connect(session_.get()) != 1) throw std::runtime_error("no TLS handshake");
}

std::size_t secure_link::send(std::string_view bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto rest = bytes.substr(sent);
        const std::size_t n =
            moved(session_.get(), SSL_write(session_.get(), rest.data(), bounded(rest.size())));
        if (n == 0) break;
        sent += n;
    }
    return sent;
}

std::size_t secure_link::receive(char* to, std::size_t room) {
    std::size_t got = 0;
    while (got < room) {
        const std::size_t n =
            moved(session_.get(), SSL_read(session_.get(), to + got, bounded(room - got)));
        if (n == 0) break;
        got += n;
    }
    return got;
}

std::size_t secure_link::discard(std::size_t most) {
    unwanted_.resize(std::size_t{64} * 1024);
    std::size_t gone = 0;
    while (gone < most) {
        const std::size_t n = receive(unwanted_.data(), std::min(unwanted_.size(), most - gone));
        if (n == 0) break;
        gone += n;
    }
    return gone;
}

std::unique_ptr<link> connect(std::uint16_t port, security s) {
    std::unique_ptr<plain_link> made;
    if (s == security::plain) {
        made = std::make_unique<plain_link>(port);
    } else {
        made = std::make_unique<secure_link>(port, s == security::tls_http2);
    }
    made->stop_waiting();
    return made;
}

}  // namespace kinetide::load
