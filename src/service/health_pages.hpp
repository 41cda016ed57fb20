// The pages that say how the server is: our own, and those that Kinesis emulators have, so that
// what waits for one of them waits for us as well.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <kinetide/http/message.hpp>

namespace kinetide::service {

struct health_state {
    std::string version;
    std::int64_t uptime_seconds = 0;
    std::size_t streams = 0;
};

// Whether `r` asks for one of the pages.
[[nodiscard]] bool asks_for_health(const http::request& r);

// The page that `r`, which asks for one, is answered with.
[[nodiscard]] http::response health_page(const http::request& r, const health_state& state);

}  // namespace kinetide::service
