#include "json_reader.hpp"

#include <cstring>
#include <optional>

#include <kinetide/wire/decode.hpp>

#include "base64.hpp"
#include "escapes.hpp"
#include "number.hpp"
#include "text.hpp"

namespace kinetide::wire {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// More digits may not fit into 64 bits.
constexpr std::ptrdiff_t digits_max = 18;
// So that milliseconds fit as well.
constexpr std::ptrdiff_t second_digits_max = 15;
// A number that starts with 0 has no other digit.
#ifdef KINETIDE_PLANT_DEFECT
constexpr std::ptrdiff_t digits_from_zero_max = 2;
#else
constexpr std::ptrdiff_t digits_from_zero_max = 1;
#endif

}  // namespace

void json_reader::skip_blanks() {
    while (at_ != end_ && is_blank(*at_)) ++at_;
}

bool json_reader::enter(char opening) {
    if (now() != opening || depth_ == depth_max) return false;
    ++depth_;
    ++at_;
    return true;
}

// Behind the comma that must stand before all but the first item; or behind the end.
step json_reader::next(scope& s, char closing) {
    skip_blanks();
    if (now() == closing) {
        ++at_;
        --depth_;
        return step::end;
    }
    if (!s.first) {
        if (now() != ',') return step::unsure;
        ++at_;
        skip_blanks();
    }
    s.first = false;
    return ++values_ <= values_max ? step::item : step::unsure;
}

step json_reader::next_member(scope& s, std::string_view& name) {
    const step found = next(s, '}');
    if (found != step::item) return found;
    if (!text(name)) return step::unsure;
    skip_blanks();
    if (now() != ':') return step::unsure;
    ++at_;
    skip_blanks();
    return step::item;
}

step json_reader::next_element(scope& s) { return next(s, ']'); }

bool json_reader::take_word(std::string_view word) {
    if (std::string_view(at_, static_cast<std::size_t>(end_ - at_)).substr(0, word.size()) !=
        word) {
        return false;
    }
    at_ += word.size();
    return true;
}

bool json_reader::text(std::string_view& out) {
    if (now() != '"') return false;
    const char* const start = ++at_;
    const char* found = find_special<true>(start, end_);
    while (found != end_ && static_cast<unsigned char>(*found) >= 0x80) {
        found = behind_character(found, end_);
        if (found == nullptr) return false;
        found = find_special<true>(found, end_);
    }
    if (found == end_) return false;
    if (*found == '\\') return text_with_escapes(start, found, out);
    if (*found != '"') return false;
    out = {start, static_cast<std::size_t>(found - start)};
    at_ = found + 1;
    return true;
}

// Unescaped text is never longer than it was, so the room up to the closing quote is enough.
bool json_reader::text_with_escapes(const char* start, const char* escape, std::string_view& out) {
    at_ = escape;
    if (!skip_text()) return false;
    const char* const closing = at_ - 1;
    char* const room = memory_.text(static_cast<std::size_t>(closing - start));
    char* put = room;
    const char* from = start;
    while (from != closing) {
        if (*from == '\\') {
            const escape_sequence e = read_escape(from, closing);
            put = write_utf8(e.code_point, put);
            from = e.behind;
        } else {
            *put++ = *from++;
        }
    }
    memory_.end_newest_at(put);
    out = {room, static_cast<std::size_t>(put - room)};
    return true;
}

// From inside a text to behind its closing quote.
bool json_reader::skip_text() {
    while (true) {
        at_ = find_special<true>(at_, end_);
        if (at_ == end_) return false;
        const auto c = static_cast<unsigned char>(*at_);
        if (c == '"') {
            ++at_;
            return true;
        }
        if (c < 0x20) return false;
        at_ = c == '\\' ? read_escape(at_, end_).behind : behind_character(at_, end_);
        if (at_ == nullptr) return false;
    }
}

// Base64 has no quote, so the next one ends it; whatever else stands before that, the decoder finds
// (a `\/`, for one, and then the text is unescaped first).
bool json_reader::blob(blob_view& out) {
    if (now() != '"') return false;
    const char* const start = at_ + 1;
    const auto* const quote =
        static_cast<const char*>(std::memchr(start, '"', static_cast<std::size_t>(end_ - start)));
    if (quote == nullptr) return false;
    const auto decode = [this, &out](std::string_view encoded) {
        char* const room = memory_.text(encoded.size() / 4 * 3);
        const std::size_t size = base64_decode(encoded, room);
        memory_.end_newest_at(size == not_base64 ? room : room + size);
        out = {room, size};
        return size != not_base64;
    };
    if (decode({start, static_cast<std::size_t>(quote - start)})) {
        at_ = quote + 1;
        return true;
    }
    std::string_view encoded;
    return text(encoded) && decode(encoded);
}

bool json_reader::boolean(bool& out) {
    out = now() == 't';
    return take_word(out ? "true" : "false");
}

bool json_reader::integer(std::int64_t& out) {
    const bool negative = now() == '-';
    if (negative) ++at_;
    const char* const start = at_;
    std::int64_t number = 0;
    while (is_digit(now()) && at_ - start < digits_max) number = number * 10 + (*at_++ - '0');
    const char after = now();
    if (at_ == start || (*start == '0' && at_ - start > digits_from_zero_max)) return false;
    if (is_digit(after) || after == '.' || after == 'e' || after == 'E') return false;
    out = negative ? -number : number;
    return true;
}

bool json_reader::time(std::int64_t& ms) {
    const char* const start = at_;
    if (now() == '-' || !skip_number()) return false;
    const std::string_view number(start, static_cast<std::size_t>(at_ - start));
    if (number.find_first_of("eE") != std::string_view::npos) return false;
    if (number.size() > second_digits_max && number.find('.') > second_digits_max) return false;
    ms = floor_of_json_number(number, 3);
    return true;
}

bool json_reader::skip_number() {
    const char* const behind = behind_json_number(at_, end_);
    if (behind == nullptr) return false;
    at_ = behind;
    return true;
}

// Recursion ends with the depth that enter() counts.
bool json_reader::skip() {
    scope inner;
    step s = step::item;
    switch (now()) {
        case '"': ++at_; return skip_text();
        case 't': return take_word("true");
        case 'f': return take_word("false");
        case 'n': return take_word("null");
        case '{': {
            if (!enter_object(inner)) return false;
            std::string_view name;
            while ((s = next_member(inner, name)) == step::item) {
                if (!skip()) return false;
            }
            return s == step::end;
        }
        case '[':
            if (!enter_list(inner)) return false;
            while ((s = next_element(inner)) == step::item) {
                if (!skip()) return false;
            }
            return s == step::end;
        default: return skip_number();
    }
}

bool json_reader::finish() {
    skip_blanks();
    return at_ == end_;
}

}  // namespace kinetide::wire
