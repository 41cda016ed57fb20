// The bytes of one connection, in the clear or through TLS.  One wait and one write at a time.
//
// All of it on the worker's thread.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace kinetide::http {

// A concrete executor: Asio's any_io_executor costs a virtual call at every turn.
using tcp_socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class tls_context;

class channel {
public:
    using error_code = boost::system::error_code;

    // Whoever reads and writes; kept alive while something is pending.
    class user {
    public:
        virtual ~user() = default;
        virtual void readable(const error_code& error) = 0;
        virtual void sent(const error_code& error, std::size_t bytes) = 0;
    };

    explicit channel(tcp_socket socket);
    ~channel();
    channel(channel&& other) noexcept;
    channel& operator=(channel&& other) = delete;

    // Goes on through TLS; `first_bytes` of the client's were read already.  Throws
    // std::runtime_error where OpenSSL fails.
    void secure(tls_context& context, std::string_view first_bytes);
    [[nodiscard]] bool is_secure() const;
    // Why TLS ended the connection; empty when it did not.
    [[nodiscard]] std::string_view problem() const;

    // Tells when read_now() may give something: bytes, the end, or an error.
    void when_readable(std::shared_ptr<user> who);
    // Bytes read; 0 and `would_block` when there are none, 0 and `eof` at the end.
    std::size_t read_now(std::span<char> room, error_code& error);
    // Bytes that were read already come again first.
    void unread(std::string_view bytes);

    // Sends some of both; the bytes must stay until sent() is told.
    void write_some(std::array<std::string_view, 2> bytes, std::shared_ptr<user> who);

    // Ends our side, behind what is being sent.
    void shut_down(error_code& error);
    // A pending wait ends with an error.
    void cancel();
    void close();
    [[nodiscard]] bool has_unread();

private:
    struct state;
    // Shared with what is pending, which may outlive us.
    std::shared_ptr<state> state_;
};

}  // namespace kinetide::http
