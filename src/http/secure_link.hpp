// A socket's bytes through TLS: moves ciphertext between the socket and the TLS machine.
//
// All of it on the worker's thread.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "channel.hpp"
#include "tls_machine.hpp"

namespace kinetide::http {

class secure_link : public std::enable_shared_from_this<secure_link> {
public:
    using error_code = channel::error_code;

    // `socket` is a part of `owner`, which what is pending keeps alive.
    secure_link(
        tls_context& context,
        tcp_socket& socket,
        const std::shared_ptr<void>& owner,
        std::string_view first_bytes);

    // There may be plaintext without another byte from the socket.
    [[nodiscard]] bool holds_input() const { return holds_input_; }
    [[nodiscard]] std::string_view problem() const { return machine_.problem(); }

    std::size_t read(std::span<char> room, error_code& error);
    void write(std::array<std::string_view, 2> bytes, std::shared_ptr<channel::user> who);

    // close_notify, then the end of our side, behind what is being sent.
    void shut_down();
    // close_notify, if it can go at once.
    void say_goodbye();

private:
    std::size_t decrypt(std::string_view& received, std::span<char>& room);
    void send();
    void went(const error_code& error, std::size_t bytes);
    void finish_writing(const error_code& error);

    tcp_socket& socket_;
    const std::weak_ptr<void> owner_;
    tls_machine machine_;
    std::string received_;  // ciphertext that the machine had no use for yet
    bool holds_input_ = true;
    std::string to_send_;  // ciphertext, behind what is on its way
    std::string on_its_way_;
    std::size_t gone_ = 0;  // of on_its_way_
    std::shared_ptr<channel::user> writer_;
    std::size_t writer_bytes_ = 0;
    bool shutting_down_ = false;
};

}  // namespace kinetide::http
