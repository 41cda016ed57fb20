// The heads of CBOR data items (RFC 8949): what comes, and its argument.  Both passes read by
// these.
#pragma once

#include <cstdint>

namespace kinetide::wire {

enum class cbor_major : std::uint8_t {
    unsigned_integer,
    negative_integer,
    bytes,
    text,
    array,
    map,
    tag,
    simple,  // simple values, floats, and the break
};

struct cbor_head {
    cbor_major major = cbor_major::simple;
    std::uint8_t detail = 0;  // the low five bits: in major 7 they tell floats from simple values
    std::uint64_t argument = 0;    // value, length, count, tag, or the bits of a float
    const char* behind = nullptr;  // nullptr: not well-formed, or the end

    [[nodiscard]] bool indefinite() const { return detail == 31 && major != cbor_major::simple; }
    [[nodiscard]] bool is_break() const { return detail == 31 && major == cbor_major::simple; }
    [[nodiscard]] bool is_float() const {
        return major == cbor_major::simple && detail >= 25 && detail <= 27;
    }
    [[nodiscard]] bool is_integer() const {
        return major == cbor_major::unsigned_integer || major == cbor_major::negative_integer;
    }
    [[nodiscard]] bool is_boolean() const {
        return major == cbor_major::simple && (detail == 20 || detail == 21);
    }
    // null, undefined, or a simple value without a meaning.
    [[nodiscard]] bool is_nothing() const {
        return major == cbor_major::simple && detail <= 24 && !is_boolean();
    }

    // Of an integer, held within 64 bits; of a float, rounded down.
    [[nodiscard]] std::int64_t whole_number() const;
    // Integers are milliseconds, floats seconds.
    [[nodiscard]] std::int64_t time_ms() const;
    [[nodiscard]] double float_value() const;
};

cbor_head read_cbor_head(const char* at, const char* end);

// The head of the next value: tags before it are read over.
cbor_head read_cbor_value_head(const char* at, const char* end);

}  // namespace kinetide::wire
