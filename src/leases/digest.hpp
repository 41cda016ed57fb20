// FNV-1a: spreads texts evenly and is the same in every run.  It resists nobody.
#pragma once

#include <cstdint>
#include <string_view>

namespace kinetide::leases {

constexpr std::uint64_t digest(std::string_view text, std::uint64_t start = 0xcbf29ce484222325) {
    for (const char c : text) {
        start ^= static_cast<unsigned char>(c);
        start *= 0x100000001b3;
    }
    // The last bytes have hardly reached the upper bits.
    start ^= start >> 32;
    return start * 0x9e3779b97f4a7c15;
}

}  // namespace kinetide::leases
