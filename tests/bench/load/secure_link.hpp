#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <vector>

#include "plain_link.hpp"

namespace kinetide::load {

// Any certificate will do: what is measured is the cipher.
class secure_link final : public plain_link {
public:
    secure_link(std::uint16_t port, bool http2);

    std::size_t send(std::string_view bytes) override;
    std::size_t receive(char* to, std::size_t room) override;
    std::size_t discard(std::size_t most) override;

private:
    struct freed {
        void operator()(SSL* s) const { SSL_free(s); }
    };
    std::unique_ptr<SSL, freed> session_;
    std::vector<char> unwanted_;
};

}  // namespace kinetide::load
