// The answers that the transport gives in its own name: one JSON line.
#pragma once

#include <string>
#include <string_view>

#include <kinetide/http/message.hpp>

namespace kinetide::http {

// What a peer sent, fit to be shown: printable, without quotes or backslashes, cut at 100 bytes.
std::string shown(std::string_view from_peer);

// {"message":"..."}; `message` must be free of what JSON escapes.
std::string json_line(std::string_view message);

response plain_answer(int status, std::string line);

}  // namespace kinetide::http
