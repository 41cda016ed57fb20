// As many requests at once as there are slots, each followed by the next one as soon as it is
// answered and checked.
#pragma once

#include <nlohmann/json.hpp>

#include "options.hpp"

namespace kinetide::load {

// The figures of a run.  Throws when an answer is wrong or missing.
nlohmann::json run_closed_loop(const options& o);

}  // namespace kinetide::load
