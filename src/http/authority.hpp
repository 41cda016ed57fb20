// The host part of `Host` and `Origin`, taken apart.
#pragma once

#include <optional>
#include <string_view>

namespace kinetide::http {

struct authority {
    std::string_view host;  // as sent, without port, brackets and one trailing dot
    enum class kind { name, ipv4, ipv6 } what = kind::name;
};

// `host[:port]`.  Nothing where that is malformed: an empty or overlong label, a strange character,
// a port that is no port, user information.
std::optional<authority> read_authority(std::string_view text);

// localhost, *.localhost, 127.0.0.0/8, [::1].
bool is_loopback(const authority& a);

}  // namespace kinetide::http
