// PutMetricData: all of its values are kept, or none when one of them is refused.

#include <cmath>

#include "calls.hpp"
#include "refusals.hpp"

namespace kinetide::metrics {
namespace {

constexpr std::size_t data_max = 1000;
constexpr std::size_t entities_max = 150;
constexpr std::size_t values_max = 150;
constexpr std::size_t name_length_max = 255;
constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t past_ms_max = 14 * 24 * hour_ms;
constexpr std::int64_t future_ms_max = 2 * hour_ms;

struct datum {
    metric what;
    unit in;
    instant at;
    aggregate values;
};

aggregate statistics(reader& in, const node& set) {
    aggregate a;
    const auto required = [&](std::string_view name) {
        const auto number = in.number(set, name);
        if (!number) in.refuse(refusals::missing(set.path + std::string(name)));
        return number.value_or(0);
    };
    a.count = required("SampleCount");
    a.sum = required("Sum");
    a.min = required("Minimum");
    a.max = required("Maximum");
    if (a.min > a.max) {
        in.refuse(refusals::combination(
            "The parameter " + set.path + "Maximum must be greater than " + set.path + "Minimum."));
    }
    // None at all is nothing to keep, and no reason to lose what comes with it.
    if (a.count < 0) {
        in.refuse(
            refusals::invalid("The parameter " + set.path + "SampleCount must not be negative."));
    }
    return a;
}

// Counts are one each where they are not given.
aggregate counted_values(reader& in, const node& one, const std::vector<double>& values) {
    const std::vector<double> counts = in.numbers(one, "Counts", values_max);
    if (!counts.empty() && counts.size() != values.size()) {
        in.refuse(refusals::combination(
            "The parameters " + one.path + "Values and " + one.path +
            "Counts must be of the same size."));
        return {};
    }
    aggregate all;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double count = counts.empty() ? 1 : counts[i];
        if (count <= 0) {
            in.refuse(refusals::invalid(
                "The parameter " + one.path + "Counts.member." + std::to_string(i + 1) +
                " must be greater than 0."));
        }
        all.merge({count, values[i] * count, values[i], values[i]});
    }
    return all;
}

aggregate values_of(reader& in, const node& one) {
    const auto value = in.number(one, "Value");
    const auto set = in.structure(one, "StatisticValues");
    const auto values = in.numbers(one, "Values", values_max);
    const std::string single = one.path + "Value";
    const std::string statistic = one.path + "StatisticValues";
    const std::string several = one.path + "Values";
    if (value && set) in.refuse(refusals::both(single, statistic));
    if (value && !values.empty()) in.refuse(refusals::both(single, several));
    if (set && !values.empty()) in.refuse(refusals::both(statistic, several));
    if (value) return {1, *value, *value, *value};
    if (set) return statistics(in, *set);
    if (!values.empty()) return counted_values(in, one, values);
    in.refuse(refusals::missing(single));
    return {};
}

// What a client measured just now belongs into the time that the server shows, which may stand
// still far from the client's.  So a time that is of no use by the one clock is judged by the
// other.
instant by_own_clock(const call& c, instant given) {
    const instant now = c.store.now();
    const instant theirs = c.clients.now();
    const auto is_recent = [&](instant by) {
        return given >= by - kept_ms && given <= by + future_ms_max;
    };
    return !is_recent(now) && is_recent(theirs) ? now + (given.ms - theirs.ms) : given;
}

instant time_of(const call& c, const node& one) {
    const instant now = c.store.now();
    const instant at = by_own_clock(c, c.in.time(one, "Timestamp").value_or(now));
    const std::string path = "The parameter " + one.path + "Timestamp must specify a time ";
    if (at > now + future_ms_max) {
        c.in.refuse(refusals::invalid(path + "no more than two hours in the future."));
    }
    if (at < now - past_ms_max) {
        c.in.refuse(refusals::invalid(path + "within the past two weeks."));
    }
    return at;
}

datum datum_of(const call& c, const node& one, const std::string& name_space) {
    datum d;
    d.what.name_space = name_space;
    d.what.name = c.in.required_text(one, "MetricName", name_length_max);
    d.what.dimensions = c.in.dimensions(one);
    d.values = values_of(c.in, one);
    d.in = c.in.unit_in(one, "Unit").value_or(unit{});
    d.at = time_of(c, one);
    const auto resolution = c.in.integer(one, "StorageResolution");
    if (resolution && *resolution != 1 && *resolution != 60) {
        c.in.refuse(
            refusals::invalid_value(one.path + "StorageResolution", std::to_string(*resolution)));
    }
    return d;
}

std::string name_space_of(reader& in) {
    std::string name = in.required_text(in.root(), "Namespace", name_length_max);
    // AWS' own; here the streams' metrics are there.
    if (name.starts_with("AWS/") || name.starts_with(':')) {
        in.refuse(refusals::invalid_value("Namespace", name));
    }
    return name;
}

}  // namespace

value_members put_metric_data(const call& c) {
    const std::string name_space = name_space_of(c.in);
    std::vector<node> given = c.in.structures(c.in.root(), "MetricData", data_max);
    for (const node& one : c.in.structures(c.in.root(), "EntityMetricData", entities_max)) {
        for (node& n : c.in.structures(one, "MetricData", data_max)) given.push_back(std::move(n));
    }
    if (given.empty()) c.in.refuse(refusals::missing("MetricData"));
    if (given.size() > data_max) c.in.refuse(refusals::too_many("MetricData", data_max));
    std::vector<datum> all;
    for (const node& one : given) {
        if (c.in.wrong()) return {};
        all.push_back(datum_of(c, one, name_space));
    }
    if (c.in.wrong()) return {};
    for (const datum& d : all) c.store.add(c.caller, d.what, d.in, d.at, d.values);
    return {};
}

}  // namespace kinetide::metrics
