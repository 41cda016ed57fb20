#include <kinetide/base/decimal.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace kinetide {

std::size_t write_decimal(uint128 value, char* out) {
    // A digit and twice nineteen: the largest value is 3.4 * 10^38.
    const auto high = static_cast<std::uint64_t>(value >> 64U);
    const std::uint64_t carried = high >= ten_to_19 ? 1 : 0;
    const division d =
        divide_by_ten_to_19(high - carried * ten_to_19, static_cast<std::uint64_t>(value));
    const division top = divide_by_ten_to_19(carried, d.quotient);
    // Most numbers here are a hash key's, of 38 or 39 digits: in their place at once.
    constexpr std::uint64_t ten_to_18 = ten_to_19 / 10;
    if (top.quotient != 0 || top.rest >= ten_to_18) {
        char* at = out;
        if (top.quotient != 0) *at++ = static_cast<char>('0' + top.quotient);
        write_nineteen_digits(top.rest, at);
        write_nineteen_digits(d.rest, at + 19);
        return static_cast<std::size_t>(at + 38 - out);
    }
    std::array<char, 38> digits;
    write_nineteen_digits(top.rest, digits.data());
    write_nineteen_digits(d.rest, digits.data() + 19);
    std::size_t zeros = 0;
    while (zeros + 1 < digits.size() && digits[zeros] == '0') ++zeros;
    std::memcpy(out, digits.data() + zeros, digits.size() - zeros);
    return digits.size() - zeros;
}

std::string to_decimal(uint128 value) {
    std::array<char, uint128_digits_max> digits;
    return {digits.data(), write_decimal(value, digits.data())};
}

std::optional<uint128> parse_decimal(std::string_view digits) {
    if (digits.empty() || digits.size() > uint128_digits_max) return std::nullopt;
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
