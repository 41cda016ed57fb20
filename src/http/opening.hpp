// A connection that has not said yet what it speaks.
#pragma once

#include <memory>
#include <string>

#include "channel.hpp"
#include "connection.hpp"
#include "first_bytes.hpp"
#include "worker.hpp"

namespace kinetide::http {

class opening final : public connection,
                      public channel::user,
                      public std::enable_shared_from_this<opening> {
public:
    opening(std::shared_ptr<worker> w, channel c, bool from_loopback);

    void start() override;
    void close() override;
    void drain() override { close(); }
    bool look_at_clock(std::chrono::steady_clock::time_point now) override;
    void expire() override { close(); }

    void readable(const channel::error_code& error) override;
    void sent(const channel::error_code& error, std::size_t bytes) override;

private:
    void give_up();
    void go_on_in_tls();
    void refuse_plain(protocol spoken);
    void drain_waste();
    template <class Session>
    void go_on_as();

    const std::shared_ptr<worker> worker_;  // outlives the channel
    channel channel_;
    const bool from_loopback_;
    const std::chrono::steady_clock::time_point deadline_;
    std::string first_;
    std::string refusal_;
    bool closed_ = false;
};

}  // namespace kinetide::http
