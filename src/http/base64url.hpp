// Base64 as URLs and HTTP2-Settings have it: `-` and `_`, without padding (RFC 4648 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kinetide::http {

// Nothing when `text` is none.
std::optional<std::string> base64url_decoded(std::string_view text);

}  // namespace kinetide::http
