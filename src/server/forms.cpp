#include "forms.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <system_error>

namespace kinetide::program {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_address(const std::string& text) {
    in6_addr room{};
    return inet_pton(AF_INET, text.c_str(), &room) == 1 ||
           inet_pton(AF_INET6, text.c_str(), &room) == 1;
}

// Digits where the pattern has a 0, else the pattern's own character.
bool looks_like(std::string_view text, std::string_view pattern) {
    return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(), [](char c, char p) {
        return p == '0' ? is_digit(c) : c == p;
    });
}

int digits(std::string_view text, std::size_t from, std::size_t count) {
    int value = 0;
    for (const char c : text.substr(from, count)) value = value * 10 + (c - '0');
    return value;
}

}  // namespace

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> out;
    if (trimmed(text).empty()) return out;
    while (true) {
        const auto comma = text.find(',');
        out.push_back(trimmed(text.substr(0, comma)));
        if (comma == std::string_view::npos) return out;
        text.remove_prefix(comma + 1);
    }
}

std::optional<std::uint64_t> parse_number(
    std::string_view text, std::uint64_t least, std::uint64_t most) {
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || value < least || value > most) return std::nullopt;
    return value;
}

std::optional<instant_ms> parse_instant(std::string_view text) {
    constexpr std::string_view to_seconds = "0000-00-00T00:00:00";
    constexpr std::string_view fraction = ".000";
    if (text.size() <= to_seconds.size() || text.back() != 'Z') return std::nullopt;
    text.remove_suffix(1);
    const std::string_view rest = text.substr(to_seconds.size());
    if (!looks_like(text.substr(0, to_seconds.size()), to_seconds)) return std::nullopt;
    if (rest.size() == 1 || !looks_like(rest, fraction.substr(0, rest.size()))) {
        return std::nullopt;
    }

    using namespace std::chrono;
    const year_month_day date{
        year{digits(text, 0, 4)},
        month{static_cast<unsigned>(digits(text, 5, 2))},
        day{static_cast<unsigned>(digits(text, 8, 2))}};
    const hours hour{digits(text, 11, 2)};
    const minutes minute{digits(text, 14, 2)};
    const seconds second{digits(text, 17, 2)};
    if (!date.ok() || date.year() < year{1970}) return std::nullopt;
    if (hour >= days{1} || minute >= hours{1} || second >= minutes{1}) return std::nullopt;

    std::string thousandths(rest.empty() ? rest : rest.substr(1));
    thousandths.resize(3, '0');
    return sys_days{date} + hour + minute + second + milliseconds{digits(thousandths, 0, 3)};
}

std::string instant_text(instant_ms t) {
    using namespace std::chrono;
    const auto midnight = floor<days>(t);
    const year_month_day date{midnight};
    const hh_mm_ss time{t - midnight};
    std::array<char, 64> text{};
    std::snprintf(
        text.data(),
        text.size(),
        "%04d-%02u-%02uT%02ld:%02ld:%02ld.%03ldZ",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<long>(time.hours().count()),
        static_cast<long>(time.minutes().count()),
        static_cast<long>(time.seconds().count()),
        static_cast<long>(time.subseconds().count()));
    return text.data();
}

bool add_addresses(std::string_view text, std::vector<std::string>& out) {
    if (text == "localhost") {
        out.insert(out.end(), {"127.0.0.1", "::1"});
        return true;
    }
    if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
        text = text.substr(1, text.size() - 2);
    }
    out.emplace_back(text);
    return is_address(out.back());
}

bool add_origin(std::string_view text, std::vector<std::string>& out) {
    out.emplace_back(text);
    if (text == "*") return true;
    const auto scheme_end = text.find("://");
    if (scheme_end == std::string_view::npos || scheme_end == 0) return false;
    // A path, and be it a lone slash, would never match what a browser sends.
    const std::string_view host = text.substr(scheme_end + 3);
    return !host.empty() && host.find_first_of("/?#@ *") == std::string_view::npos;
}

bool add_host_name(std::string_view text, std::vector<std::string>& out) {
    out.emplace_back(text);
    if (text == "*") return true;
    return !text.empty() && text != "." && std::all_of(text.begin(), text.end(), [](char c) {
        return is_lower(c) || is_upper(c) || is_digit(c) || c == '-' || c == '.' || c == '_';
    });
}

bool add_certificate_name(std::string_view text, std::vector<std::string>& out) {
    out.emplace_back(text);
    if (is_address(out.back())) return true;
    if (text.starts_with("*.")) text.remove_prefix(2);
    std::vector<std::string> name;
    return !text.starts_with('.') && text != "*" && add_host_name(text, name);
}

bool is_account_id(std::string_view text) { return looks_like(text, "000000000000"); }

bool is_region(std::string_view text) {
    constexpr std::size_t longest = 32;
    return !text.empty() && text.size() <= longest &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_lower(c) || is_digit(c) || c == '-';
           });
}

bool is_path(std::string_view text) { return !text.empty(); }

}  // namespace kinetide::program
