#include "http1_parser.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace kinetide::http {
namespace {

// Kept by an idle connection; a head with a small record fits.
constexpr std::size_t first_bytes = 8 * 1024;
// Behind a head there is always this much, so that chunk framing has somewhere to go.
constexpr std::size_t spare_bytes_min = 1024;
// The body's first step; later ones double what has arrived.
constexpr std::size_t body_first_bytes = 64 * 1024;
// Of a request line, beside its target.
constexpr std::size_t method_and_version_bytes_max = 128;

// A first line that ends in no `HTTP/` at all: whoever sent it would not understand an answer.
bool is_foreign(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t target = line.find(' ');
    const std::size_t version = line.rfind(' ');
    if (target == version) return false;  // a line that is only too short is HTTP's to refuse
    const std::string_view last = line.substr(version + 1);
    return !last.empty() && last.find('/') == std::string_view::npos;
}

}  // namespace

http1_parser::http1_parser(const limits& bounds, spare_buffers& spares, bool from_loopback)
    : bounds_(bounds), spares_(spares), chunks_(0, 0) {
    request_.from_loopback = from_loopback;
}

http1_parser::step http1_parser::next() {
    switch (phase_) {
        case phase::head: return read_head();
        case phase::accepted: return begin_body();
        case phase::length_body: return read_length_body();
        case phase::chunked_body: return read_chunked_body();
        case phase::complete: return step::complete;
        case phase::refused: break;
    }
    return step::refused;
}

std::span<char> http1_parser::room() {
    direct_ = false;
    if (phase_ == phase::length_body && body_apart_) {
        direct_ = true;
        grow_body(static_cast<std::size_t>(head_.body_bytes));
        const std::size_t due = static_cast<std::size_t>(head_.body_bytes) - body_.size();
        return body_.spare().first(std::min(due, body_.spare().size()));
    }
    // A chunk that is larger than what the buffer behind the head can take goes straight to its
    // place.
    if (phase_ == phase::chunked_body && chunks_.data_bytes() > in_.spare().size()) {
        direct_ = true;
        grow_body(bounds_.body_bytes_max);
        const std::size_t due = static_cast<std::size_t>(chunks_.data_bytes());
        return body_.spare().first(std::min(due, body_.spare().size()));
    }
    if (phase_ == phase::head) {
        // No views yet: what is there may move.
        if (begin_ != 0 && in_.spare().size() < spare_bytes_min) {
            in_.drop_front(begin_);
            line_ -= begin_;
            scanned_ -= begin_;
            if (fields_ != 0) fields_ -= begin_;
            begin_ = 0;
        }
        if (in_.spare().empty()) in_.reserve(std::max(first_bytes, in_.capacity() * 2));
    }
    return in_.spare();
}

void http1_parser::received(std::size_t bytes) {
    (direct_ ? body_ : in_).grew(bytes);
    if (direct_ && phase_ == phase::chunked_body) chunks_.took(bytes);
}

bool http1_parser::owes_continue() {
    const bool owed = continue_owed_ && in_body() && body_begin_ == in_.size() && body_.size() == 0;
    continue_owed_ = false;
    return owed;
}

http1_parser::step http1_parser::read_head() {
    const char* const bytes = in_.text().data();
    // One blank line before a request is no harm: old clients send it behind a body.
    if (!skipped_blank_ && in_.text(begin_, in_.size()).starts_with("\r\n")) {
        begin_ += 2;
        line_ = scanned_ = begin_;
        skipped_blank_ = true;
    }
    while (scanned_ < in_.size()) {
        const void* const found = std::memchr(bytes + scanned_, '\n', in_.size() - scanned_);
        if (found == nullptr) break;
        const auto end = static_cast<std::size_t>(static_cast<const char*>(found) - bytes);
        if (fields_ == 0) {
            if (judge_first_line(end) == step::refused) return step::refused;
            if (is_foreign(in_.text(begin_, end))) return refuse({0, "Not HTTP"});
        } else if (end + 1 - fields_ > bounds_.header_bytes_max) {
            return refuse({431, "The header block is too large"});
        }
        if (end == line_ || bytes[end - 1] != '\r') {
            return refuse({400, "A line of the head does not end in CRLF"});
        }
        // Beast would unfold the line, which others take for a field of its own.
        if (fields_ != 0 && (bytes[line_] == ' ' || bytes[line_] == '\t')) {
            return refuse({400, "A header field goes over several lines"});
        }
        const bool blank = end == line_ + 1;
        scanned_ = line_ = end + 1;
        if (blank && fields_ == 0) return refuse({400, "The request line is missing"});
        if (blank) return take_head(line_);
        if (fields_ == 0) fields_ = line_;
    }
    scanned_ = in_.size();
    if (fields_ == 0) return judge_first_line(in_.size());
    if (in_.size() - fields_ > bounds_.header_bytes_max) {
        return refuse({431, "The header block is too large"});
    }
    return step::more;
}

// The line up to `end`, whole or not.  `more` when there is nothing against it.
http1_parser::step http1_parser::judge_first_line(std::size_t end) {
    std::string_view line = in_.text(begin_, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() <= bounds_.target_bytes_max) return step::more;
    // Of a line that is too long in any case only this much is looked at, so that the verdict does
    // not hang on how much of it has come.
    const std::size_t line_bytes_max = bounds_.target_bytes_max + method_and_version_bytes_max;
    line = line.substr(0, line_bytes_max + 1);
    const std::size_t method_end = line.find(' ');
    if (method_end != std::string_view::npos) {
        const std::size_t target_end = std::min(line.find(' ', method_end + 1), line.size());
        if (target_end - method_end - 1 > bounds_.target_bytes_max) {
            return refuse({414, "The request's target is too long"});
        }
    }
    if (line.size() > line_bytes_max) return refuse({400, "The request line is too long"});
    return step::more;
}

http1_parser::step http1_parser::take_head(std::size_t end) {
    // The last chance to move: from here on views hold the buffer.
    in_.reserve(end + spare_bytes_min);
    if (const auto why = read_http1_head(in_.text(begin_, end), bounds_, request_, head_)) {
        return refuse(*why);
    }
    continue_owed_ = head_.wants_continue;
    head_end_ = body_begin_ = end;
    phase_ = phase::accepted;
    return step::head;
}

http1_parser::step http1_parser::begin_body() {
    body_apart_ = head_.chunked;
    if (head_.chunked) {
        body_ = spares_.take();
        chunks_ = chunk_framing(bounds_.body_bytes_max, bounds_.header_bytes_max);
        phase_ = phase::chunked_body;
        return read_chunked_body();
    }
    if (head_.body_bytes > bounds_.body_bytes_max) return refuse({413, "The body is too large"});
    phase_ = phase::length_body;
    const std::size_t length = static_cast<std::size_t>(head_.body_bytes);
    if (length > in_.capacity() - body_begin_) {
        body_apart_ = true;
        body_ = spares_.take();
        const std::string_view arrived = in_.text(body_begin_, in_.size());
        body_.reserve(std::max(arrived.size(), std::min(length, body_first_bytes)));
        body_.append(arrived);
        body_begin_ = in_.size();
    }
    return read_length_body();
}

http1_parser::step http1_parser::read_length_body() {
    const std::size_t length = static_cast<std::size_t>(head_.body_bytes);
    if (body_apart_) {
        return body_.size() < length ? step::more : complete(body_.text(), body_begin_);
    }
    if (in_.size() - body_begin_ < length) return step::more;
    return complete(in_.text(body_begin_, body_begin_ + length), body_begin_ + length);
}

http1_parser::step http1_parser::read_chunked_body() {
    std::string_view bytes = in_.text(body_begin_, in_.size());
    while (true) {
        const auto at = chunks_.read(bytes);
        if (at == chunk_framing::step::refused) return refuse(chunks_.why());
        if (at == chunk_framing::step::end)
            return complete(body_.text(), in_.size() - bytes.size());
        if (bytes.empty()) break;
        if (at == chunk_framing::step::data) {
            grow_body(bounds_.body_bytes_max);
            const std::size_t due = static_cast<std::size_t>(
                std::min<std::uint64_t>(chunks_.data_bytes(), bytes.size()));
            const std::size_t taken = std::min(due, body_.spare().size());
            body_.append(bytes.substr(0, taken));
            chunks_.took(taken);
            bytes.remove_prefix(taken);
        }
    }
    // All of it is taken: the next goes behind the head again.
    in_.cut(head_end_);
    body_begin_ = head_end_;
    return step::more;
}

http1_parser::step http1_parser::complete(std::string_view body, std::size_t end) {
    request_.body = body;
    body_begin_ = end;
    phase_ = phase::complete;
    return step::complete;
}

http1_parser::step http1_parser::refuse(objection why) {
    why_ = why;
    phase_ = phase::refused;
    return step::refused;
}

// Doubles a full buffer: what is asked for follows what has arrived.
void http1_parser::grow_body(std::size_t bytes_max) {
    if (!body_.spare().empty()) return;
    body_.reserve(std::min(bytes_max, std::max(body_first_bytes, body_.capacity() * 2)));
}

void http1_parser::finish() {
    request_.fields.clear();
    request_.body = {};
    request_.head = false;
    if (body_apart_) spares_.give(std::exchange(body_, byte_buffer()));
    body_apart_ = false;
    begin_ = body_begin_;
    if (begin_ == in_.size()) {
        in_.cut(0);
        begin_ = 0;
        if (in_.capacity() > 2 * first_bytes) in_.release();
    }
    line_ = scanned_ = begin_;
    fields_ = 0;
    skipped_blank_ = false;
    phase_ = phase::head;
}

}  // namespace kinetide::http
