#pragma once

#include <kinetide/server/configuration.hpp>

#include "sources.hpp"

namespace kinetide::program {

// Takes over what was said in the words of other programs, unless the same was said in ours.  What
// has no effect becomes a warning.  Throws wrong_setting.
void assign_foreign(const sources& all, configuration& c);

}  // namespace kinetide::program
