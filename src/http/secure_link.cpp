#include "secure_link.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <utility>

namespace kinetide::http {
namespace {

namespace asio = boost::asio;

// Of plaintext: some records at once, so that a large answer is not ciphertext as a whole.
constexpr std::size_t write_bytes_max = 64 * 1024;
// Two records, as they come.
constexpr std::size_t scratch_bytes = 2 * (16 * 1024 + 256);
constexpr std::size_t kept_bytes = 4 * 1024;

}  // namespace

secure_link::secure_link(
    tls_context& context,
    tcp_socket& socket,
    const std::shared_ptr<void>& owner,
    std::string_view first_bytes)
    : socket_(socket), owner_(owner), machine_(context), received_(first_bytes) {}

// What `received` gives, until `room` is full or there is nothing more in it.
std::size_t secure_link::decrypt(std::string_view& received, std::span<char>& room) {
    std::size_t all = 0;
    while (!room.empty()) {
        const std::size_t bytes = machine_.read(received, room, to_send_);
        if (bytes == 0) {
            holds_input_ = false;
            break;
        }
        all += bytes;
        room = room.subspan(bytes);
    }
    return all;
}

std::size_t secure_link::read(std::span<char> room, error_code& error) {
    // Shared by all connections of the worker: what is left over is kept apart.
    thread_local std::array<char, scratch_bytes> scratch;
    std::size_t all = 0;
    holds_input_ = true;
    std::string_view received = received_;
    while (true) {
        all += decrypt(received, room);
        if (holds_input_ || machine_.peer_closed() || !machine_.problem().empty()) break;
        // All of it is taken.
        const std::size_t bytes = socket_.read_some(asio::buffer(scratch), error);
        if (error) break;
        received_.clear();
        received = {scratch.data(), bytes};
        holds_input_ = true;
    }
    received_ = std::string(received);
    send();
    if (!error && machine_.peer_closed()) error = asio::error::eof;
    if (!error && !machine_.problem().empty()) error = asio::error::connection_aborted;
    // What is wrong is told when all that came before it is read.
    if (all != 0) {
        holds_input_ = holds_input_ || (error && error != asio::error::would_block);
        error = {};
    }
    return all;
}

void secure_link::write(std::array<std::string_view, 2> bytes, std::shared_ptr<channel::user> who) {
    writer_ = std::move(who);
    writer_bytes_ = 0;
    for (const std::string_view one : bytes) {
        const std::string_view some = one.substr(0, write_bytes_max - writer_bytes_);
        if (some.empty()) continue;
        machine_.write(some, to_send_);
        writer_bytes_ += some.size();
    }
    const bool is_well = machine_.problem().empty();
    const bool has_nothing = on_its_way_.empty() && to_send_.empty();
    if (is_well && !has_nothing) return send();
    // Not from within the call, which is the writer's own.
    const error_code error = is_well ? error_code() : asio::error::connection_aborted;
    asio::post(socket_.get_executor(), [self = shared_from_this(), error] {
        self->finish_writing(error);
    });
}

void secure_link::send() {
    if (!on_its_way_.empty() || to_send_.empty()) return;
    on_its_way_.swap(to_send_);
    gone_ = 0;
    went({}, 0);
}

void secure_link::went(const error_code& error, std::size_t bytes) {
    gone_ += bytes;
    if (error) return finish_writing(error);
    if (gone_ < on_its_way_.size()) {
        socket_.async_write_some(
            asio::buffer(on_its_way_) + gone_,
            [self = shared_from_this(), owner = owner_.lock()](
                const error_code& failed, std::size_t more) { self->went(failed, more); });
        return;
    }
    on_its_way_.clear();
    if (on_its_way_.capacity() > kept_bytes) on_its_way_ = std::string();
    if (!to_send_.empty()) return send();
    if (shutting_down_) {
        error_code ignored;
        socket_.shutdown(tcp_socket::shutdown_send, ignored);
    }
    finish_writing({});
}

void secure_link::finish_writing(const error_code& error) {
    const std::shared_ptr<channel::user> who = std::move(writer_);
    if (who) who->sent(error, error ? 0 : writer_bytes_);
}

void secure_link::shut_down() {
    shutting_down_ = true;
    if (machine_.problem().empty()) machine_.close(to_send_);
    if (!on_its_way_.empty()) return;
    if (!to_send_.empty()) return send();
    error_code ignored;
    socket_.shutdown(tcp_socket::shutdown_send, ignored);
}

void secure_link::say_goodbye() {
    if (!on_its_way_.empty() || shutting_down_) return;
    if (machine_.problem().empty()) machine_.close(to_send_);
    error_code ignored;
    socket_.write_some(asio::buffer(to_send_), ignored);
}

}  // namespace kinetide::http
