#include <kinetide/base/uint128.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace kinetide {

// Nineteen digits at a time: dividing 128 bits takes many times as long as dividing 64.
std::string to_decimal(uint128 value) {
    constexpr std::uint64_t chunk = 10'000'000'000'000'000'000U;
    constexpr std::ptrdiff_t chunk_digits = 19;
    std::array<char, 3 * chunk_digits> digits{};
    char* const end = digits.data() + digits.size();
    char* at = end;
    do {
        char* const chunk_start = at - chunk_digits;
        auto low = static_cast<std::uint64_t>(value % chunk);
        value /= chunk;
        do {
            *--at = static_cast<char>('0' + low % 10);
            low /= 10;
        } while (low != 0);
        while (value != 0 && at != chunk_start) *--at = '0';
    } while (value != 0);
    return {at, end};
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
