// Decimal digits of numbers of several words, nineteen at a time.  Every record has a number of 56
// digits: a division by ten for each of them is 40 % of what it takes to encode a page.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include <kinetide/base/uint128.hpp>

namespace kinetide {

inline constexpr std::uint64_t ten_to_19 = 10'000'000'000'000'000'000U;

struct division {
    std::uint64_t quotient;
    std::uint64_t rest;
};

// (high * 2^64 + low) / ten_to_19, for high < ten_to_19.  By the reciprocal, after Moeller and
// Granlund, "Improved division by invariant integers", algorithm 4.
[[nodiscard]] inline division divide_by_ten_to_19(std::uint64_t high, std::uint64_t low) {
    constexpr auto reciprocal = static_cast<std::uint64_t>(uint128_max / ten_to_19);  // less 2^64
    const uint128 estimate =
        static_cast<uint128>(reciprocal) * high + (static_cast<uint128>(high) << 64U | low);
    std::uint64_t quotient = static_cast<std::uint64_t>(estimate >> 64U) + 1;
    std::uint64_t rest = low - quotient * ten_to_19;
    if (rest > static_cast<std::uint64_t>(estimate)) {
        --quotient;
        rest += ten_to_19;
    }
    if (rest >= ten_to_19) {
        ++quotient;
        rest -= ten_to_19;
    }
    return {quotient, rest};
}

// Eight digits, zeros in front included, by halving: 4 and 4, then 2 and 2, then 1 and 1, all
// pairs of a step at once.
inline void write_eight_digits(std::uint32_t value, char* out) {
    std::uint64_t x = value / 10'000 | static_cast<std::uint64_t>(value % 10'000) << 32U;
    const std::uint64_t hundreds = (x * 10'486 >> 20U) & 0x7f'0000'007fU;
    x = hundreds | (x - 100 * hundreds) << 16U;
    const std::uint64_t tens = (x * 103 >> 10U) & 0xf'000f'000f'000fU;
    x = (tens | (x - 10 * tens) << 8U) + 0x3030'3030'3030'3030U;
    if constexpr (std::endian::native == std::endian::big) x = __builtin_bswap64(x);
    std::memcpy(out, &x, sizeof x);
}

// Sixteen digits of a value below 10^16.
inline void write_sixteen_digits(std::uint64_t value, char* out) {
    constexpr std::uint64_t ten_to_8 = 100'000'000;
    write_eight_digits(static_cast<std::uint32_t>(value / ten_to_8), out);
    write_eight_digits(static_cast<std::uint32_t>(value % ten_to_8), out + 8);
}

inline constexpr std::uint64_t ten_to_16 = 10'000'000'000'000'000U;

// All eighteen digits of a value below 10^18, zeros in front included.
inline void write_eighteen_digits(std::uint64_t value, char* out) {
    const auto first = static_cast<std::uint32_t>(value / ten_to_16);
    out[0] = static_cast<char>('0' + first / 10);
    out[1] = static_cast<char>('0' + first % 10);
    write_sixteen_digits(value % ten_to_16, out + 2);
}

// All nineteen digits of a value below ten_to_19.
inline void write_nineteen_digits(std::uint64_t value, char* out) {
    const auto first = static_cast<std::uint32_t>(value / ten_to_16);
    out[0] = static_cast<char>('0' + first / 100);
    out[1] = static_cast<char>('0' + first / 10 % 10);
    out[2] = static_cast<char>('0' + first % 10);
    write_sixteen_digits(value % ten_to_16, out + 3);
}

}  // namespace kinetide
