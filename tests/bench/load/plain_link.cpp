#include "plain_link.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace kinetide::load {
namespace {

// Of recv() and send(): nothing for now is 0.
std::size_t moved(ssize_t count, const char* what) {
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == EAGAIN || errno == EINTR) return 0;
    fail(what);
}

std::size_t came(ssize_t count, std::size_t wanted) {
    if (count == 0 && wanted > 0) throw std::runtime_error("the server closed a connection");
    return moved(count, "receiving");
}

}  // namespace

void fail(const std::string& what) { throw std::runtime_error(what + ": " + std::strerror(errno)); }

plain_link::plain_link(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (socket_ < 0) fail("a socket");
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const int reason = errno;
        ::close(socket_);
        errno = reason;
        fail("connecting to port " + std::to_string(port));
    }
}

plain_link::~plain_link() { ::close(socket_); }

void plain_link::stop_waiting() const {
    ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK);
}

std::size_t plain_link::send(std::string_view bytes) {
    return moved(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), "sending");
}

std::size_t plain_link::receive(char* to, std::size_t room) {
    return came(::recv(socket_, to, room, 0), room);
}

std::size_t plain_link::discard(std::size_t most) {
    return came(::recv(socket_, nullptr, most, MSG_TRUNC), most);
}

}  // namespace kinetide::load
