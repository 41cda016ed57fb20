#include "first_bytes.hpp"

namespace kinetide::http {

protocol protocol_of(std::string_view first_bytes) {
    constexpr char tls_handshake = 0x16;
    if (first_bytes.empty()) return protocol::unclear;
    if (first_bytes.front() == tls_handshake) return protocol::tls;
    if (first_bytes.starts_with(http2_preface)) return protocol::http2;
    return http2_preface.starts_with(first_bytes) ? protocol::unclear : protocol::http1;
}

}  // namespace kinetide::http
