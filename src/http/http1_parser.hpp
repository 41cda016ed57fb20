// HTTP/1.x requests out of bytes: a machine without sockets or clocks.  It owns the buffers, so
// that a large body is read straight to where it stays, and no memory is taken on a peer's word
// alone.
//
//     while (true) switch (p.next()) {
//         case more:     read into p.room(), tell p.received()
//         case head:     judge p.asked(); its body is not read yet
//         case complete: answer p.asked(), then p.finish(): its views die
//         case refused:  answer with p.why(), close
//     }
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include <kinetide/http/message.hpp>
#include <kinetide/http/server.hpp>

#include "byte_buffer.hpp"
#include "chunk_framing.hpp"
#include "http1_head.hpp"
#include "spare_buffers.hpp"

namespace kinetide::http {

class http1_parser {
public:
    // `bounds` must outlive the parser, and `spares` all calls to it.
    http1_parser(const limits& bounds, spare_buffers& spares, bool from_loopback = false);

    enum class step { more, head, complete, refused };
    step next();

    // After `more`.  Never empty.
    [[nodiscard]] std::span<char> room();
    void received(std::size_t bytes);

    [[nodiscard]] const request& asked() const { return request_; }
    [[nodiscard]] const http1_head& head() const { return head_; }
    [[nodiscard]] objection why() const { return why_; }
    // The peer waits for `100 Continue` before it sends the body: true once, after `more`.
    [[nodiscard]] bool owes_continue();

    // The request has been answered: forgets it and keeps what follows.
    void finish();

    // After `complete`: what came behind the request.
    [[nodiscard]] std::string_view rest() const { return in_.text(body_begin_, in_.size()); }

    // Something of the next request is there.
    [[nodiscard]] bool started() const { return phase_ != phase::head || begin_ != in_.size(); }
    [[nodiscard]] bool in_body() const {
        return phase_ == phase::length_body || phase_ == phase::chunked_body;
    }
    [[nodiscard]] std::size_t bytes_held() const { return in_.capacity() + body_.capacity(); }

private:
    enum class phase { head, accepted, length_body, chunked_body, complete, refused };

    step read_head();
    step judge_first_line(std::size_t end);
    step take_head(std::size_t end);
    step begin_body();
    step read_length_body();
    step read_chunked_body();
    step complete(std::string_view body, std::size_t end);
    step refuse(objection why);
    void grow_body(std::size_t bytes_max);

    const limits& bounds_;
    spare_buffers& spares_;
    request request_;
    http1_head head_;
    objection why_;
    phase phase_ = phase::head;

    byte_buffer in_;           // heads, short bodies behind them, and what follows
    std::size_t begin_ = 0;    // of the request at hand
    std::size_t line_ = 0;     // of the line at hand
    std::size_t scanned_ = 0;  // no line end before this
    std::size_t fields_ = 0;   // of the header block; 0 while the first line is read
    std::size_t head_end_ = 0;
    std::size_t body_begin_ = 0;  // of what is behind the head and not taken yet
    bool skipped_blank_ = false;
    bool continue_owed_ = false;

    byte_buffer body_;         // a body that does not fit behind its head, or is chunked
    bool body_apart_ = false;  // this request's body goes there
    bool direct_ = false;      // room() was there
    chunk_framing chunks_;
};

}  // namespace kinetide::http
