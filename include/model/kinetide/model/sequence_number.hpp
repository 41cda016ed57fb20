// AWS's 186-bit sequence numbers, version 2: 47 hex digits, 56 decimal ones.  From the most
// significant digit (as observed, and as the KCL checks it):
//
//   '2' | 9: shard creation, s | 1: low nibble of the shard index | 16: counter | '00'
//       | 9: record time, s    | 8: shard index                   | '2'
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <kinetide/model/shard_id.hpp>

namespace kinetide {

struct sequence_number {
    std::int64_t shard_creation_s = 0;
    std::uint64_t counter = 0;
    std::int64_t time_s = 0;
    shard_id shard;

    // The counter of a closed shard's EndingSequenceNumber, above every record's.
    static constexpr std::uint64_t counter_of_end = 0x7fffffffffffffff;

    // By value as numbers, which is by these members in this order.
    friend constexpr auto operator<=>(const sequence_number& a, const sequence_number& b) {
        if (const auto c = a.shard_creation_s <=> b.shard_creation_s; std::is_neq(c)) return c;
        if (const auto c = (a.shard.index & 15U) <=> (b.shard.index & 15U); std::is_neq(c))
            return c;
        if (const auto c = a.counter <=> b.counter; std::is_neq(c)) return c;
        if (const auto c = a.time_s <=> b.time_s; std::is_neq(c)) return c;
        return a.shard.index <=> b.shard.index;
    }
    friend constexpr bool operator==(const sequence_number&, const sequence_number&) = default;

    // All of them have as many digits.
    static constexpr std::size_t text_bytes_max = 56;
    static constexpr std::size_t text_size() { return text_bytes_max; }
    std::size_t write_text(char* out) const;
    [[nodiscard]] std::string text() const;
};

// What a number in a request turned out to be.
struct parsed_sequence_number {
    int version = 2;  // 0 and 1 are older layouts, of which only time and shard are told
    sequence_number number;
};

// Nothing for text that is no decimal number of one of the three layouts.
std::optional<parsed_sequence_number> parse_sequence_number(std::string_view digits);

}  // namespace kinetide
