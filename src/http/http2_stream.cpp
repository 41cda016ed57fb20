#include "http2_stream.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace kinetide::http {
namespace {

// A frame carries 16 KiB; a few at once save calls.
constexpr std::size_t piece_bytes = 64 * 1024;

}  // namespace

int http2_stream::take(std::string_view name, std::string_view value, const limits& bounds) {
    constexpr std::size_t field_overhead_bytes = 4;  // as `: ` and a line end cost in HTTP/1.1
    const std::size_t bytes = text_.size() + name.size() + value.size() + field_overhead_bytes;
    if (name == ":path" && value.size() > bounds.target_bytes_max) return 414;
    if (bytes > bounds.header_bytes_max || spans_.size() >= bounds.header_fields_max) return 431;
    spans_.push_back({text_.size(), name.size(), value.size()});
    text_.append(name).append(value);
    return 0;
}

void http2_stream::finish_head() {
    const std::string_view text = text_;
    bool has_authority = false;
    for (const span_of& s : spans_) {
        std::string_view name = text.substr(s.begin, s.name_bytes);
        const std::string_view value = text.substr(s.begin + s.name_bytes, s.value_bytes);
        if (name == ":method") request_.method = value;
        if (name == ":path") request_.target = value;
        if (name == ":authority") {
            has_authority = true;
            name = "host";
        }
        if (!name.starts_with(':')) request_.fields.push_back({name, value});
    }
    request_.head = request_.method == "HEAD";
    if (!has_authority) return;
    // The authority decides, whatever Host says beside it; two that differ are refused as two
    // Hosts.
    const std::string_view* first = request_.find("host");
    const auto same_again = [&](const field& f) {
        return f.name == "host" && &f.value != first && f.value == *first;
    };
    std::erase_if(request_.fields, same_again);
}

int http2_stream::take_body(std::string_view bytes, const limits& bounds) {
    unreturned_ += bytes.size();
    if (body_.size() + bytes.size() > bounds.body_bytes_max) return 413;
    body_.append(bytes);
    return 0;
}

void http2_stream::finish() {
    whole_ = true;
    request_.body = body_;
}

void http2_stream::forget_request() {
    request_ = request();
    text_ = std::string();
    spans_ = {};
    body_ = std::string();
}

void http2_stream::begin_answer(response r) {
    answered_ = true;
    answer_ = std::move(r);
}

void http2_stream::end_stream() {
    answer_.stream.reset();
    asleep_ = false;
}

// Makes the next piece of an answer that is not there as a whole.  False: there is none now.
bool http2_stream::refill(std::size_t room) {
    piece_.clear();
    sent_ = 0;
    const std::size_t wanted = std::max(room, piece_bytes);
    if (answer_.source) {
        last_piece_ = !answer_.source->next(piece_, wanted);
        return true;
    }
    const auto state = answer_.stream->next(piece_, wanted);
    last_piece_ = state == body_stream::state::ended;
    asleep_ = state == body_stream::state::asleep;
    return !piece_.empty() || last_piece_;
}

http2_stream::piece http2_stream::next(char* to, std::size_t room, std::size_t& taken) {
    const bool made = answer_.source || answer_.stream;
    if (made && sent_ == piece_.size() && !last_piece_) {
        if (asleep_ || !refill(room)) return piece::asleep;
    }
    // Of one whose stream was ended from outside, what is made already is still sent.
    const std::string& from = piece_.empty() ? answer_.body : piece_;
    taken = std::min(room, from.size() - sent_);
    std::memcpy(to, from.data() + sent_, taken);
    sent_ += taken;
    const bool all = sent_ == from.size();
    return all && (!made || last_piece_) ? piece::ended : piece::more;
}

}  // namespace kinetide::http
