#include "listener.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <cerrno>
#include <stdexcept>
#include <utility>

#include <kinetide/base/log.hpp>

namespace kinetide::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds retry_time{100};
constexpr int free_port_attempts = 16;

std::string bind_failure(const tcp::endpoint& at, const error_code& error) {
    const std::string host = at.address().to_string();
    const std::string port = std::to_string(at.port());
    if (error == asio::error::address_in_use) {
        return "port " + port + " on " + host +
               " is taken: stop the other program, or choose another with --port";
    }
    if (error == asio::error::access_denied) {
        return "port " + port + " on " + host +
               " is not ours to open: choose one above 1023 with --port";
    }
    if (error.value() == EADDRNOTAVAIL) return host + " is no address of this machine";
    return "cannot listen on port " + port + " of " + host + ": " + error.message();
}

error_code open(tcp_acceptor& acceptor, const tcp::endpoint& at) {
    error_code error;
    acceptor.open(at.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error && at.address().is_v6()) acceptor.set_option(asio::ip::v6_only(true), error);
    if (!error) acceptor.bind(at, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    return error;
}

bool lacks_ipv6(const tcp::endpoint& at, const error_code& error) {
    return at.address().is_v6() &&
           (error == asio::error::address_family_not_supported || error.value() == EADDRNOTAVAIL);
}

std::vector<asio::ip::address> addresses_of(const std::vector<std::string>& hosts) {
    std::vector<asio::ip::address> addresses;
    for (const std::string& host : hosts) {
        error_code error;
        addresses.push_back(asio::ip::make_address(host, error));
        if (error) {
            throw std::runtime_error(
                "'" + host + "' is no IP address: listening takes one, such as 127.0.0.1");
        }
    }
    return addresses;
}

// What is bound where all went well, else the error of the last address tried.
struct attempt {
    std::vector<tcp_acceptor> acceptors;
    error_code error;
    tcp::endpoint at;
};

attempt try_all(
    asio::io_context& context,
    const std::vector<asio::ip::address>& addresses,
    std::uint16_t port) {
    attempt made;
    for (const asio::ip::address& address : addresses) {
        made.at = tcp::endpoint(address, port);
        tcp_acceptor acceptor(context);
        const error_code error = open(acceptor, made.at);
        if (lacks_ipv6(made.at, error)) continue;
        made.error = error;
        if (error) return made;
        port = acceptor.local_endpoint().port();
        made.acceptors.push_back(std::move(acceptor));
    }
    return made;
}

}  // namespace

std::vector<tcp_acceptor> listen_on(
    asio::io_context& context, const std::vector<std::string>& hosts, std::uint16_t port) {
    const auto addresses = addresses_of(hosts);
    attempt made = try_all(context, addresses, port);
    // A port that the first host had free may be taken at the next.
    for (int i = 0; port == 0 && made.error == asio::error::address_in_use; ++i) {
        if (i == free_port_attempts) break;
        made = try_all(context, addresses, port);
    }
    if (made.error) throw std::runtime_error(bind_failure(made.at, made.error));
    if (made.acceptors.empty()) {
        throw std::runtime_error("no address to listen on: this machine has no IPv6");
    }
    return std::move(made.acceptors);
}

listener::listener(tcp_acceptor acceptor, const std::vector<std::shared_ptr<worker>>& workers)
    : acceptor_(std::move(acceptor)), workers_(workers), retry_(acceptor_.get_executor()) {}

void listener::accept() {
    peer_.emplace(workers_[next_]->context());
    acceptor_.async_accept(
        *peer_, peer_address_, [this](const error_code& error) { accepted(error); });
}

void listener::accepted(const error_code& error) {
    if (!acceptor_.is_open()) return;
    if (error) return wait_for_descriptors(error);
    warned_ = false;
    tcp_socket socket = std::move(*peer_);
    const bool from_loopback = peer_address_.address().is_loopback();
    const std::shared_ptr<worker> to = workers_[next_];
    next_ = (next_ + 1) % workers_.size();
    accept();  // first, so that no defect of a connection ends the listening
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    if (to->is_here()) return to->adopt(std::move(socket), from_loopback);
    to->post([to = to.get(), socket = std::move(socket), from_loopback]() mutable {
        to->adopt(std::move(socket), from_loopback);
    });
}

// Nothing is freed by trying again at once: the machine would spin instead of serving.
void listener::wait_for_descriptors(const error_code& error) {
    constexpr std::array<int, 4> shortages{EMFILE, ENFILE, ENOBUFS, ENOMEM};
    const bool is_shortage =
        std::find(shortages.begin(), shortages.end(), error.value()) != shortages.end();
    if (is_shortage && !warned_) {
        warned_ = true;
        log::warn("http: connections wait to be accepted: " + error.message());
    } else if (!is_shortage && log::enabled(log::level::debug)) {
        log::debug("http: accepting: " + error.message());
    }
    retry_.expires_after(retry_time);
    retry_.async_wait([this](const error_code& cancelled) {
        if (!cancelled && acceptor_.is_open()) accept();
    });
}

void listener::close() {
    error_code ignored;
    acceptor_.close(ignored);
    retry_.cancel();
}

}  // namespace kinetide::http
