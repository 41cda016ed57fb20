// Sequence numbers, hash keys, shard ids and stream ids as a peer may send them: whatever parses
// prints back, what is printed parses, and texts sort as their numbers do.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <kinetide/base/uint128.hpp>
#include <kinetide/model/hash_key.hpp>
#include <kinetide/model/sequence_number.hpp>
#include <kinetide/model/shard_id.hpp>
#include <kinetide/operations/patterns.hpp>
#include <string>
#include <string_view>

#include "input.hpp"

namespace {

using namespace kinetide;
using fuzzing::demand;
namespace patterns = operations::patterns;

void check_text(std::string_view text) {
    const bool canonical = text == "0" || !text.starts_with('0');
    if (const auto n = parse_sequence_number(text)) {
        demand(patterns::is_sequence_number(text) == canonical);
        // Bits that the layout does not name may differ; what it names must come back.
        const auto again = parse_sequence_number(n->number.text());
        demand(again && again->version == 2 && again->number == n->number);
    }
    if (const auto value = parse_decimal(text)) {
        demand(patterns::is_hash_key(text) == canonical);
        if (canonical) {
            char printed[hash_key::text_bytes_max];
            demand(std::string_view(printed, hash_key{*value}.write_text(printed)) == text);
            demand(to_decimal(*value) == text);
        }
    }
    if (const auto id = shard_id::parse(text)) demand(shard_id::parse(id->text()) == id);
    (void)patterns::is_stream_id(text);
}

// Within what a shard may have.
sequence_number taken_number(fuzzing::input& in) {
    constexpr std::uint64_t creation_s_bound = 16'025'175'000;
    constexpr std::uint64_t time_s_bound = std::uint64_t{1} << 36U;
    sequence_number n;
    n.shard_creation_s = static_cast<std::int64_t>(in.number(5) % creation_s_bound);
    n.counter = in.number(8) & sequence_number::counter_of_end;
    n.time_s = static_cast<std::int64_t>(in.number(5) % time_s_bound);
    n.shard.index = static_cast<std::uint32_t>(in.number(4));
    return n;
}

void check_numbers(fuzzing::input in) {
    const sequence_number a = taken_number(in);
    const sequence_number b = taken_number(in);
    const std::string text = a.text();
    demand(patterns::is_sequence_number(text));
    const auto parsed = parse_sequence_number(text);
    demand(parsed && parsed->version == 2 && parsed->number == a);
    demand((text <=> b.text()) == (a <=> b));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzzing::input in(data, size);
    check_text(in.text());
    check_numbers(in);
    return 0;
}
