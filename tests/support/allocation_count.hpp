// What this thread takes from the heap by operator new, counted in any program that asks here.
// Under sanitizers, which have operators of their own, nothing is counted, and all is 0.
#pragma once

#include <cstdint>

namespace kinetide::testing {

std::int64_t allocations();
// Not yet given back; what another thread gives back is that one's.
std::int64_t bytes_held();

}  // namespace kinetide::testing
