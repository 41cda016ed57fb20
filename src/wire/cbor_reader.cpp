#include "cbor_reader.hpp"

#include <algorithm>

#include <kinetide/wire/decode.hpp>

#include "text.hpp"

namespace kinetide::wire {

bool cbor_reader::enter(scope& s, cbor_major container) {
    const cbor_head head = read_cbor_value_head(at_, end_);
    if (head.behind == nullptr || head.major != container || depth_ == depth_max) return false;
    ++depth_;
    at_ = head.behind;
    s = {head.indefinite(), head.argument};
    return true;
}

step cbor_reader::next_element(scope& s) {
    if (s.indefinite) {
        const cbor_head head = read_cbor_head(at_, end_);
        if (head.behind != nullptr && head.is_break()) {
            at_ = head.behind;
            --depth_;
            return step::end;
        }
    } else if (s.left-- == 0) {
        --depth_;
        return step::end;
    }
    return ++values_ <= values_max ? step::item : step::unsure;
}

// Names are plain texts, without tags.
step cbor_reader::next_member(scope& s, std::string_view& name) {
    const step found = next_element(s);
    if (found != step::item) return found;
    const cbor_head head = read_cbor_head(at_, end_);
    if (head.behind == nullptr || head.major != cbor_major::text) return step::unsure;
    return string(head, name) && is_utf8(name) ? step::item : step::unsure;
}

bool cbor_reader::null() {
    const cbor_head head = read_cbor_value_head(at_, end_);
    if (head.behind == nullptr || !head.is_nothing()) return false;
    at_ = head.behind;
    return true;
}

// Of bytes or text; the head has been read.
bool cbor_reader::string(const cbor_head& head, std::string_view& out) {
    at_ = head.behind;
    if (head.indefinite()) return string_in_chunks(head.major, out);
    if (head.argument > static_cast<std::uint64_t>(end_ - at_)) return false;
    out = {at_, static_cast<std::size_t>(head.argument)};
    at_ += head.argument;
    return true;
}

// Two rounds: the chunks are measured, then joined.
bool cbor_reader::string_in_chunks(cbor_major major, std::string_view& out) {
    const char* const first = at_;
    std::size_t size = 0;
    cbor_head head = read_cbor_head(at_, end_);
    while (head.behind != nullptr && !head.is_break()) {
        std::string_view chunk;
        if (head.major != major || head.indefinite() || !string(head, chunk)) return false;
        size += chunk.size();
        head = read_cbor_head(at_, end_);
    }
    if (head.behind == nullptr) return false;
    const char* const behind = head.behind;

    char* const room = memory_.text(size);
    char* put = room;
    at_ = first;
    while (put != room + size) {
        std::string_view chunk;
        string(read_cbor_head(at_, end_), chunk);
        put = std::copy(chunk.begin(), chunk.end(), put);
    }
    out = {room, size};
    at_ = behind;
    return true;
}

bool cbor_reader::text(std::string_view& out) {
    const cbor_head head = read_cbor_value_head(at_, end_);
    if (head.behind == nullptr || head.major != cbor_major::text) return false;
    return string(head, out) && is_utf8(out);
}

bool cbor_reader::blob(blob_view& out) {
    const cbor_head head = read_cbor_value_head(at_, end_);
    if (head.behind == nullptr || head.major != cbor_major::bytes) return false;
    std::string_view bytes;
    if (!string(head, bytes)) return false;
    out = blob_view(bytes);
    return true;
}

bool cbor_reader::boolean(bool& out) {
    const cbor_head head = read_cbor_value_head(at_, end_);
    if (head.behind == nullptr || !head.is_boolean()) return false;
    at_ = head.behind;
    out = head.detail == 21;
    return true;
}

bool cbor_reader::integer(std::int64_t& out) {
    const cbor_head head = read_cbor_value_head(at_, end_);
    if (head.behind == nullptr || !(head.is_integer() || head.is_float())) return false;
    at_ = head.behind;
    out = head.whole_number();
    return true;
}

bool cbor_reader::time(std::int64_t& ms) {
    const cbor_head head = read_cbor_value_head(at_, end_);
    if (head.behind == nullptr || !(head.is_integer() || head.is_float())) return false;
    at_ = head.behind;
    ms = head.time_ms();
    return true;
}

// Recursion ends with the depth that enter() counts.
bool cbor_reader::skip() {
    const cbor_head head = read_cbor_value_head(at_, end_);
    if (head.behind == nullptr) return false;
    scope inner;
    std::string_view passed;
    step s = step::item;
    switch (head.major) {
        case cbor_major::text: return text(passed);
        case cbor_major::bytes: return string(head, passed);
        case cbor_major::array:
            if (!enter_list(inner)) return false;
            while ((s = next_element(inner)) == step::item) {
                if (!skip()) return false;
            }
            return s == step::end;
        case cbor_major::map:
            if (!enter_object(inner)) return false;
            while ((s = next_member(inner, passed)) == step::item) {
                if (!skip()) return false;
            }
            return s == step::end;
        default: at_ = head.behind; return !head.is_break();
    }
}

}  // namespace kinetide::wire
