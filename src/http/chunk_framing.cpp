#include "chunk_framing.hpp"

#include "ascii.hpp"

namespace kinetide::http {
namespace {

constexpr int size_digits_max = 16;

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    const char l = lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

bool is_token_char(char c) {
    return is_digit(c) || is_letter(c) ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

}  // namespace

chunk_framing::step chunk_framing::read(std::string_view& bytes) {
    while (!refused_) {
        if (state_ == state::end) return step::end;
        if (state_ == state::data) {
            if (chunk_bytes_ != 0) return step::data;
            state_ = state::data_cr;
        }
        if (bytes.empty()) return step::more;
        state_ = after(bytes.front());
        if (!refused_) bytes.remove_prefix(1);
    }
    return step::refused;
}

chunk_framing::state chunk_framing::after(char c) {
    switch (state_) {
        case state::size_first:
            chunk_bytes_ = 0;
            digits_ = 0;
            if (hex_value(c) < 0) return refuse(400, "A chunk's size is malformed");
            return after_size_digit(c);
        case state::size: return hex_value(c) < 0 ? after_size(c) : after_size_digit(c);
        case state::extension:
            if (c == '\r') return state::size_lf;
            if (is_control(c)) return refuse(400, "A chunk's extension is malformed");
            if (extra_bytes_left_-- == 0) return refuse(400, "Chunk extensions are too long");
            return state::extension;
        case state::size_lf:
            if (c != '\n') return refuse(400, "A chunk's line end is malformed");
            return chunk_bytes_ == 0 ? state::trailer_first : state::data;
        case state::data_cr:
            if (c != '\r') return refuse(400, "A chunk is longer than its size");
            return state::data_lf;
        case state::data_lf:
            if (c != '\n') return refuse(400, "A chunk is longer than its size");
            return state::size_first;
        case state::trailer_first:
            if (c == '\r') return state::end_lf;
            [[fallthrough]];
        case state::trailer_name:
            if (c == ':' && state_ == state::trailer_name) return trailer(state::trailer_value);
            if (!is_token_char(c)) return refuse(400, "A trailer is malformed");
            return trailer(state::trailer_name);
        case state::trailer_value:
            if (c == '\r') return state::trailer_lf;
            if (is_control(c)) return refuse(400, "A trailer is malformed");
            return trailer(state::trailer_value);
        case state::trailer_lf:
            if (c != '\n') return refuse(400, "A trailer's line end is malformed");
            return state::trailer_first;
        case state::end_lf:
            if (c != '\n') return refuse(400, "A chunked body's end is malformed");
            return state::end;
        case state::data:
        case state::end: break;
    }
    return state_;
}

chunk_framing::state chunk_framing::after_size_digit(char c) {
    if (++digits_ > size_digits_max) return refuse(400, "A chunk's size is malformed");
    chunk_bytes_ = chunk_bytes_ * 16 + static_cast<std::uint64_t>(hex_value(c));
    return state::size;
}

// White space before `;` or the line's end is refused: it is nowhere needed, and readers differ on
// it.
chunk_framing::state chunk_framing::after_size(char c) {
    if (c != ';' && c != '\r') return refuse(400, "A chunk's size is malformed");
    if (chunk_bytes_ > data_bytes_left_) return refuse(413, "The body is too large");
    data_bytes_left_ -= chunk_bytes_;
    return c == ';' ? state::extension : state::size_lf;
}

chunk_framing::state chunk_framing::trailer(state next) {
    if (extra_bytes_left_-- == 0) return refuse(431, "Trailers are too long");
    return next;
}

chunk_framing::state chunk_framing::refuse(int status, std::string_view reason) {
    refused_ = true;
    why_ = {status, reason};
    return state_;
}

}  // namespace kinetide::http
