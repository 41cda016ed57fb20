#include "opening.hpp"

#include <array>
#include <boost/asio/error.hpp>
#include <utility>

#include <kinetide/base/log.hpp>

#include "first_bytes.hpp"
#include "http1_session.hpp"
#include "http2_session.hpp"

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

void opening::readable(const channel::error_code& error) {
    if (closed_) return;
    if (error) return close();
    std::array<char, http2_preface.size()> room{};
    channel::error_code failed;
    const std::size_t bytes = channel_.read_now({room.data(), room.size() - first_.size()}, failed);
    if (failed && failed != boost::asio::error::would_block) return close();
    first_.append(room.data(), bytes);
    switch (protocol_of(first_)) {
        case protocol::unclear: return start();
        case protocol::tls: return close();
        case protocol::http1: return go_on_as<http1_session>();
        case protocol::http2: return go_on_as<http2_session>();
    }
}

template <class Session>
void opening::go_on_as() {
    closed_ = true;
    channel_.unread(first_);
    auto session = std::make_shared<Session>(worker_, std::move(channel_), from_loopback_);
    worker_->exchange(*this, std::move(session));
}

}  // namespace kinetide::http
