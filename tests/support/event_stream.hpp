// The other end of an event stream: messages taken out of bytes, and a peer that reads a
// body_stream as a transport would.
#pragma once

#include <cstddef>
#include <kinetide/http/message.hpp>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinetide::testing {

struct event_message {
    std::map<std::string, std::string> headers;
    std::string payload;

    // The event's or the exception's; empty without one.
    [[nodiscard]] std::string type() const;
    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(payload); }
};

// Bytes in any pieces to messages.  Holds no more than one message beyond what it is given.
class event_decoder {
public:
    static constexpr std::size_t headers_max = 128 * 1024;
    static constexpr std::size_t payload_max = 24 * 1024 * 1024;

    void feed(std::string_view bytes) { rest_ += bytes; }
    // The next whole one.  Throws std::runtime_error for what is no message.
    std::optional<event_message> next();
    [[nodiscard]] bool between_messages() const { return rest_.empty(); }

private:
    std::string rest_;
};

// Reads a stream in pieces and keeps its messages.
class event_reader {
public:
    explicit event_reader(std::unique_ptr<http::body_stream> from, std::size_t piece_bytes = 4096);

    // Takes all there is by now: until the stream sleeps or ends.
    void take_all();
    // One piece.  What the stream said.
    http::body_stream::state take();
    // If the stream has something to say, or has asked for it since it fell asleep.
    void take_if_woken();
    // As a peer that goes away.
    void cancel() { from_.reset(); }

    // Events taken since the last time, the initial response aside; and exceptions, by type.
    std::vector<nlohmann::json> events();
    // Lets go of what was taken.
    void forget();
    [[nodiscard]] std::string exception() const;          // its type, empty without one
    [[nodiscard]] std::string exception_message() const;  // its message

    std::vector<event_message> messages;
    std::string bytes;
    std::size_t largest_piece = 0;
    bool ended = false;
    bool asleep = false;
    int wakes = 0;  // since it fell asleep

private:
    std::unique_ptr<http::body_stream> from_;
    std::size_t piece_bytes_;
    event_decoder decoder_;
    std::size_t given_ = 0;
};

}  // namespace kinetide::testing
