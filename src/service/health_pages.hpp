// The pages that say how the server is: our own, and those that Kinesis emulators have, so that
// what waits for one of them waits for us as well.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "desk.hpp"

namespace kinetide::service {

struct health_state {
    std::string version;
    std::int64_t uptime_seconds = 0;
    std::size_t streams = 0;
};

class health_pages final : public desk {
public:
    explicit health_pages(std::function<health_state()> state) : state_(std::move(state)) {}
    std::optional<http::response> answer(const visit& v) override;

private:
    const std::function<health_state()> state_;
};

}  // namespace kinetide::service
