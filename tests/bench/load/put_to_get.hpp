#pragma once

#include <nlohmann/json.hpp>

#include "options.hpp"

namespace kinetide::load {

// How long from sending a record until it has been read: one producer at `rate`, and one reader
// that asks again as soon as it is answered.
nlohmann::json run_put_to_get(const options& o);

}  // namespace kinetide::load
