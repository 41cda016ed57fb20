#include "channel.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <cstring>
#include <utility>

namespace kinetide::http {

namespace asio = boost::asio;

channel::channel(tcp_socket socket) : socket_(std::move(socket)) {
    error_code ignored;
    socket_.non_blocking(true, ignored);
}

void channel::when_readable(std::shared_ptr<user> who) {
    if (!unread_.empty()) {
        asio::post(socket_.get_executor(), [who = std::move(who)] { who->readable({}); });
        return;
    }
    socket_.async_wait(tcp_socket::wait_read, [who = std::move(who)](const error_code& error) {
        who->readable(error);
    });
}

std::size_t channel::read_now(std::span<char> room, error_code& error) {
    error = {};
    const std::size_t again = std::min(room.size(), unread_.size());
    if (again != 0) {
        std::memcpy(room.data(), unread_.data(), again);
        unread_.erase(0, again);
        if (!unread_.empty()) return again;
        unread_ = std::string();
        room = room.subspan(again);
        if (room.empty()) return again;
    }
    const std::size_t bytes = socket_.read_some(asio::buffer(room.data(), room.size()), error);
    // Whatever ails the socket is found again by the next read.
    if (again != 0) error = {};
    return again + bytes;
}

void channel::unread(std::string_view bytes) { unread_.insert(0, bytes); }

void channel::write_some(std::array<std::string_view, 2> bytes, std::shared_ptr<user> who) {
    const std::array<asio::const_buffer, 2> buffers{
        asio::buffer(bytes[0].data(), bytes[0].size()),
        asio::buffer(bytes[1].data(), bytes[1].size())};
    socket_.async_write_some(
        buffers, [who = std::move(who)](const error_code& error, std::size_t sent) {
            who->sent(error, sent);
        });
}

void channel::shut_down(error_code& error) { socket_.shutdown(tcp_socket::shutdown_send, error); }

void channel::cancel() {
    error_code ignored;
    socket_.cancel(ignored);
}

void channel::close() {
    error_code ignored;
    socket_.close(ignored);
}

bool channel::has_unread() {
    error_code error;
    return !unread_.empty() || socket_.available(error) != 0;
}

}  // namespace kinetide::http
