// Minutes put together to the periods that a reader wants, and what is said of each.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <kinetide/metrics/metric_store.hpp>

#include "reader.hpp"

namespace kinetide::metrics {

struct period {
    instant start;
    unit in;  // of the first minute
    aggregate values;
};

// Rising; those without values are not there.  A period starts at a multiple of its length.
std::vector<period> periods_of(const std::vector<point>& minutes, std::int64_t seconds);

// Average, Sum, Minimum, Maximum or SampleCount; nothing for other names.
std::optional<double> statistic(std::string_view name, const aggregate& of);

// The Period of a structure, in seconds; refused unless whole minutes.
std::int64_t period_in(reader& in, const node& of);

struct time_range {
    instant from;
    instant to;
};
// StartTime and EndTime of the request.
time_range range_in(reader& in);

}  // namespace kinetide::metrics
