// A connection to the server, plain or through TLS.  Connecting waits, everything after it does
// not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace kinetide::load {

enum class security { plain, tls_http1, tls_http2 };

// Whatever goes wrong, the peer's end included, throws std::runtime_error: a run that lost a
// connection is worth no figure.
class link {
public:
    virtual ~link() = default;
    [[nodiscard]] virtual int descriptor() const = 0;

    // How much was taken; less than all when the peer has to read first.
    virtual std::size_t send(std::string_view bytes) = 0;

    // How much came.  Less than `room` means that nothing more is there for now.
    virtual std::size_t receive(char* to, std::size_t room) = 0;

    // The same with bytes that nobody wants to see.
    virtual std::size_t discard(std::size_t most) = 0;
};

// To 127.0.0.1.
std::unique_ptr<link> connect(std::uint16_t port, security s);

}  // namespace kinetide::load
