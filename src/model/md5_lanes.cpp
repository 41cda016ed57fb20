#include "md5_lanes.hpp"

#include <cstring>
#include <utility>

namespace kinetide::md5_lanes {

#if defined(__x86_64__)

namespace {

using words = std::uint32_t __attribute__((vector_size(4 * lanes)));

// RFC 1321, 3.4: the integer parts of 2^32 * |sin(i)|.
constexpr std::array<std::uint32_t, 64> sines{
    // clang-format off
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
    // clang-format on
};
// By round, four in turn.
constexpr std::array<std::array<int, 4>, 4> rotations{
    {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}}};
constexpr std::array<std::uint32_t, 4> start{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

// The text, a bit, zeros, and its length in bits.
void fill_block(std::string_view text, std::array<std::uint32_t, 16>& block) {
    std::array<char, 64> bytes{};
    if (!text.empty()) std::memcpy(bytes.data(), text.data(), text.size());
    bytes[text.size()] = '\x80';
    std::memcpy(block.data(), bytes.data(), bytes.size());
    block[14] = static_cast<std::uint32_t>(text.size() * 8);
}

template <std::size_t step>
__attribute__((target("avx2"), always_inline)) inline void take_step(
    words& a, const words& b, const words& c, const words& d, const words* block) {
    constexpr std::size_t round = step / 16;
    constexpr std::array<std::size_t, 4> factors{1, 5, 3, 7};
    constexpr std::array<std::size_t, 4> offsets{0, 1, 5, 0};
    constexpr std::size_t word = (factors[round] * step + offsets[round]) % 16;
    constexpr int by = rotations[round][step % 4];
    words mixed;
    if constexpr (round == 0) {
        mixed = d ^ (b & (c ^ d));
    } else if constexpr (round == 1) {
        mixed = c ^ (d & (b ^ c));
    } else if constexpr (round == 2) {
        mixed = b ^ c ^ d;
    } else {
        mixed = c ^ (b | ~d);
    }
    const words sum = a + mixed + block[word] + sines[step];
    a = b + (sum << by | sum >> (32 - by));
}

template <std::size_t... quarters>
__attribute__((target("avx2"), always_inline)) inline void take_steps(
    words* s, const words* block, std::index_sequence<quarters...>) {
    ((take_step<4 * quarters>(s[0], s[1], s[2], s[3], block),
      take_step<4 * quarters + 1>(s[3], s[0], s[1], s[2], block),
      take_step<4 * quarters + 2>(s[2], s[3], s[0], s[1], block),
      take_step<4 * quarters + 3>(s[1], s[2], s[3], s[0], block)),
     ...);
}

}  // namespace

__attribute__((target("avx2"))) void digest(
    const std::array<std::string_view, lanes>& texts,
    std::array<std::array<std::uint32_t, 4>, lanes>& out) {
    std::uint32_t by_word[16][lanes];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        std::array<std::uint32_t, 16> one;
        fill_block(texts[lane], one);
        for (std::size_t i = 0; i < one.size(); ++i) by_word[i][lane] = one[i];
    }
    words block[16];
    std::memcpy(block, by_word, sizeof block);
    const words zero{};
    words s[4] = {zero + start[0], zero + start[1], zero + start[2], zero + start[3]};
    take_steps(s, block, std::make_index_sequence<16>());
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        for (std::size_t i = 0; i < 4; ++i) out[lane][i] = s[i][lane] + start[i];
    }
}

#else

void digest(
    const std::array<std::string_view, lanes>&, std::array<std::array<std::uint32_t, 4>, lanes>&) {}

#endif

}  // namespace kinetide::md5_lanes
