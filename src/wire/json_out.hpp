// JSON's tokens, compact.
#pragma once

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <kinetide/base/blob.hpp>
#include <kinetide/base/clock.hpp>

namespace kinetide::wire {

template <class Sink>
class json_out {
public:
    // Whether a structure's members are to be counted before it is opened.
    static constexpr bool wants_counts = false;

    explicit json_out(Sink& sink) : sink_(sink) {}

    void open_structure(std::size_t) { sink_.put('{'); }
    void close_structure() { sink_.put('}'); }
    void open_list(std::size_t) { sink_.put('['); }
    void close_list() { sink_.put(']'); }
    void open_sequence() { sink_.put('['); }
    void close_sequence() { sink_.put(']'); }

    // Names in shapes need no escapes; keys of a map may.
    void name(std::string_view plain, bool first) {
        sink_.put(std::string_view(",\"").substr(first ? 1 : 0), plain, "\":");
    }
    void key(std::string_view any, bool first) {
        separate(first);
        text(any);
        sink_.put(':');
    }
    void separate(bool first) {
        if (!first) sink_.put(',');
    }

    void text(std::string_view value) {
        sink_.put('"');
        sink_.put_escaped(value);
        sink_.put('"');
    }
    // What `write` puts at the place it is given, at most text_bytes_limit; it says how much.
    template <class Write>
    void written_text(Write write) {
        sink_.put_written([&](char* to) {
            const std::size_t size = write(to + 1);
            to[0] = to[size + 1] = '"';
            return size + 2;
        });
    }
    void count_plain_text(std::size_t size) { sink_.skip(size + 2); }
    void blob(blob_view value) {
        sink_.put('"');
        sink_.put_base64(value);
        sink_.put('"');
    }
    void boolean(bool value) { sink_.put(value ? std::string_view("true") : "false"); }
    void number(std::int64_t value) {
        std::array<char, 20> digits;
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        sink_.put({digits.data(), static_cast<std::size_t>(end - digits.data())});
    }

    // Plain decimal seconds: clients refuse exponents.
    void time(instant value) {
        const std::uint64_t magnitude = value.ms < 0 ? -static_cast<std::uint64_t>(value.ms)
                                                     : static_cast<std::uint64_t>(value.ms);
        std::array<char, 32> digits;
        char* at = digits.data();
        if (value.ms < 0) *at++ = '-';
        at = std::to_chars(at, digits.data() + digits.size(), magnitude / 1000).ptr;
        const auto ms = static_cast<unsigned>(magnitude % 1000);
        if (ms != 0) {
            *at++ = '.';
            for (const unsigned digit : {ms / 100, ms / 10 % 10, ms % 10}) {
                *at++ = static_cast<char>('0' + digit);
            }
            while (at[-1] == '0') --at;
        }
        sink_.put({digits.data(), static_cast<std::size_t>(at - digits.data())});
    }

private:
    Sink& sink_;
};

}  // namespace kinetide::wire
