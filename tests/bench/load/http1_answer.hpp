// The head of an HTTP/1.1 answer, and its chunks.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace kinetide::load {

struct http1_head {
    int status = 0;
    std::size_t size = 0;    // with the empty line
    std::size_t length = 0;  // of the body
    bool chunked = false;
    bool closes = false;

    // Nothing while it is not whole.
    static std::optional<http1_head> in(std::string_view bytes);
};

// Joins whole chunks where they are; gives the size of the body.
std::size_t join_chunks(char* bytes, std::size_t size);

}  // namespace kinetide::load
