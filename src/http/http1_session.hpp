// One HTTP/1.x connection: reads a request, has it judged and served, writes the answer, goes on.
// Requests of one connection are served one after another, so that answers keep their order; small
// answers to pipelined requests leave together.
//
// All of it runs on the worker's thread but `answer`.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <kinetide/http/message.hpp>

#include "channel.hpp"
#include "connection.hpp"
#include "http1_parser.hpp"
#include "worker.hpp"

namespace kinetide::http {

class http1_session final : public connection,
                            public exchange,
                            public channel::user,
                            public std::enable_shared_from_this<http1_session> {
public:
    using error_code = channel::error_code;

    http1_session(std::shared_ptr<worker> w, channel c, bool from_loopback);

    void start() override;
    void close() override;
    void drain() override;
    bool look_at_clock(std::chrono::steady_clock::time_point now) override;
    void expire() override;

    void readable(const error_code& error) override;
    void sent(const error_code& error, std::size_t bytes) override;

    [[nodiscard]] const request& asked() const override { return parser_.asked(); }
    [[nodiscard]] home& lives_on() override { return *worker_; }
    void answer(response r) override;

private:
    // What the connection waits for.
    enum class stage { idle, head, body, answer, writing, streaming, lingering, closed };

    void pump();
    bool judge();
    bool go_on_as_http2();
    void serve();
    void refuse(int status, std::string line);

    void read();
    void watch();
    void answer_late(response r);
    void put(response r);
    void put_body(response& r);
    void write();
    bool add_piece();
    void add_chunk();
    void resume();
    void linger();
    void drain_waste();
    void await(stage what, std::chrono::milliseconds at_most);
    void fail(std::string_view doing, const error_code& error);

    const std::shared_ptr<worker> worker_;  // outlives the channel
    channel channel_;
    http1_parser parser_;

    stage stage_ = stage::idle;
    std::chrono::steady_clock::time_point since_;
    std::chrono::steady_clock::time_point deadline_;
    bool first_request_ = true;

    // From serve() until answered, for whoever holds us as an exchange only.
    std::shared_ptr<http1_session> kept_;
    bool serving_ = false;             // within handler::serve
    bool owed_ = false;                // an answer is
    std::optional<response> at_once_;  // answered within handler::serve
    std::optional<response> late_;     // answered while earlier answers were being written

    std::string out_;   // heads and small bodies
    std::string body_;  // a large body, behind `out_`
    std::unique_ptr<body_source> source_;
    std::uint64_t source_bytes_left_ = 0;
    std::unique_ptr<body_stream> stream_;
    bool chunked_ = false;   // the stream's pieces are; else its end is the connection's
    bool asleep_ = false;    // the stream is
    std::size_t sent_ = 0;   // of out_ and body_
    bool watching_ = false;  // the channel tells us when it's readable
    bool writing_ = false;
    bool ended_early_ = false;  // the stream, while what it said was being written
    bool closing_ = false;      // once all is written
    std::size_t wasted_ = 0;
};

}  // namespace kinetide::http
