// GetMetricStatistics: several statistics of one metric.  Percentiles are not served: they cannot
// be made from a minute's count, sum and extremes.

#include <algorithm>
#include <array>

#include "calls.hpp"
#include "periods.hpp"
#include "refusals.hpp"

namespace kinetide::metrics {
namespace {

constexpr std::size_t statistics_max = 5;
// Members of the answer have names that live on.
constexpr std::array<std::string_view, 5> known{
    "SampleCount", "Average", "Sum", "Minimum", "Maximum"};

std::vector<std::string_view> statistics_in(reader& in) {
    if (!in.texts(in.root(), "ExtendedStatistics", statistics_max * 2).empty()) {
        in.refuse(refusals::invalid(
            "Kinetide does not serve ExtendedStatistics: it keeps no percentiles."));
    }
    std::vector<std::string_view> wanted;
    for (const std::string& name : in.texts(in.root(), "Statistics", statistics_max)) {
        const auto* const found = std::find(known.begin(), known.end(), name);
        if (found == known.end()) {
            in.refuse(refusals::invalid_value("Statistics", name));
        } else {
            wanted.push_back(*found);
        }
    }
    if (wanted.empty()) in.refuse(refusals::missing("Statistics"));
    return wanted;
}

// What is in seconds is not added to what is in bytes.
std::vector<std::vector<point>> by_unit(const std::vector<point>& minutes) {
    std::vector<std::vector<point>> parts;
    for (const point& p : minutes) {
        auto part = std::find_if(
            parts.begin(), parts.end(), [&](const auto& of) { return of.front().in == p.in; });
        if (part == parts.end()) part = parts.emplace(part);
        part->push_back(p);
    }
    return parts;
}

value shown(const period& p, const std::vector<std::string_view>& wanted) {
    value_members one{{"Timestamp", p.start}};
    for (const std::string_view name : wanted) one.emplace_back(name, *statistic(name, p.values));
    one.emplace_back("Unit", name_of(p.in));
    return one;
}

}  // namespace

value_members get_metric_statistics(const call& c) {
    const metric what = c.in.metric_in(c.in.root());
    const time_range range = range_in(c.in);
    const std::int64_t period_s = period_in(c.in, c.in.root());
    const auto wanted = statistics_in(c.in);
    const auto in = c.in.unit_in(c.in.root(), "Unit");
    if (c.in.wrong()) return {};
    value_list points;
    for (const auto& minutes : by_unit(c.store.points(c.caller, what, in, range.from, range.to))) {
        for (const period& p : periods_of(minutes, period_s)) points.push_back(shown(p, wanted));
    }
    return {{"Label", what.name}, {"Datapoints", std::move(points)}};
}

}  // namespace kinetide::metrics
