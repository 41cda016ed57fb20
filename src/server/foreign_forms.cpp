// The forms that other programs brought along.

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <system_error>

#include "forms.hpp"

namespace kinetide::program {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Digits, and perhaps a fraction: neither sign nor exponent nor "inf".
std::optional<double> parse_decimal(std::string_view text) {
    const auto is_part = [](char c) { return is_digit(c) || c == '.'; };
    if (text.empty() || !is_digit(text.front()) ||
        !std::all_of(text.begin(), text.end(), is_part)) {
        return std::nullopt;
    }
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

struct time_unit {
    std::string_view name;
    double ms;
    bool has_plural = true;
};

constexpr std::array<time_unit, 19> units{{
    {"d", 86'400'000, false},
    {"day", 86'400'000},
    {"h", 3'600'000, false},
    {"hr", 3'600'000},
    {"hour", 3'600'000},
    {"m", 60'000, false},
    {"min", 60'000},
    {"minute", 60'000},
    {"s", 1'000, false},
    {"sec", 1'000},
    {"second", 1'000},
    {"ms", 1, false},
    {"milli", 1},
    {"millisecond", 1},
    {"micro", 1e-3},
    {"microsecond", 1e-3},
    {"ns", 1e-6, false},
    {"nano", 1e-6},
    {"nanosecond", 1e-6},
}};

std::optional<double> ms_in(std::string_view unit) {
    for (const time_unit& u : units) {
        if (unit == u.name) return u.ms;
        const bool plural = u.has_plural && unit.size() == u.name.size() + 1 && unit.back() == 's';
        if (plural && unit.starts_with(u.name)) return u.ms;
    }
    return std::nullopt;
}

bool is_stream_name(std::string_view text) {
    constexpr std::size_t longest = 128;
    return !text.empty() && text.size() <= longest &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
                      c == '.' || c == '-';
           });
}

// What stands before the next colon; `rest` is left with what stands behind it.
std::string_view take_part(std::string_view& rest) {
    const auto colon = rest.find(':');
    const std::string_view part = rest.substr(0, colon);
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
    return part;
}

}  // namespace

std::optional<settings::initial_stream> parse_initial_stream(std::string_view text) {
    constexpr std::ptrdiff_t colons_max = 2;
    if (std::count(text.begin(), text.end(), ':') > colons_max) return std::nullopt;
    settings::initial_stream out;
    std::string_view rest = text;
    out.name = take_part(rest);
    const std::string_view shards = take_part(rest);
    out.region = rest;
    if (!is_stream_name(out.name)) return std::nullopt;
    if (!out.region.empty() && !is_region(out.region)) return std::nullopt;
    if (shards.empty()) return out;
    const auto count = parse_number(shards, 1, std::numeric_limits<std::int32_t>::max());
    if (!count) return std::nullopt;
    out.shards = static_cast<std::int32_t>(*count);
    return out;
}

std::optional<double> parse_probability(std::string_view text) {
    const auto value = parse_decimal(text);
    return value && *value <= 1 ? value : std::nullopt;
}

std::string shortest_text(double value) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    constexpr double longest_ms = 86'400'000;
    const auto unit_at = text.find_first_not_of("0123456789.");
    if (unit_at == std::string_view::npos) return std::nullopt;
    const auto value = parse_decimal(text.substr(0, unit_at));
    std::string_view unit = text.substr(unit_at);
    while (unit.starts_with(' ')) unit.remove_prefix(1);
    const auto unit_ms = ms_in(unit);
    if (!value || !unit_ms || *value * *unit_ms > longest_ms) return std::nullopt;
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(*value * *unit_ms)));
}

std::optional<bool> parse_boolean(std::string_view text) {
    const std::string lower = lower_case(text);
    if (lower == "true" || lower == "1") return true;
    if (lower == "false" || lower == "0") return false;
    return std::nullopt;
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

}  // namespace kinetide::program
