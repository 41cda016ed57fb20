// Numbers of any size and form, brought to whole ones.
#pragma once

#include <cstdint>
#include <string_view>

namespace kinetide::wire {

// Behind the JSON number that starts at `at`; nullptr when there is none.
const char* behind_json_number(const char* at, const char* end);

// The number's value times 10^shift, rounded down, held within 64 bits.  Exact, however long the
// JSON number is.
std::int64_t floor_of_json_number(std::string_view number, int shift);

// Rounded down, held within 64 bits; NaN is 0.
std::int64_t floor_of_double(double number);

// To the nearest; NaN is 0.
std::int64_t ms_of_seconds(double seconds);

// Held within 2^53 ms of the epoch: such times can be added to without a thought.
std::int64_t bounded_ms(std::int64_t ms);

std::int32_t bounded_integer(std::int64_t number);

}  // namespace kinetide::wire
