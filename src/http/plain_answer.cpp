#include "plain_answer.hpp"

#include <utility>

namespace kinetide::http {

std::string shown(std::string_view from_peer) {
    constexpr std::size_t shown_bytes_max = 100;
    std::string out;
    for (const char c : from_peer.substr(0, shown_bytes_max)) {
        const bool plain = c >= ' ' && c <= '~' && c != '"' && c != '\\';
        out += plain ? c : '?';
    }
    if (from_peer.size() > shown_bytes_max) out += "...";
    return out;
}

std::string json_line(std::string_view message) {
    std::string line = R"({"message":")";
    line += message;
    line += "\"}\n";
    return line;
}

response plain_answer(int status, std::string line) {
    response r;
    r.status = status;
    r.fields.emplace_back("Content-Type", "application/json");
    r.body = std::move(line);
    return r;
}

}  // namespace kinetide::http
