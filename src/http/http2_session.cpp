#include "http2_session.hpp"

#include <boost/asio/error.hpp>
#include <exception>
#include <utility>
#include <vector>

#include <kinetide/base/log.hpp>

#include "plain_answer.hpp"

namespace kinetide::http {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr std::size_t coalesced_bytes = 64 * 1024;
// What a peer may still send after the end, so that most get to read why.
constexpr std::chrono::milliseconds linger_time{2'000};
constexpr std::size_t linger_bytes_max = 32 * 1024 * 1024;
// A connection that has been idle for this long gives its buffers back.
constexpr std::chrono::milliseconds buffers_idle_time{1'000};
// What one connection may say before others of its worker get their turn.  A request is two frames
// or more.  A peer may say a lot in few bytes: frames are counted between pieces of this size.
constexpr int reads_a_turn = 4;
constexpr std::size_t frames_a_turn = 32;
constexpr std::size_t piece_bytes = 256;
// Of a connection that has ended; each is a few things to free.
constexpr std::size_t forgotten_a_turn = 64;

}  // namespace

// A stream as whoever answers sees it.
class http2_session::exchange_of final : public http2_stream,
                                         public exchange,
                                         public std::enable_shared_from_this<exchange_of> {
public:
    exchange_of(std::shared_ptr<http2_session> session, time_point now)
        : touched(now), session_(session), worker_(session->worker_) {
        request_.from_loopback = session->from_loopback_;
    }

    [[nodiscard]] const request& asked() const override { return request_; }
    [[nodiscard]] home& lives_on() override { return *worker_; }

    void answer(response r) override {
        // serving is the worker's own: another thread must not look at it.
        if (worker_->is_here() && serving) {
            kept.reset();
            at_once = std::make_unique<response>(std::move(r));
            return;
        }
        const std::shared_ptr<exchange_of> self = std::move(kept);
        worker_->post([self, r = std::move(r)]() mutable {
            if (const auto session = self->session_.lock()) session->answer(*self, std::move(r));
        });
    }

    time_point touched;
    bool serving = false;               // within handler::serve
    std::shared_ptr<exchange_of> kept;  // until answered, for whoever holds us as an exchange only
    std::unique_ptr<response> at_once;  // answered within handler::serve

private:
    const std::weak_ptr<http2_session> session_;
    const std::shared_ptr<worker> worker_;
};

http2_session::http2_session(std::shared_ptr<worker> w, channel c, bool from_loopback)
    : worker_(std::move(w)),
      channel_(std::move(c)),
      from_loopback_(from_loopback),
      machine_(worker_->shared().bounds, *this),
      heard_(steady_clock::now()) {}

http2_session::~http2_session() = default;

bool http2_session::upgrade(std::string_view settings, const request& asked) {
    receiving_ = true;  // nothing is sent before start()
    const bool is_settings = machine_.upgrade(settings, asked);
    receiving_ = false;
    return is_settings;
}

void http2_session::start() {
    flush();
    channel_.when_readable(shared_from_this());
}

void http2_session::close() {
    if (std::exchange(closed_, true)) return;
    const auto self = shared_from_this();  // leave() may drop the last owner
    channel_.close();
    worker_->leave(*this);
    take_apart();
}

// A thousand streams at once would keep others waiting for a millisecond.
void http2_session::take_apart() {
    if (machine_.stream_count() == 0) return;
    worker_->afterwards([self = shared_from_this()] {
        self->machine_.forget(forgotten_a_turn);
        self->take_apart();
    });
}

void http2_session::drain() {
    machine_.shut_down();
    flush();
}

void http2_session::readable(const error_code& error) {
    if (closed_) return;
    if (error) return fail("reading", error);
    if (ending_) return drain_waste();
    const std::span<char> room = worker_->waste();
    heard_ = steady_clock::now();
    receiving_ = true;
    turn_ends_ = machine_.frames() + frames_a_turn;
    for (int i = 0; i < reads_a_turn && machine_.frames() < turn_ends_; ++i) {
        error_code failed;
        const std::size_t bytes = channel_.read_now(room, failed);
        if (failed == asio::error::would_block) break;
        if (failed == asio::error::eof) return close();
        if (failed) return fail("reading", failed);
        ending_ = !take({room.data(), bytes});
        if (ending_ || bytes < room.size()) break;
    }
    receiving_ = false;
    flush();
    if (!closed_) channel_.when_readable(shared_from_this());
}

// What is beyond a turn's frames waits for the next one.  False: nothing more is taken.
bool http2_session::take(std::string_view bytes) {
    while (!bytes.empty() && machine_.frames() < turn_ends_) {
        const std::string_view piece = bytes.substr(0, piece_bytes);
        if (!machine_.received(piece)) return false;
        bytes.remove_prefix(piece.size());
    }
    if (!bytes.empty()) channel_.unread(bytes);
    return true;
}

// Closed with bytes unread, the socket would send a reset, which can overtake what we said last.
void http2_session::drain_waste() {
    error_code failed;
    wasted_ += channel_.read_now(worker_->waste(), failed);
    const bool ended = failed && failed != asio::error::would_block;
    if (ended || wasted_ > linger_bytes_max) return close();
    channel_.when_readable(shared_from_this());
}

// One write carries what many streams have to say.
void http2_session::flush() {
    if (writing_ || receiving_ || closed_) return;
    machine_.produce(out_, coalesced_bytes);
    if (out_.empty()) return end_if_over();
    writing_ = true;
    channel_.write_some({out_, {}}, shared_from_this());
}

void http2_session::sent(const error_code& error, std::size_t bytes) {
    if (closed_) return;
    if (error) return fail("writing", error);
    heard_ = steady_clock::now();
    sent_ += bytes;
    if (sent_ < out_.size()) {
        return channel_.write_some({std::string_view(out_).substr(sent_), {}}, shared_from_this());
    }
    out_.clear();
    sent_ = 0;
    writing_ = false;
    flush();
}

void http2_session::end_if_over() {
    const bool drained = worker_->is_draining() && machine_.stream_count() == 0;
    if (!ending_ && !machine_.is_over() && !drained) return;
    if (drained && !channel_.has_unread()) return close();
    if (std::exchange(lingering_, true)) return;
    ending_ = true;
    heard_ = steady_clock::now();
    error_code failed;
    channel_.shut_down(failed);
    if (failed) close();
}

std::shared_ptr<http2_stream> http2_session::open() {
    return std::make_shared<exchange_of>(shared_from_this(), heard_);
}

void http2_session::head(http2_stream& s) {
    auto& e = static_cast<exchange_of&>(s);
    std::string refusal = worker_->shared().door.refusal_of(e.asked());
    if (!refusal.empty()) answer(e, plain_answer(403, std::move(refusal)));
}

void http2_session::whole(http2_stream& s) { serve(static_cast<exchange_of&>(s)); }
void http2_session::moved(http2_stream& s) { static_cast<exchange_of&>(s).touched = heard_; }
void http2_session::gone(http2_stream&) {}

void http2_session::serve(exchange_of& e) {
    e.kept = e.shared_from_this();
    e.serving = true;
    try {
        worker_->shared().answers.serve(e);
    } catch (const std::exception& failed) {
        log::error(std::string("http: a request's handler failed: ") + failed.what());
        e.kept.reset();
        e.at_once = std::make_unique<response>(plain_answer(500, json_line("Internal error")));
    }
    e.serving = false;
    if (const std::unique_ptr<response> r = std::move(e.at_once)) answer(e, std::move(*r));
}

void http2_session::answer(exchange_of& e, response r) {
    if (closed_ || e.is_answered()) return;
    r.fields.emplace_back("date", worker_->date());
    body_stream* const stream = r.stream.get();
    if (!machine_.answer(e.id(), std::move(r))) return;
    if (stream != nullptr && e.is_streaming()) {
        const std::int32_t id = e.id();
        stream->opened([this, id] {
            machine_.resume(id);
            flush();
        });
    }
    flush();
}

bool http2_session::look_at_clock(time_point now) {
    const limits& bounds = worker_->shared().bounds;
    if (lingering_) return now - heard_ >= linger_time;
    if (!writing_ && now - heard_ >= buffers_idle_time) out_ = std::string();
    if (machine_.stream_count() == 0) return now - heard_ >= bounds.keep_alive_time;
    const auto idle_time = [&](const http2_stream& s) {
        return s.is_streaming() ? bounds.stream_idle_time : bounds.body_idle_time;
    };
    std::vector<std::int32_t> still;
    bool is_streaming = false;
    machine_.for_each_stream([&](const http2_stream& s) {
        const auto& e = static_cast<const exchange_of&>(s);
        is_streaming = is_streaming || s.is_streaming();
        const bool waits_for_us = s.is_whole() && (!s.is_answered() || s.is_resting());
        if (!waits_for_us && now - e.touched >= idle_time(s)) still.push_back(s.id());
    });
    if (writing_) {
        return now - heard_ >= (is_streaming ? bounds.stream_idle_time : bounds.body_idle_time);
    }
    for (const std::int32_t id : still) machine_.reset(id);
    if (!still.empty()) flush();
    return false;
}

void http2_session::expire() {
    if (writing_ || ending_) return close();
    machine_.shut_down();
    ending_ = true;
    flush();
}

void http2_session::fail(std::string_view doing, const error_code& error) {
    if (log::enabled(log::level::debug)) {
        log::debug("http: " + std::string(doing) + ": " + error.message());
    }
    close();
}

}  // namespace kinetide::http
