// Hash keys are 128-bit numbers, written in decimal.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kinetide {

__extension__ using uint128 = unsigned __int128;

inline constexpr uint128 uint128_max = ~uint128{0};

[[nodiscard]] std::string to_decimal(uint128 value);

// Digits only, at most 39; nothing when the text is anything else or the number needs more than
// 128 bits.
[[nodiscard]] std::optional<uint128> parse_decimal(std::string_view digits);

}  // namespace kinetide
