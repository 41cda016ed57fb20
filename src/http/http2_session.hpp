// One HTTP/2 connection: moves bytes between its channel and the machine, has each request judged
// and served, and gives up what stands still.
//
// All of it runs on the worker's thread but an exchange's `answer`.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <kinetide/http/message.hpp>

#include "channel.hpp"
#include "connection.hpp"
#include "http2_machine.hpp"
#include "worker.hpp"

namespace kinetide::http {

class http2_session final : public connection,
                            public channel::user,
                            public http2_machine::listener,
                            public std::enable_shared_from_this<http2_session> {
public:
    using error_code = channel::error_code;
    using time_point = std::chrono::steady_clock::time_point;

    http2_session(std::shared_ptr<worker> w, channel c, bool from_loopback);
    ~http2_session() override;

    // Before start(), both: bytes to go before all others, and the request that asked for the
    // change of protocol, as for http2_machine::upgrade.
    void send_first(std::string bytes) { out_ = std::move(bytes); }
    bool upgrade(std::string_view settings, const request& asked);

    void start() override;
    void close() override;
    void drain() override;
    bool look_at_clock(time_point now) override;
    void expire() override;

    void readable(const error_code& error) override;
    void sent(const error_code& error, std::size_t bytes) override;

    std::shared_ptr<http2_stream> open() override;
    void head(http2_stream& s) override;
    void whole(http2_stream& s) override;
    void moved(http2_stream& s) override;
    void gone(http2_stream& s) override;

private:
    class exchange_of;

    bool take(std::string_view bytes);
    void serve(exchange_of& e);
    void answer(exchange_of& e, response r);
    void flush();
    void end_if_over();
    void drain_waste();
    void take_apart();
    void fail(std::string_view doing, const error_code& error);

    const std::shared_ptr<worker> worker_;  // outlives the channel
    channel channel_;
    const bool from_loopback_;
    http2_machine machine_;
    std::string out_;
    std::size_t sent_ = 0;
    time_point heard_;           // when the peer last sent or took something
    std::size_t turn_ends_ = 0;  // at so many frames
    bool receiving_ = false;
    bool writing_ = false;
    bool ending_ = false;  // once all is written
    bool lingering_ = false;
    std::size_t wasted_ = 0;
    bool closed_ = false;
};

}  // namespace kinetide::http
