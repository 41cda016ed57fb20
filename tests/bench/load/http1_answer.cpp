#include "http1_answer.hpp"

#include <strings.h>

#include <charconv>
#include <cstring>
#include <stdexcept>

namespace kinetide::load {
namespace {

bool starts_with_name(std::string_view line, std::string_view name) {
    return line.size() > name.size() && line[name.size()] == ':' &&
           ::strncasecmp(line.data(), name.data(), name.size()) == 0;
}

std::string_view value_of(std::string_view line) {
    line.remove_prefix(line.find(':') + 1);
    while (line.starts_with(' ')) line.remove_prefix(1);
    return line;
}

template <class Number>
Number number(std::string_view text, int base = 10) {
    Number n = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), n, base).ec != std::errc{}) {
        throw std::runtime_error("the server's HTTP/1.1 has a number that is none");
    }
    return n;
}

}  // namespace

std::optional<http1_head> http1_head::in(std::string_view bytes) {
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    constexpr std::size_t status_at = 9;
    if (!bytes.starts_with("HTTP/1.1 ")) throw std::runtime_error("an answer that is no HTTP/1.1");
    http1_head h;
    h.status = number<int>(bytes.substr(status_at, 3));
    h.size = end + 4;
    std::string_view rest = bytes.substr(0, end + 2);
    while (!rest.empty()) {
        const std::size_t line_end = rest.find("\r\n");
        const std::string_view line = rest.substr(0, line_end);
        rest.remove_prefix(line_end + 2);
        if (starts_with_name(line, "content-length")) {
            h.length = number<std::size_t>(value_of(line));
        } else if (starts_with_name(line, "transfer-encoding")) {
            h.chunked = true;
        } else if (starts_with_name(line, "connection")) {
            h.closes = value_of(line) == "close";
        }
    }
    return h;
}

std::size_t join_chunks(char* bytes, std::size_t size) {
    std::size_t from = 0;
    std::size_t to = 0;
    while (true) {
        const std::string_view rest(bytes + from, size - from);
        const std::size_t line_end = rest.find("\r\n");
        if (line_end == std::string_view::npos) throw std::runtime_error("a broken chunk");
        const auto length = number<std::size_t>(rest.substr(0, line_end), 16);
        if (length == 0) return to;
        from += line_end + 2;
        if (from + length > size) throw std::runtime_error("a broken chunk");
        std::memmove(bytes + to, bytes + from, length);
        to += length;
        from += length + 2;
    }
}

}  // namespace kinetide::load
