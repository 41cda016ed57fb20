// Listening sockets: bound with clear words where that fails, accepting on worker 0, handing
// connections round.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "worker.hpp"

namespace kinetide::http {

using tcp_acceptor = boost::asio::
    basic_socket_acceptor<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

// Binds every host at one port; 0 takes one that is free at all of them.  Throws
// std::runtime_error.
std::vector<tcp_acceptor> listen_on(
    boost::asio::io_context& context, const std::vector<std::string>& hosts, std::uint16_t port);

// Lives until its worker has ended.  All but the constructor on worker 0.
class listener {
public:
    listener(tcp_acceptor acceptor, const std::vector<std::shared_ptr<worker>>& workers);

    void accept();
    void close();

private:
    void accepted(const boost::system::error_code& error);
    void wait_for_descriptors(const boost::system::error_code& error);

    tcp_acceptor acceptor_;
    const std::vector<std::shared_ptr<worker>>& workers_;
    std::size_t next_ = 0;
    std::optional<tcp_socket> peer_;
    boost::asio::ip::tcp::endpoint peer_address_;
    timer retry_;
    bool warned_ = false;
};

}  // namespace kinetide::http
