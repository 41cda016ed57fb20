// TLS as settings, and the certificate authority behind it, for whoever wants to trust it.
#pragma once

#include <string>
#include <vector>

namespace kinetide::http {

struct tls_options {
    // on: a connection's first bytes decide.  only: plain HTTP is told so, and no more.
    enum class mode { off, on, only };

    mode use = mode::on;
    // --tls-cert and --tls-key, PEM, both or neither.  Neither: a certificate is made on first use.
    std::string certificate_file;
    std::string key_file;
    // --tls-dir: keeps what is made over restarts.  Empty: it lives as long as the server.
    std::string directory;
    // What the made certificate is for, beside localhost and the machine: DNS names, with or
    // without a leading `*.`, and IP addresses.
    std::vector<std::string> names;
};

// The authority's certificate that tls_options::directory keeps, PEM; made when there is none.  Any
// process may ask while others do.  Throws std::runtime_error with one line.
[[nodiscard]] std::string authority_kept_in(const tls_options& o);

}  // namespace kinetide::http
