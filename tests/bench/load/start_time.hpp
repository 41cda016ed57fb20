#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace kinetide::load {

// From starting `command` until it has answered ListStreams at `port`: the median of so many
// starts, and the memory it then has.  It ends each one that it started.
nlohmann::json run_starts(
    std::uint16_t port, unsigned starts, const std::vector<std::string>& command);

}  // namespace kinetide::load
