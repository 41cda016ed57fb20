// The head of an HTTP/1.x request, from its bytes.  Beast's parser does the grammar; what it lets
// through and a server must not is refused here.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <kinetide/http/message.hpp>
#include <kinetide/http/server.hpp>

namespace kinetide::http {

// Why a request is answered by the transport itself.  The reason is a literal.
struct objection {
    int status = 400;  // 0: the peer does not speak HTTP, so that it gets no answer
    std::string_view reason;
};

// What the transport needs to know of a head beside the request itself.
struct http1_head {
    bool http10 = false;
    bool keep_alive = false;
    bool chunked = false;
    bool wants_continue = false;
    std::uint64_t body_bytes = 0;  // by Content-Length
    bool wants_h2c = false;        // Upgrade names it
    int settings_count = 0;        // of HTTP2-Settings fields, which must be one
    std::string_view settings;     // the last one's value
};

// `bytes` is a whole head with its blank line, CRLF everywhere and unfolded.  Views into it go to
// `r`; `r` and `head` are of no use after an objection.
std::optional<objection> read_http1_head(
    std::string_view bytes, const limits& bounds, request& r, http1_head& head);

}  // namespace kinetide::http
