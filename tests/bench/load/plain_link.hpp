#pragma once

#include <string>

#include "link.hpp"

namespace kinetide::load {

class plain_link : public link {
public:
    explicit plain_link(std::uint16_t port);
    ~plain_link() override;
    plain_link(const plain_link&) = delete;
    plain_link& operator=(const plain_link&) = delete;

    void stop_waiting() const;
    [[nodiscard]] int descriptor() const override { return socket_; }
    std::size_t send(std::string_view bytes) override;
    std::size_t receive(char* to, std::size_t room) override;
    std::size_t discard(std::size_t most) override;

private:
    int socket_;
};

// With the system's reason.
[[noreturn]] void fail(const std::string& what);

}  // namespace kinetide::load
