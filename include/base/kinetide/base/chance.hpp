// Chance, handed in.  Each value is a keyed hash of the seed, a kind, an object and that object's
// own counter, never a draw from a shared generator: so the same requests in the same order per
// object give the same values, whatever other threads do meanwhile.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kinetide {

class chance {
public:
    // Without a seed the key is the system's randomness.
    explicit chance(std::optional<std::uint64_t> seed);

    // Any thread.  Not secret: whoever sees many values may guess the next.
    [[nodiscard]] std::uint64_t draw(
        std::string_view kind, std::uint64_t object, std::uint64_t counter) const;

    // The key of all signatures; secret unless a seed was given.
    [[nodiscard]] const std::array<unsigned char, 32>& secret() const { return secret_; }

private:
    std::array<unsigned char, 32> secret_{};
    std::uint64_t key_ = 0;
};

}  // namespace kinetide
