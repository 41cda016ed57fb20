#include "opening.hpp"

#include <array>
#include <boost/asio/error.hpp>
#include <exception>
#include <utility>

#include <kinetide/base/log.hpp>

#include "first_bytes.hpp"
#include "http1_session.hpp"
#include "http2_session.hpp"
#include "plain_answer.hpp"
#include "response_head.hpp"
#include "tls_context.hpp"

namespace kinetide::http {

opening::opening(std::shared_ptr<worker> w, channel c, bool from_loopback)
    : worker_(std::move(w)),
      channel_(std::move(c)),
      from_loopback_(from_loopback),
      deadline_(std::chrono::steady_clock::now() + worker_->shared().bounds.header_time) {}

void opening::start() { channel_.when_readable(shared_from_this()); }

void opening::close() {
    if (std::exchange(closed_, true)) return;
    const auto self = shared_from_this();  // leave() may drop the last owner
    channel_.close();
    worker_->leave(*this);
}

bool opening::look_at_clock(std::chrono::steady_clock::time_point now) { return now >= deadline_; }

// A broken hello is told once, for whoever looks for the reason.
void opening::give_up() {
    if (!channel_.problem().empty() && log::enabled(log::level::debug)) {
        log::debug("tls: " + std::string(channel_.problem()));
    }
    close();
}

void opening::readable(const channel::error_code& error) {
    if (closed_) return;
    if (error) return close();
    if (!refusal_.empty()) return drain_waste();
    std::array<char, http2_preface.size()> room{};
    channel::error_code failed;
    const std::size_t bytes = channel_.read_now({room.data(), room.size() - first_.size()}, failed);
    if (failed && failed != boost::asio::error::would_block) return give_up();
    first_.append(room.data(), bytes);
    const protocol spoken = protocol_of(first_);
    if (spoken == protocol::unclear) return start();
    if (spoken == protocol::tls) return go_on_in_tls();
    const bool tls_only = worker_->shared().tls->use() == tls_options::mode::only;
    if (tls_only && !channel_.is_secure()) return refuse_plain(spoken);
    return spoken == protocol::http1 ? go_on_as<http1_session>() : go_on_as<http2_session>();
}

void opening::go_on_in_tls() {
    tls_context& tls = *worker_->shared().tls;
    if (channel_.is_secure() || tls.use() == tls_options::mode::off) return close();
    try {
        channel_.secure(tls, first_);
    } catch (const std::exception& e) {
        log::error(std::string("tls: ") + e.what());
        return close();
    }
    first_.clear();
    start();
}

// In words that a person with a plain client can read.
void opening::refuse_plain(protocol spoken) {
    if (spoken != protocol::http1) return close();
    const response no = plain_answer(
        400, json_line("This server speaks TLS only (--tls only): call it with https://"));
    append_head(refusal_, no, false, worker_->date(), connection_field::close);
    refusal_ += no.body;
    channel_.write_some({refusal_, {}}, shared_from_this());
}

// Read to the peer's end, until our deadline: closed with bytes unread, the socket would send a
// reset, which can overtake the refusal.
void opening::sent(const channel::error_code& error, std::size_t) {
    channel::error_code failed = error;
    if (!failed) channel_.shut_down(failed);
    if (failed) return close();
    drain_waste();
}

void opening::drain_waste() {
    channel::error_code failed;
    channel_.read_now(worker_->waste(), failed);
    if (failed && failed != boost::asio::error::would_block) return close();
    start();
}

template <class Session>
void opening::go_on_as() {
    closed_ = true;
    channel_.unread(first_);
    auto session = std::make_shared<Session>(worker_, std::move(channel_), from_loopback_);
    worker_->exchange(*this, std::move(session));
}

}  // namespace kinetide::http
