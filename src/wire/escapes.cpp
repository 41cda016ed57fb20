#include "escapes.hpp"

#include <cstddef>
#include <optional>

namespace kinetide::wire {
namespace {

std::optional<std::uint32_t> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
    return std::nullopt;
}

constexpr std::ptrdiff_t unit_size = 6;  // \uXXXX

// The UTF-16 unit that \uXXXX stands for.
std::optional<std::uint32_t> read_unit(const char* at, const char* end) {
    if (end - at < unit_size || at[0] != '\\' || at[1] != 'u') return std::nullopt;
    std::uint32_t unit = 0;
    for (int i = 2; i < unit_size; ++i) {
        const auto digit = hex_digit(at[i]);
        if (!digit) return std::nullopt;
        unit = unit << 4U | *digit;
    }
    return unit;
}

bool is_high(std::uint32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_low(std::uint32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

escape_sequence read_units(const char* at, const char* end) {
    const auto unit = read_unit(at, end);
    if (!unit) return {};
    const char* const behind = at + unit_size;
    if (is_high(*unit)) {
        const auto other = read_unit(behind, end);
        if (other && is_low(*other)) {
            const std::uint32_t code_point =
                0x10000 + ((*unit - 0xd800) << 10U) + (*other - 0xdc00);
            return {code_point, behind + unit_size};
        }
    }
    if (is_high(*unit) || is_low(*unit)) return {lone_surrogate_becomes, behind, true};
    return {*unit, behind};
}

}  // namespace

escape_sequence read_escape(const char* at, const char* end) {
    if (end - at < 2) return {};
    switch (at[1]) {
        case '"': return {'"', at + 2};
        case '\\': return {'\\', at + 2};
        case '/': return {'/', at + 2};
        case 'b': return {'\b', at + 2};
        case 'f': return {'\f', at + 2};
        case 'n': return {'\n', at + 2};
        case 'r': return {'\r', at + 2};
        case 't': return {'\t', at + 2};
        case 'u': return read_units(at, end);
        default: return {};
    }
}

}  // namespace kinetide::wire
