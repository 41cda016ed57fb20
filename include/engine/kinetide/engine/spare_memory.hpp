#pragma once

namespace kinetide::engine {

// What is left of the memory of blocks that went: nothing; what may be needed yet; or also what
// nobody needed for a whole period, and goes back to the system with the next calls.
enum class spare_memory { none, kept, unneeded };

}  // namespace kinetide::engine
