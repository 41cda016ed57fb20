#include <kinetide/model/sequence_number.hpp>

#include <kinetide/base/decimal.hpp>

namespace kinetide {
namespace {

// 192 bits, least significant limb first: enough for the 186 of version 2.
struct wide {
    std::uint64_t limb[3] = {0, 0, 0};

    // value * 10 + digit; false when it would not fit.
    bool append_digit(unsigned digit) {
        uint128 carry = digit;
        for (auto& l : limb) {
            carry += static_cast<uint128>(l) * 10;
            l = static_cast<std::uint64_t>(carry);
            carry >>= 64;
        }
        return carry == 0;
    }

    [[nodiscard]] std::uint64_t bits(unsigned from, unsigned count) const {
        const unsigned word = from / 64;
        const unsigned shift = from % 64;
        uint128 window = limb[word];
        if (word + 1 < 3) window |= static_cast<uint128>(limb[word + 1]) << 64;
        const uint128 mask = (uint128{1} << count) - 1;
        return static_cast<std::uint64_t>(window >> shift & mask);
    }

    void put(unsigned from, std::uint64_t value) {
        const unsigned word = from / 64;
        const uint128 shifted = static_cast<uint128>(value) << (from % 64);
        limb[word] |= static_cast<std::uint64_t>(shifted);
        if (word + 1 < 3) limb[word + 1] |= static_cast<std::uint64_t>(shifted >> 64);
    }

    [[nodiscard]] unsigned bit_length() const {
        for (unsigned i = 3; i-- > 0;) {
            if (limb[i] != 0) return i * 64 + 64 - static_cast<unsigned>(__builtin_clzll(limb[i]));
        }
        return 0;
    }
};

// Bit positions of version 2, four to a hex digit, from the least significant one.
constexpr unsigned version_at = 0;
constexpr unsigned index_at = 4;
constexpr unsigned time_at = 36;
constexpr unsigned zero_at = 72;
constexpr unsigned counter_at = 80;
constexpr unsigned nibble_at = 144;
constexpr unsigned creation_at = 148;
constexpr unsigned prefix_at = 184;
constexpr std::uint64_t prefix = 2;

// Above this a creation time is no time of any shard (observed).
constexpr std::int64_t creation_s_bound = 16'025'175'000;

std::optional<parsed_sequence_number> parse_version_2(const wide& w) {
    parsed_sequence_number p{2, {}};
    p.number.shard_creation_s = static_cast<std::int64_t>(w.bits(creation_at, 36));
    p.number.counter = w.bits(counter_at, 64);
    p.number.time_s = static_cast<std::int64_t>(w.bits(time_at, 36));
    p.number.shard.index = static_cast<std::uint32_t>(w.bits(index_at, 32));
    if (p.number.counter > sequence_number::counter_of_end) return std::nullopt;
    if (p.number.shard_creation_s >= creation_s_bound) return std::nullopt;
    if (w.bits(zero_at, 8) != 0) return std::nullopt;
    return p;
}

// Version 1 differs in its middle: hex digits 13..21 are the record time, 22..35 random, 36..37 the
// counter.
std::optional<parsed_sequence_number> parse_version_1(const wide& w) {
    parsed_sequence_number p{1, {}};
    p.number.shard_creation_s = static_cast<std::int64_t>(w.bits(creation_at, 36));
    p.number.time_s = static_cast<std::int64_t>(w.bits(100, 36));
    p.number.counter = w.bits(36, 8);
    p.number.shard.index = static_cast<std::uint32_t>(w.bits(index_at, 32));
    if (p.number.shard_creation_s >= creation_s_bound) return std::nullopt;
    return p;
}

}  // namespace

std::size_t sequence_number::write_text(char* out) const {
    wide w;
    w.put(version_at, 2);
    w.put(index_at, shard.index);
    w.put(time_at, static_cast<std::uint64_t>(time_s));
    w.put(counter_at, counter);
    w.put(nibble_at, shard.index & 15U);
    w.put(creation_at, static_cast<std::uint64_t>(shard_creation_s));
    w.put(prefix_at, prefix);

    // Three parts of nineteen digits; the first digit of all is a zero and left out.  The number
    // has 186 bits, what is left of it 123 and then 60: that is why the top of a division needs no
    // division of its own.
    const division upper = divide_by_ten_to_19(w.limb[2], w.limb[1]);
    const division lower = divide_by_ten_to_19(upper.rest, w.limb[0]);
    const division top = divide_by_ten_to_19(upper.quotient, lower.quotient);
    write_eighteen_digits(top.quotient, out);
    write_nineteen_digits(top.rest, out + 18);
    write_nineteen_digits(lower.rest, out + 37);
    return text_bytes_max;
}

std::string sequence_number::text() const {
    char buffer[text_bytes_max];
    return {buffer, write_text(buffer)};
}

std::optional<parsed_sequence_number> parse_sequence_number(std::string_view digits) {
    constexpr unsigned version_0_bits = 129;
    constexpr unsigned version_2_bits = 186;
    wide w;
    if (digits.empty()) return std::nullopt;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        if (!w.append_digit(static_cast<unsigned>(c - '0'))) return std::nullopt;
    }
    const unsigned length = w.bit_length();
    if (length <= version_0_bits) {
        // Version 0 tells its shard in the lowest bits: "5" is shard 5 (observed).
        parsed_sequence_number p{0, {}};
        p.number.shard_creation_s = static_cast<std::int64_t>(w.bits(88, 36));
        p.number.shard.index = static_cast<std::uint32_t>(w.bits(0, 16));
        if (p.number.shard_creation_s >= creation_s_bound) return std::nullopt;
        return p;
    }
    if (length != version_2_bits || w.bits(prefix_at, 4) != prefix) return std::nullopt;
    switch (w.bits(version_at, 4)) {
        case 2: return parse_version_2(w);
        case 1: return parse_version_1(w);
        default: return std::nullopt;
    }
}

}  // namespace kinetide
