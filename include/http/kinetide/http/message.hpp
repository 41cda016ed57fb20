// What passes between the transport and whoever answers: requests, responses, and the exchange that
// joins the two.  Nothing here knows of Kinesis.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kinetide::http {

struct field {
    std::string_view name;  // as sent; compare without case
    std::string_view value;
};

// A whole request.  Views live until its exchange is answered.
struct request {
    std::string_view method;
    std::string_view target;  // path and query as sent
    std::vector<field> fields;
    std::string_view body;
    bool head = false;           // the answer's body is measured but not sent
    bool from_loopback = false;  // by the peer's address

    // The first field of that name (any case), or nullptr.
    [[nodiscard]] const std::string_view* find(std::string_view name) const;
};

// A body that is made while it is sent.  Lives on the connection's worker; destroyed when sent, or
// when the connection ends.
class body_source {
public:
    virtual ~body_source() = default;
    // Bytes of the whole body: the Content-Length.
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    // Appends the next piece, about `bytes_wanted` bytes.  False when that was the last one.
    virtual bool next(std::string& out, std::size_t bytes_wanted) = 0;
};

// A body without a length: made when there is something to say, sent as the peer takes it.  Lives
// on the connection's worker; destroyed when sent to its end, or when the peer or the connection
// ends it.
class body_stream {
public:
    enum class state { more, asleep, ended };

    virtual ~body_stream() = default;
    // Once, before the rest.  `resume` is to be called on the worker's thread, not within next(),
    // when a stream that was asleep has something to say.
    virtual void opened(std::function<void()> resume) = 0;
    // Appends the next piece, at most about `bytes_wanted` bytes.  Asked only when the peer takes
    // some.
    virtual state next(std::string& out, std::size_t bytes_wanted) = 0;
};

struct response {
    int status = 200;
    // Content-Length, Date and Connection are the transport's own.
    std::vector<std::pair<std::string_view, std::string>> fields;  // names are literals
    std::string body;
    std::unique_ptr<body_source> source;  // instead of `body`
    std::unique_ptr<body_stream> stream;  // instead of both
};

// The worker that a connection lives on, for whoever has to come back to it.  It outlives every
// connection on it.
class home {
public:
    virtual ~home() = default;
    // 0, 1, ...: the workers of a server in order.
    [[nodiscard]] virtual unsigned number() const = 0;

    // Any thread; neither allocates nor waits.  What on_ring() was given runs on the worker's
    // thread, once for all rings since it last began.
    virtual void ring() = 0;

    // On the worker's thread: runs `task` there when what it does now is done, so that an answer
    // given now leaves first.
    virtual void afterwards(std::function<void()> task) = 0;

    // On the worker's thread.  One task each: a later call replaces the earlier one's.
    virtual void on_ring(std::function<void()> task) = 0;
    virtual void run_after(std::chrono::milliseconds delay, std::function<void()> task) = 0;
};

// One request and the way back to its connection.
class exchange {
public:
    virtual ~exchange() = default;
    [[nodiscard]] virtual const request& asked() const = 0;
    [[nodiscard]] virtual home& lives_on() = 0;
    // Once.  From any thread, within handler::serve or later.  The exchange may be gone afterwards.
    virtual void answer(response r) = 0;
};

// Implemented by whoever answers.  Called on the connection's worker; it must not block.  `e` lives
// until answered; a connection that dies first keeps it alive and drops the answer.
class handler {
public:
    virtual ~handler() = default;
    virtual void serve(exchange& e) = 0;
};

}  // namespace kinetide::http
