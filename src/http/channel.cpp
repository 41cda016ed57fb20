#include "channel.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <cstring>
#include <utility>

#include "secure_link.hpp"

namespace kinetide::http {

namespace asio = boost::asio;

struct channel::state {
    explicit state(tcp_socket s) : socket(std::move(s)) {}

    tcp_socket socket;
    std::string unread;
    std::shared_ptr<secure_link> tls;
};

channel::channel(tcp_socket socket) : state_(std::make_shared<state>(std::move(socket))) {
    error_code ignored;
    state_->socket.non_blocking(true, ignored);
}

channel::~channel() = default;
channel::channel(channel&& other) noexcept = default;

void channel::secure(tls_context& context, std::string_view first_bytes) {
    state_->tls = std::make_shared<secure_link>(context, state_->socket, state_, first_bytes);
}

bool channel::is_secure() const { return state_->tls != nullptr; }

std::string_view channel::problem() const {
    return state_->tls ? state_->tls->problem() : std::string_view();
}

void channel::when_readable(std::shared_ptr<user> who) {
    if (!state_->unread.empty() || (state_->tls && state_->tls->holds_input())) {
        asio::post(state_->socket.get_executor(), [who = std::move(who)] { who->readable({}); });
        return;
    }
    state_->socket.async_wait(
        tcp_socket::wait_read,
        [who = std::move(who)](const error_code& error) { who->readable(error); });
}

std::size_t channel::read_now(std::span<char> room, error_code& error) {
    error = {};
    std::string& unread = state_->unread;
    const std::size_t again = std::min(room.size(), unread.size());
    if (again != 0) {
        std::memcpy(room.data(), unread.data(), again);
        unread.erase(0, again);
        if (unread.empty()) unread = std::string();
        // An end or an error behind these is for a read of its own: TLS tells it once only.
        return again;
    }
    if (state_->tls) return state_->tls->read(room, error);
    return state_->socket.read_some(asio::buffer(room.data(), room.size()), error);
}

void channel::unread(std::string_view bytes) { state_->unread.insert(0, bytes); }

void channel::write_some(std::array<std::string_view, 2> bytes, std::shared_ptr<user> who) {
    if (state_->tls) return state_->tls->write(bytes, std::move(who));
    const std::array<asio::const_buffer, 2> buffers{
        asio::buffer(bytes[0].data(), bytes[0].size()),
        asio::buffer(bytes[1].data(), bytes[1].size())};
    state_->socket.async_write_some(
        buffers, [who = std::move(who)](const error_code& error, std::size_t sent) {
            who->sent(error, sent);
        });
}

void channel::shut_down(error_code& error) {
    if (state_->tls) return state_->tls->shut_down();
    state_->socket.shutdown(tcp_socket::shutdown_send, error);
}

void channel::cancel() {
    error_code ignored;
    state_->socket.cancel(ignored);
}

void channel::close() {
    if (!state_) return;  // went on as another
    if (state_->tls) state_->tls->say_goodbye();
    error_code ignored;
    state_->socket.close(ignored);
}

bool channel::has_unread() {
    error_code error;
    return !state_->unread.empty() || state_->socket.available(error) != 0;
}

}  // namespace kinetide::http
