// CBOR's data items.  Lengths and counts are definite, but for sequences.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <kinetide/base/blob.hpp>
#include <kinetide/base/clock.hpp>
#include <kinetide/wire/table.hpp>

#include "cbor_head.hpp"

namespace kinetide::wire {

template <class Sink>
class cbor_out {
public:
    static constexpr bool wants_counts = true;

    explicit cbor_out(Sink& sink) : sink_(sink) {}

    void open_structure(std::size_t members) { head(cbor_major::map, members); }
    void close_structure() {}
    void open_list(std::size_t elements) { head(cbor_major::array, elements); }
    void close_list() {}
    void open_sequence() { sink_.put('\x9f'); }
    void close_sequence() { sink_.put('\xff'); }

    void name(std::string_view value, bool) { text(value); }
    void key(std::string_view value, bool) { text(value); }
    void separate(bool) {}

    void text(std::string_view value) {
        head(cbor_major::text, value.size());
        sink_.put(value);
    }
    template <class Write>
    void written_text(Write write) {
        std::array<char, text_bytes_limit> scratch;
        text({scratch.data(), write(scratch.data())});
    }
    void count_plain_text(std::size_t size) {
        head(cbor_major::text, size);
        sink_.skip(size);
    }
    void blob(blob_view value) {
        head(cbor_major::bytes, value.size);
        sink_.put(value.as_text());
    }
    void boolean(bool value) { sink_.put(value ? '\xf5' : '\xf4'); }
    void number(std::int64_t value) {
        if (value < 0) {
            head(cbor_major::negative_integer, static_cast<std::uint64_t>(-1 - value));
        } else {
            head(cbor_major::unsigned_integer, static_cast<std::uint64_t>(value));
        }
    }

    // Integer milliseconds, as Kinesis has them; not the seconds of RFC 8949.
    void time(instant value) {
        head(cbor_major::tag, 1);
        number(value.ms);
    }

private:
    void head(cbor_major major, std::uint64_t argument) {
        std::array<char, 9> bytes;
        const auto top = static_cast<unsigned>(major) << 5U;
        if (argument < 24) {
            sink_.put(static_cast<char>(top | argument));
            return;
        }
        const unsigned detail = argument <= 0xff         ? 24U
                                : argument <= 0xffff     ? 25U
                                : argument <= 0xffffffff ? 26U
                                                         : 27U;
        const std::size_t size = std::size_t{1} << (detail - 24U);
        bytes[0] = static_cast<char>(top | detail);
        for (std::size_t i = 0; i < size; ++i) {
            bytes[size - i] = static_cast<char>(argument >> (8 * i));
        }
        sink_.put({bytes.data(), size + 1});
    }

    Sink& sink_;
};

}  // namespace kinetide::wire
