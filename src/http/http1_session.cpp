#include "http1_session.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <cstdio>
#include <exception>
#include <utility>

#include <kinetide/base/log.hpp>

#include "base64url.hpp"
#include "http2_session.hpp"
#include "plain_answer.hpp"

namespace kinetide::http {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Up to here a copy is cheaper than a buffer of its own, and pipelined answers leave together.
constexpr std::size_t small_body_bytes = 16 * 1024;
constexpr std::size_t coalesced_bytes = 64 * 1024;
// What one connection may ask for before others of its worker get their turn.
constexpr int requests_a_turn = 32;
constexpr std::size_t piece_bytes = 256 * 1024;
// A connection that has been idle for this long gives its buffer of answers back.
constexpr milliseconds buffer_idle_time{1'000};
constexpr std::size_t kept_out_bytes = 4 * 1024;
// What a refused peer may still send before it is cut off, so that most get to read why.
constexpr milliseconds linger_time{2'000};
constexpr std::size_t linger_bytes_max = 32 * 1024 * 1024;
constexpr std::string_view last_chunk = "0\r\n\r\n";

}  // namespace

http1_session::http1_session(std::shared_ptr<worker> w, channel c, bool from_loopback)
    : worker_(std::move(w)),
      channel_(std::move(c)),
      parser_(worker_->shared().bounds, worker_->spares(), from_loopback) {}

void http1_session::start() { read(); }

void http1_session::close() {
    if (stage_ == stage::closed) return;
    stage_ = stage::closed;
    const auto self = shared_from_this();  // leave() may drop the last owner
    channel_.close();
    source_.reset();
    stream_.reset();
    worker_->leave(*this);
}

void http1_session::drain() {
    if (stage_ == stage::idle) return close();
    if (!stream_) return;
    closing_ = true;
    stream_.reset();
    if (writing_) {  // from out_
        ended_early_ = true;
        return;
    }
    if (chunked_) out_ += last_chunk;
    write();
}

// Goes on until something has to be waited for.
void http1_session::pump() {
    int served = 0;
    while (true) {
        switch (parser_.next()) {
            case http1_parser::step::more:
                if (parser_.owes_continue()) out_ += "HTTP/1.1 100 Continue\r\n\r\n";
                return out_.empty() ? read() : write();
            case http1_parser::step::head:
                if (!judge()) return;
                break;
            case http1_parser::step::refused: {
                const objection why = parser_.why();
                if (why.status == 0) return close();
                return refuse(why.status, json_line(why.reason));
            }
            case http1_parser::step::complete:
                if (parser_.head().wants_h2c && go_on_as_http2()) return;
                serve();
                if (owed_) {
                    // Earlier answers do not wait for this one.
                    if (!out_.empty()) write();
                    return;
                }
                if (closing_ || source_ || stream_ || !body_.empty() ||
                    out_.size() >= coalesced_bytes || ++served == requests_a_turn) {
                    return write();
                }
                break;
        }
    }
}

// `Upgrade: h2c`, once the whole request is there.  One that is not asked for properly is served as
// it came, as RFC 7540 3.2 has it.
bool http1_session::go_on_as_http2() {
    const http1_head& head = parser_.head();
    if (head.http10 || head.settings_count != 1 || channel_.is_secure()) return false;
    const auto settings = base64url_decoded(head.settings);
    if (!settings) return false;
    out_ += "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
    channel_.unread(parser_.rest());
    const auto next = std::make_shared<http2_session>(
        worker_, std::move(channel_), parser_.asked().from_loopback);
    next->send_first(std::move(out_));
    const bool is_settings = next->upgrade(*settings, parser_.asked());
    stage_ = stage::closed;
    worker_->exchange(*this, next);
    if (!is_settings) next->close();
    return true;
}

bool http1_session::judge() {
    std::string refusal = worker_->shared().door.refusal_of(parser_.asked());
    if (refusal.empty()) return true;
    refuse(403, std::move(refusal));
    return false;
}

void http1_session::serve() {
    first_request_ = false;
    kept_ = shared_from_this();
    owed_ = true;
    stage_ = stage::answer;
    deadline_ = steady_clock::time_point::max();
    serving_ = true;
    try {
        worker_->shared().answers.serve(*this);
    } catch (const std::exception& e) {
        log::error(std::string("http: a request's handler failed: ") + e.what());
        kept_.reset();
        closing_ = true;
        at_once_ = plain_answer(500, json_line("Internal error"));
    }
    serving_ = false;
    if (at_once_) {
        response r = std::move(*at_once_);
        at_once_.reset();
        put(std::move(r));
    }
}

void http1_session::answer(response r) {
    // serving_ is the worker's own: another thread must not look at it.
    if (worker_->is_here() && serving_) {
        kept_.reset();
        at_once_ = std::move(r);
        return;
    }
    // Held here as well, since kept_ may be the last: a worker that has ended drops the task.
    const std::shared_ptr<http1_session> self = std::move(kept_);
    worker_->post([self, r = std::move(r)]() mutable { self->answer_late(std::move(r)); });
}

void http1_session::answer_late(response r) {
    if (stage_ == stage::closed || !owed_) return;
    if (writing_) {
        late_ = std::move(r);
        return;
    }
    put(std::move(r));
    write();
}

// Refuses the request at hand in the transport's own name and gives the connection up.
void http1_session::refuse(int status, std::string line) {
    closing_ = true;
    put(plain_answer(status, std::move(line)));
    write();
}

// Puts an answer behind what is to be sent.  The request's views die here.
void http1_session::put(response r) {
    owed_ = false;
    const http1_head& head = parser_.head();
    const bool ends_by_closing = r.stream && head.http10;
    closing_ = closing_ || ends_by_closing || !head.keep_alive || worker_->is_draining();
    auto goes_on = connection_field::none;
    if (closing_) {
        goes_on = connection_field::close;
    } else if (head.http10) {
        goes_on = connection_field::keep_alive;
    }
    chunked_ = r.stream && !head.http10;
    append_head(out_, r, chunked_, worker_->date(), goes_on);
    if (!parser_.asked().head && r.status != 204 && r.status != 304) put_body(r);
    if (!closing_) parser_.finish();
}

void http1_session::put_body(response& r) {
    if (r.stream && worker_->is_draining()) {
        if (chunked_) out_ += last_chunk;
    } else if (r.stream) {
        asleep_ = false;
        stream_ = std::move(r.stream);
        stream_->opened([this] { resume(); });
    } else if (r.source) {
        source_bytes_left_ = r.source->size();
        if (source_bytes_left_ != 0) source_ = std::move(r.source);
    } else if (r.body.size() <= small_body_bytes) {
        out_ += r.body;
    } else {
        body_ = std::move(r.body);
    }
}

void http1_session::read() {
    // An answer may have been on its way, promising to go on, when the drain began.
    if (worker_->is_draining() && !parser_.started()) return close();
    const limits& bounds = worker_->shared().bounds;
    if (parser_.in_body()) {
        await(stage::body, bounds.body_idle_time);
    } else if (!parser_.started()) {
        await(stage::idle, first_request_ ? bounds.header_time : bounds.keep_alive_time);
    } else if (stage_ != stage::head) {  // the time is for the whole head, not for each piece
        await(stage::head, bounds.header_time);
    }
    watch();
}

void http1_session::watch() {
    if (std::exchange(watching_, true)) return;
    channel_.when_readable(shared_from_this());
}

void http1_session::readable(const error_code& waiting_failed) {
    watching_ = false;
    if (stage_ == stage::closed) return;
    if (stage_ == stage::lingering) return drain_waste();
    if (closing_) return;  // expired in the meantime
    error_code error = waiting_failed;
    const std::size_t bytes = error ? 0 : channel_.read_now(parser_.room(), error);
    if (error == asio::error::eof && (!parser_.started() || stream_)) return close();
    if (error && error != asio::error::would_block) return fail("reading", error);
    parser_.received(bytes);
    // What comes behind a request whose answer goes on is looked at when that has ended.
    if (stage_ == stage::streaming || writing_) return bytes == 0 ? watch() : void();
    if (bytes == 0) return watch();
    pump();
}

void http1_session::write() {
    const limits& bounds = worker_->shared().bounds;
    await(stage::writing, stream_ ? bounds.stream_idle_time : bounds.body_idle_time);
    writing_ = true;
    if (source_ && sent_ == 0 && !add_piece()) return;
    if (stream_ && sent_ == 0 && !asleep_) add_chunk();
    const std::size_t of_out = std::min(sent_, out_.size());
    channel_.write_some(
        {std::string_view(out_).substr(of_out), std::string_view(body_).substr(sent_ - of_out)},
        shared_from_this());
}

void http1_session::sent(const error_code& error, std::size_t bytes) {
    if (stage_ == stage::closed) return;
    if (error) return fail("writing", error);
    sent_ += bytes;
    if (sent_ < out_.size() + body_.size()) return write();
    out_.clear();
    if (!body_.empty()) body_ = std::string();
    sent_ = 0;
    if (source_ || (stream_ && !asleep_)) return write();
    if (std::exchange(ended_early_, false) && chunked_) {
        out_ += last_chunk;
        return write();
    }
    writing_ = false;
    if (stream_) {
        stage_ = stage::streaming;
        deadline_ = steady_clock::time_point::max();
        // To learn of a peer that goes away.
        if (!parser_.started()) watch();
        return;
    }
    if (closing_) return linger();
    if (late_) {
        response r = std::move(*late_);
        late_.reset();
        put(std::move(r));
        return write();
    }
    if (owed_) {
        stage_ = stage::answer;
        deadline_ = steady_clock::time_point::max();
        return;
    }
    pump();
}

// False when the source did not keep its word: the length is announced, so that only cutting the
// connection tells the peer.
bool http1_session::add_piece() {
    const std::size_t before = out_.size();
    bool more = false;
    try {
        more = source_->next(out_, piece_bytes);
    } catch (const std::exception& e) {
        log::error(std::string("http: an answer's source failed: ") + e.what());
        close();
        return false;
    }
    const std::size_t added = out_.size() - before;
    if (added == 0 || added > source_bytes_left_ || (!more && added != source_bytes_left_)) {
        log::error("http: an answer's source is not as long as it said");
        close();
        return false;
    }
    source_bytes_left_ -= added;
    if (source_bytes_left_ == 0) source_.reset();
    return true;
}

// The next piece of an answer without a length, as a chunk.
void http1_session::add_chunk() {
    constexpr std::size_t size_line_bytes = 10;  // eight digits and a line end
    const std::size_t begin = out_.size();
    if (chunked_) out_.append(size_line_bytes, ' ');
    const std::size_t data = out_.size();
    auto state = body_stream::state::ended;
    try {
        state = stream_->next(out_, piece_bytes);
    } catch (const std::exception& e) {
        log::error(std::string("http: an answer's stream failed: ") + e.what());
        closing_ = true;
        chunked_ = false;  // without a last chunk the peer knows
    }
    const std::size_t bytes = out_.size() - data;
    if (chunked_ && bytes == 0) out_.resize(begin);
    if (chunked_ && bytes != 0) {
        std::array<char, 24> line{};
        std::snprintf(line.data(), line.size(), "%08zx\r\n", bytes);
        out_.replace(begin, size_line_bytes, line.data(), size_line_bytes);
        out_ += "\r\n";
    }
    asleep_ = state == body_stream::state::asleep;
    if (state != body_stream::state::ended) return;
    stream_.reset();
    if (chunked_) out_ += last_chunk;
}

void http1_session::resume() {
    if (!stream_ || !asleep_) return;
    asleep_ = false;
    if (!writing_) write();
}

// A socket that is closed with bytes unread makes the kernel send a reset, which can overtake the
// answer: so we end our side, and read for a while what the peer still sends.
void http1_session::linger() {
    await(stage::lingering, linger_time);
    if (worker_->is_draining() && !channel_.has_unread()) return close();
    error_code error;
    channel_.shut_down(error);
    if (error) return close();
    if (!watching_) drain_waste();
}

void http1_session::drain_waste() {
    const std::span<char> waste = worker_->waste();
    error_code error;
    wasted_ += channel_.read_now(waste, error);
    const bool ended = error && error != asio::error::would_block;
    if (ended || wasted_ > linger_bytes_max) return close();
    watch();
}

void http1_session::await(stage what, milliseconds at_most) {
    stage_ = what;
    since_ = steady_clock::now();
    deadline_ = since_ + at_most;
}

bool http1_session::look_at_clock(steady_clock::time_point now) {
    const bool rests = stage_ == stage::idle && now - since_ > buffer_idle_time;
    if (rests && out_.capacity() > kept_out_bytes) out_ = std::string();
    return now >= deadline_;
}

void http1_session::expire() {
    if (stage_ != stage::head && stage_ != stage::body) return close();
    channel_.cancel();
    refuse(408, json_line("The request took too long to arrive"));
}

void http1_session::fail(std::string_view doing, const error_code& error) {
    if (log::enabled(log::level::debug)) {
        log::debug("http: " + std::string(doing) + ": " + error.message());
    }
    close();
}

}  // namespace kinetide::http
