// Where encoders write to: a string, or a counter that finds out how long that string would be.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <kinetide/base/blob.hpp>
#include <kinetide/wire/table.hpp>

#include "base64.hpp"
#include "text.hpp"

namespace kinetide::wire {

// A text type's text, and its quotes.
inline constexpr std::size_t written_bytes_max = text_bytes_limit + 2;

// Appends a text as JSON writes it, between the quotes.
template <class Put>
void escape_json(std::string_view text, Put put) {
    static constexpr std::string_view hex = "0123456789abcdef";
    const char* at = text.data();
    const char* const end = at + text.size();
    while (true) {
        const char* const special = find_special<false>(at, end);
        put(std::string_view(at, static_cast<std::size_t>(special - at)));
        if (special == end) return;
        const char c = *special;
        at = special + 1;
        switch (c) {
            case '"': put("\\\""); break;
            case '\\': put("\\\\"); break;
            case '\b': put("\\b"); break;
            case '\f': put("\\f"); break;
            case '\n': put("\\n"); break;
            case '\r': put("\\r"); break;
            case '\t': put("\\t"); break;
            default: {
                const auto code = static_cast<unsigned char>(c);
                const char unit[] = {'\\', 'u', '0', '0', hex[code >> 4U], hex[code & 15U]};
                put(std::string_view(unit, sizeof unit));
            }
        }
    }
}

// Grows the string ahead of what is written, and cuts it to size when it goes away.
class string_sink {
public:
    static constexpr bool counts_only = false;

    explicit string_sink(std::string& out) : out_(out), used_(out.size()), start_(out.size()) {}
    string_sink(const string_sink&) = delete;
    string_sink& operator=(const string_sink&) = delete;
    ~string_sink() { out_.resize(used_); }

    [[nodiscard]] std::size_t written() const { return used_ - start_; }

    void put(char c) { *claim(1) = c; }
    void put(std::string_view text) { copied(text, claim(text.size())); }
    void put(std::string_view a, std::string_view b, std::string_view c) {
        copied(c, copied(b, copied(a, claim(a.size() + b.size() + c.size()))));
    }
    void put_escaped(std::string_view text) {
        escape_json(text, [this](std::string_view piece) { put(piece); });
    }
    void put_base64(blob_view bytes) { base64_encode(bytes, claim(base64_size(bytes.size))); }
    // What `write` puts at the place it is given, at most written_bytes_max; it says how much.
    template <class Write>
    void put_written(Write write) {
        char* const room = claim(written_bytes_max);
        used_ -= written_bytes_max - write(room);
    }

private:
    static constexpr std::size_t ahead_min = 2 * written_bytes_max;
    static constexpr std::size_t ahead_max = std::size_t{32} << 10U;

    static char* copied(std::string_view piece, char* to) {
        if (!piece.empty()) std::memcpy(to, piece.data(), piece.size());
        return to + piece.size();
    }

    char* claim(std::size_t size) {
        if (out_.size() - used_ < size) [[unlikely]]
            grow(size);
        char* const room = out_.data() + used_;
        used_ += size;
        return room;
    }
    // Not inline: it is rare, and there are many places that claim.
    __attribute__((noinline)) void grow(std::size_t size) {
        out_.resize(used_ + size + std::clamp(used_, ahead_min, ahead_max));
    }

    std::string& out_;
    std::size_t used_;
    std::size_t start_;
};

// A window on what is written: bytes before it are left out, those behind it only counted.
class window_sink {
public:
    static constexpr bool counts_only = false;

    window_sink(std::string& out, std::uint64_t skipped, std::size_t room)
        : out_(out), start_(skipped), end_(skipped + room) {}
    window_sink(const window_sink&) = delete;
    window_sink& operator=(const window_sink&) = delete;

    // Window or not.
    [[nodiscard]] std::uint64_t written() const { return written_; }

    void put(char c) { put(std::string_view(&c, 1)); }
    void put(std::string_view text) {
        const auto [from, to] = shown(text.size());
        out_.append(text.substr(from, to - from));
        written_ += text.size();
    }
    void put(std::string_view a, std::string_view b, std::string_view c) {
        put(a);
        put(b);
        put(c);
    }
    void put_escaped(std::string_view text) {
        escape_json(text, [this](std::string_view piece) { put(piece); });
    }
    template <class Write>
    void put_written(Write write) {
        std::array<char, written_bytes_max> scratch;
        put(std::string_view(scratch.data(), write(scratch.data())));
    }
    // Encodes no more than is shown: four characters are three bytes.
    void put_base64(blob_view bytes) {
        const std::size_t size = base64_size(bytes.size);
        const auto [from, to] = shown(size);
        written_ += size;
        if (from == to) return;
        const std::size_t first = from / 4 * 3;
        const std::size_t last = std::min(bytes.size, (to + 3) / 4 * 3);
        const blob_view part(bytes.data + first, last - first);
        const std::size_t used = out_.size();
        out_.resize(used + base64_size(part.size));
        base64_encode(part, out_.data() + used);
        out_.resize(used + to - from / 4 * 4);
        out_.erase(used, from % 4);
    }

private:
    struct range {
        std::size_t from;
        std::size_t to;
    };
    // Of so many bytes that come next.
    [[nodiscard]] range shown(std::size_t size) const {
        const std::uint64_t from = std::clamp(start_, written_, written_ + size) - written_;
        const std::uint64_t to = std::clamp(end_, written_, written_ + size) - written_;
        return {static_cast<std::size_t>(from), static_cast<std::size_t>(to)};
    }

    std::string& out_;
    const std::uint64_t start_;
    const std::uint64_t end_;
    std::uint64_t written_ = 0;
};

class counting_sink {
public:
    static constexpr bool counts_only = true;

    [[nodiscard]] std::uint64_t written() const { return written_; }

    void put(char) { ++written_; }
    void put(std::string_view text) { written_ += text.size(); }
    void put(std::string_view a, std::string_view b, std::string_view c) {
        written_ += a.size() + b.size() + c.size();
    }
    void put_escaped(std::string_view text) {
        escape_json(text, [this](std::string_view piece) { written_ += piece.size(); });
    }
    void put_base64(blob_view bytes) { written_ += base64_size(bytes.size); }
    void skip(std::size_t bytes) { written_ += bytes; }

private:
    std::uint64_t written_ = 0;
};

}  // namespace kinetide::wire
