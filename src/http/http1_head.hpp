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
    int status = 400;
    std::string_view reason;
};

// What the transport needs to know of a head beside the request itself.
struct http1_head {
    bool http10 = false;
    bool keep_alive = false;
    bool chunked = false;
    bool wants_continue = false;
    std::uint64_t body_bytes = 0;  // by Content-Length
};

// `bytes` is a whole head with its blank line, CRLF everywhere and unfolded.  Views into it go to
// `r`; `r` and `head` are of no use after an objection.
std::optional<objection> read_http1_head(
    std::string_view bytes, const limits& bounds, request& r, http1_head& head);

}  // namespace kinetide::http
