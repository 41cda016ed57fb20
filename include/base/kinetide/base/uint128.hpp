// Hash keys are 128-bit numbers, written in decimal.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kinetide {

__extension__ using uint128 = unsigned __int128;

inline constexpr uint128 uint128_max = ~uint128{0};

inline constexpr std::size_t uint128_digits_max = 39;

[[nodiscard]] std::string to_decimal(uint128 value);
// The same into room for uint128_digits_max; returns how many there are.
std::size_t write_decimal(uint128 value, char* out);

// Digits only, at most 39; nothing when the text is anything else or the number needs more than
// 128 bits.
[[nodiscard]] std::optional<uint128> parse_decimal(std::string_view digits);

}  // namespace kinetide
