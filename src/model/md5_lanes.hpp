// MD5 of eight short texts at once: a single one leaves most of the processor idle, each step waits
// for the one before.  OpenSSL has no such thing to call; its MD5 is the oracle (hash_key_test).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kinetide::md5_lanes {

inline constexpr std::size_t lanes = 8;
// What fits into one block of MD5 with its end.
inline constexpr std::size_t text_bytes_max = 55;

// Only where has_avx2().  Digests of eight texts of at most text_bytes_max bytes each, as their
// four words.
void digest(
    const std::array<std::string_view, lanes>& texts,
    std::array<std::array<std::uint32_t, 4>, lanes>& out);

}  // namespace kinetide::md5_lanes
