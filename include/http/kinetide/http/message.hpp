// What passes between the transport and whoever answers: requests, responses, and the exchange that
// joins the two.  Nothing here knows of Kinesis.
#pragma once

#include <cstddef>
#include <cstdint>
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

struct response {
    int status = 200;
    // Content-Length, Date and Connection are the transport's own.
    std::vector<std::pair<std::string_view, std::string>> fields;  // names are literals
    std::string body;
    std::unique_ptr<body_source> source;  // instead of `body`
};

// One request and the way back to its connection.
class exchange {
public:
    virtual ~exchange() = default;
    [[nodiscard]] virtual const request& asked() const = 0;
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
