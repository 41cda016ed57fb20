#include "periods.hpp"

#include "refusals.hpp"

namespace kinetide::metrics {

std::vector<period> periods_of(const std::vector<point>& minutes, std::int64_t seconds) {
    const std::int64_t length_ms = seconds * 1000;
    std::vector<period> found;
    for (const point& p : minutes) {
        const instant start{p.minute.ms - p.minute.ms % length_ms};
        if (found.empty() || found.back().start != start) found.push_back({start, p.in, {}});
        found.back().values.merge(p.values);
    }
    return found;
}

std::optional<double> statistic(std::string_view name, const aggregate& of) {
    if (name == "SampleCount") return of.count;
    if (name == "Sum") return of.sum;
    if (name == "Minimum") return of.min;
    if (name == "Maximum") return of.max;
    if (name == "Average") return of.sum / of.count;
    return std::nullopt;
}

std::int64_t period_in(reader& in, const node& of) {
    const auto seconds = in.integer(of, "Period");
    const std::string path = of.path + "Period";
    if (!seconds) in.refuse(refusals::missing(path));
    if (seconds && (*seconds < 60 || *seconds % 60 != 0)) {
        in.refuse(refusals::invalid(
            "The parameter " + path + " must be a multiple of 60: values are kept by the minute."));
    }
    return in.wrong() ? 60 : *seconds;
}

time_range range_in(reader& in) {
    const auto from = in.time(in.root(), "StartTime");
    if (!from) in.refuse(refusals::missing("StartTime"));
    const auto to = in.time(in.root(), "EndTime");
    if (!to) in.refuse(refusals::missing("EndTime"));
    if (in.wrong()) return {};
    if (*from >= *to) {
        in.refuse(refusals::combination(
            "The parameter StartTime must be less than the parameter EndTime."));
    }
    // The minute that holds the start belongs to it.
    return {instant{from->ms - from->ms % minute_ms}, *to};
}

}  // namespace kinetide::metrics
