// The one SSL_CTX of a server.  It costs milliseconds and two megabytes, so it is made with the
// first TLS connection and not at start.
#pragma once

#include <optional>
#include <string>

#include <kinetide/base/mutex.hpp>
#include <kinetide/http/tls.hpp>

#include "credentials.hpp"
#include "openssl.hpp"

namespace kinetide::http {

class tls_context {
public:
    explicit tls_context(tls_options o);
    tls_context(const tls_context&) = delete;
    tls_context& operator=(const tls_context&) = delete;

    [[nodiscard]] tls_options::mode use() const { return options_.use; }

    // At start: reads and checks what was given, and opens --tls-dir.  Touches nothing when neither
    // is set.  Throws std::runtime_error with one line that names setting, path and remedy.
    void load();

    // Any thread.  Made by the first call, the same ever after; connections keep it alive.  Throws
    // std::runtime_error where OpenSSL fails; the next call tries again.
    [[nodiscard]] SSL_CTX& get();

    // Any thread.  The certificate that clients have to trust, PEM; empty when TLS is off or the
    // certificate was given.
    [[nodiscard]] std::string authority_pem();

private:
    const credentials& proof() REQUIRES(mutex_);

    const tls_options options_;
    base::mutex mutex_;
    std::optional<credentials> proof_ GUARDED_BY(mutex_);
    context_ptr context_ GUARDED_BY(mutex_);
};

}  // namespace kinetide::http
