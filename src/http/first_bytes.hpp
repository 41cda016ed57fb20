// What a connection speaks, by its first bytes.
#pragma once

#include <string_view>

namespace kinetide::http {

enum class protocol { unclear, tls, http1, http2 };

inline constexpr std::string_view http2_preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

// `unclear` wants more bytes; http2_preface.size() are enough.
[[nodiscard]] protocol protocol_of(std::string_view first_bytes);

}  // namespace kinetide::http
