#pragma once

#include <nlohmann/json.hpp>

namespace kinetide::load {

// Writes to fresh memory, page by page, and gives it back: how fast that goes here and now, and
// so that the host has memory at hand for who comes next.
nlohmann::json touch_pages(unsigned gigabytes);

}  // namespace kinetide::load
