// One request of an HTTP/2 connection and its answer, as bytes: what the machine keeps of a stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <kinetide/http/message.hpp>
#include <kinetide/http/server.hpp>

namespace kinetide::http {

class http2_stream {
public:
    enum class piece { more, asleep, ended };

    virtual ~http2_stream() = default;

    [[nodiscard]] std::int32_t id() const { return id_; }
    [[nodiscard]] bool is_whole() const { return whole_; }
    [[nodiscard]] bool is_answered() const { return answered_; }
    // Its answer has no end of its own.
    [[nodiscard]] bool is_streaming() const { return answer_.stream != nullptr; }
    // It has nothing to say now, and has said all before.
    [[nodiscard]] bool is_resting() const { return asleep_ && sent_ == piece_.size(); }
    // Bytes of body that are held, or were and are not given back to the peer's window.
    [[nodiscard]] std::size_t unreturned() const { return unreturned_; }

protected:
    // Views into this object, from its head on until it is answered.
    request request_;

private:
    friend class http2_machine;

    // Name and value lie behind one another in text_.
    struct span_of {
        std::size_t begin;
        std::size_t name_bytes;
        std::size_t value_bytes;
    };

    // What the head breaks of the limits, as a status; 0 when it keeps them.
    int take(std::string_view name, std::string_view value, const limits& bounds);
    void finish_head();
    int take_body(std::string_view bytes, const limits& bounds);
    void finish();
    void forget_request();

    void begin_answer(response r);
    // Ends an answer that would go on.
    void end_stream();
    // Appends at most `room` bytes of the answer's body to `to`.  Throws what its source throws.
    piece next(char* to, std::size_t room, std::size_t& taken);
    bool refill(std::size_t room);

    std::int32_t id_ = 0;
    bool whole_ = false;
    bool answered_ = false;
    int broken_ = 0;  // a status that the head or body earned before it was whole

    std::size_t head_bytes_ = 0;  // uncompressed, whatever was taken of it
    std::string text_;
    std::vector<span_of> spans_;
    std::string body_;
    std::size_t unreturned_ = 0;

    response answer_;
    std::string piece_;     // of a source or stream, being sent
    std::size_t sent_ = 0;  // of it or of the answer's body
    bool last_piece_ = false;
    bool asleep_ = false;
};

}  // namespace kinetide::http
