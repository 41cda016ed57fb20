// Certificates of our own making: an authority, and what it signs for a server.  ECDSA P-256, since
// an RSA key takes a quarter of a second to make.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "openssl.hpp"

namespace kinetide::http {

struct identity {
    certificate_ptr certificate;
    key_ptr key;
    std::vector<certificate_ptr> chain;  // between it and the authority
};

using certificate_time = std::chrono::system_clock::time_point;

// All throw std::runtime_error where OpenSSL fails.
[[nodiscard]] identity make_authority(certificate_time now);
// `names`: DNS names or IP addresses.
[[nodiscard]] identity make_leaf(
    const identity& authority, const std::vector<std::string>& names, certificate_time now);

// Whether the leaf is signed by the authority, made for all the names, and good for a month more.
[[nodiscard]] bool still_serves(
    const identity& leaf,
    const identity& authority,
    const std::vector<std::string>& names,
    certificate_time now);
[[nodiscard]] bool has_expired(const X509& certificate, certificate_time now);

[[nodiscard]] std::string pem_of(X509& certificate);
// Key and certificate.
[[nodiscard]] std::string pem_of(const identity& i);

// Certificates and key in any order; the first certificate is the identity's own.  What is not
// there is null in the result, what is broken throws std::runtime_error with OpenSSL's reason.
[[nodiscard]] identity read_pem(const std::string& text);

}  // namespace kinetide::http
