#include "binary.hpp"

#include <openssl/evp.h>

namespace kinetide::leases {
namespace {

std::size_t padding_of(std::string_view base64) {
    return base64.ends_with("==") ? 2 : base64.ends_with('=') ? 1 : 0;
}

}  // namespace

std::size_t byte_count(std::string_view base64) {
    return base64.size() / 4 * 3 - padding_of(base64);
}

std::optional<std::string> bytes_of(std::string_view base64) {
    if (base64.size() % 4 != 0) return std::nullopt;
    // OpenSSL takes blanks around it, and padding anywhere.
    const std::size_t content = base64.size() - padding_of(base64);
    if (base64.substr(0, content).find_first_of("= \t\r\n") != std::string_view::npos) {
        return std::nullopt;
    }
    std::string out(base64.size() / 4 * 3, '\0');
    const int written = EVP_DecodeBlock(
        reinterpret_cast<unsigned char*>(out.data()),
        reinterpret_cast<const unsigned char*>(base64.data()),
        static_cast<int>(base64.size()));
    if (written < 0 || static_cast<std::size_t>(written) != out.size()) return std::nullopt;
    out.resize(byte_count(base64));
    return out;
}

}  // namespace kinetide::leases
