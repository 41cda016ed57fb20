// The escapes of JSON texts, read by one rule in both passes: a surrogate without its other half
// becomes '?', as it does when Java writes UTF-8.
#pragma once

#include <cstdint>

namespace kinetide::wire {

inline constexpr std::uint32_t lone_surrogate_becomes = '?';

struct escape_sequence {
    std::uint32_t code_point = 0;
    const char* behind = nullptr;  // nullptr: not an escape
    bool lone_surrogate = false;
};

// The escape whose backslash is at `at`.
escape_sequence read_escape(const char* at, const char* end);

}  // namespace kinetide::wire
