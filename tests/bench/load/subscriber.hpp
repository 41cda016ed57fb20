#pragma once

#include <nlohmann/json.hpp>

#include "options.hpp"

namespace kinetide::load {

// How fast one subscriber is told all records that a shard already has.
nlohmann::json run_subscriber(const options& o);

}  // namespace kinetide::load
