// The head of an answer, written straight to the bytes that are sent.
#pragma once

#include <array>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

#include <kinetide/http/message.hpp>

namespace kinetide::http {

// The Date header's value, made anew once a second.  One a worker: it is not for several threads.
class date_line {
public:
    std::string_view at(std::time_t now);

private:
    std::array<char, 32> text_{};
    std::size_t bytes_ = 0;
    std::time_t second_ = -1;
};

enum class connection_field { none, close, keep_alive };

// A 204 or 1xx has no Content-Length, nor has a stream, which may be chunked; all else has.
void append_head(
    std::string& out,
    const response& r,
    bool chunked,
    std::string_view date,
    connection_field connection);

}  // namespace kinetide::http
