// What a server proves itself with, and where that is kept.
#pragma once

#include <string>
#include <vector>

#include <kinetide/http/tls.hpp>

#include "certificate.hpp"

namespace kinetide::http {

struct credentials {
    identity leaf;
    identity authority;  // null where the certificate was given
};

// The wanted names of a made certificate: localhost, the machine and tls_options::names.
[[nodiscard]] std::vector<std::string> certificate_names(const tls_options& o);

[[nodiscard]] credentials make_credentials(const tls_options& o, certificate_time now);

// All that follow throw std::runtime_error with one line that names setting, path and remedy.

// --tls-cert and --tls-key.
[[nodiscard]] credentials given_credentials(const tls_options& o);

// --tls-dir.  The directory is made when it is not there, and filled when it has no authority; a
// leaf that no longer serves is made anew from the kept authority.  Several processes may call it
// at a time.
//
//     authority.pem  key and certificate of the authority      server.pem  those of the leaf
//     ca.pem         the authority's certificate, for clients
[[nodiscard]] credentials kept_credentials(const tls_options& o, certificate_time now);

}  // namespace kinetide::http
