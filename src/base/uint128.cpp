#include <kinetide/base/uint128.hpp>

#include <algorithm>

namespace kinetide {

std::string to_decimal(uint128 value) {
    std::string digits;
    do {
        digits.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
        value /= 10;
    } while (value != 0);
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::optional<uint128> parse_decimal(std::string_view digits) {
    constexpr std::size_t digits_max = 39;
    if (digits.empty() || digits.size() > digits_max) return std::nullopt;
    uint128 value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        const auto digit = static_cast<unsigned>(c - '0');
        if (value > (uint128_max - digit) / 10) return std::nullopt;
        value = value * 10 + digit;
    }
    return value;
}

}  // namespace kinetide
