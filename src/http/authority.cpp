#include "authority.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>

#include "ascii.hpp"

namespace kinetide::http {
namespace {

constexpr std::size_t label_bytes_max = 63;
constexpr std::size_t name_bytes_max = 253;

bool is_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && end == text.data() + text.size() && text.size() <= 5;
}

// Network order; inet_pton takes no text form but the full one, so `127.1` and `0x7f000001` are no
// addresses here.
template <std::size_t Bytes>
std::optional<std::array<std::uint8_t, Bytes>> read_address(std::string_view text) {
    std::array<char, INET6_ADDRSTRLEN> terminated{};
    if (text.empty() || text.size() >= terminated.size()) return std::nullopt;
    std::copy(text.begin(), text.end(), terminated.begin());
    std::array<std::uint8_t, Bytes> address{};
    const int family = Bytes == 4 ? AF_INET : AF_INET6;
    if (inet_pton(family, terminated.data(), address.data()) != 1) return std::nullopt;
    return address;
}

// The underscore is no hostname's, but it is in the names that docker compose gives.
bool is_name(std::string_view text) {
    if (text.empty() || text.size() > name_bytes_max) return false;
    std::size_t label_bytes = 0;
    for (const char c : text) {
        if (c == '.') {
            if (label_bytes == 0) return false;
            label_bytes = 0;
        } else if (is_letter(c) || is_digit(c) || c == '-' || c == '_') {
            if (++label_bytes > label_bytes_max) return false;
        } else {
            return false;
        }
    }
    return label_bytes != 0;
}

}  // namespace

std::optional<authority> read_authority(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos) return std::nullopt;
        const std::string_view inside = text.substr(1, close - 1);
        const std::string_view rest = text.substr(close + 1);
        if (!rest.empty() && !(rest.starts_with(':') && is_port(rest.substr(1)))) {
            return std::nullopt;
        }
        if (!read_address<16>(inside)) return std::nullopt;
        return authority{inside, authority::kind::ipv6};
    }
    std::string_view host = text;
    if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        if (!is_port(text.substr(colon + 1))) return std::nullopt;
        host = text.substr(0, colon);
    }
    if (host.ends_with('.')) host.remove_suffix(1);
    if (!is_name(host)) return std::nullopt;
    // Only a text that ends in a digit can be an address: that spares names the copy.
    if (is_digit(host.back()) && read_address<4>(host)) {
        return authority{host, authority::kind::ipv4};
    }
    return authority{host, authority::kind::name};
}

bool is_loopback(const authority& a) {
    switch (a.what) {
        case authority::kind::ipv4: return read_address<4>(a.host)->front() == 127;
        case authority::kind::ipv6: {
            constexpr std::array<std::uint8_t, 16> one{
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
            return read_address<16>(a.host) == one;
        }
        case authority::kind::name: break;
    }
    return same_text(a.host, "localhost") || ends_with_text(a.host, ".localhost");
}

}  // namespace kinetide::http
