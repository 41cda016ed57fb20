// GetMetricData: one statistic of each metric asked for.  Expressions are not served.

#include <algorithm>
#include <charconv>
#include <set>

#include "calls.hpp"
#include "periods.hpp"
#include "refusals.hpp"

namespace kinetide::metrics {
namespace {

constexpr std::size_t queries_max = 500;
constexpr std::size_t name_length_max = 255;
constexpr std::size_t datapoints_max = 100'800;

struct query {
    std::string id;
    std::string label;
    bool returns = true;
    metric what;
    std::int64_t period_s = 60;
    std::string statistic;
    std::optional<unit> in;
};

bool is_id(std::string_view text) {
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto follows = [&](char c) {
        return lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    return !text.empty() && lower(text.front()) && std::all_of(text.begin(), text.end(), follows);
}

query query_of(reader& in, const node& one) {
    query q;
    q.id = in.required_text(one, "Id", name_length_max);
    if (!is_id(q.id)) {
        in.refuse(refusals::not_matching(one.path + "Id", q.id, "^[a-z][a-zA-Z0-9_]*$"));
    }
    q.returns = in.boolean(one, "ReturnData").value_or(true);
    if (in.text(one, "Expression")) {
        in.refuse(refusals::invalid(
            "Kinetide does not serve expressions: " + one.path +
            "Expression; ask with MetricStat and calculate what you need."));
    }
    const auto stat = in.structure(one, "MetricStat");
    if (!stat) {
        in.refuse(refusals::missing(one.path + "MetricStat"));
        return q;
    }
    const auto what = in.structure(*stat, "Metric");
    if (!what) in.refuse(refusals::missing(stat->path + "Metric"));
    if (what) q.what = in.metric_in(*what);
    q.period_s = period_in(in, *stat);
    q.statistic = in.required_text(*stat, "Stat", name_length_max);
    if (!in.wrong() && !statistic(q.statistic, {})) {
        in.refuse(refusals::invalid(
            "Kinetide serves the statistics Average, Sum, Minimum, Maximum and SampleCount, not " +
            q.statistic + "."));
    }
    q.in = in.unit_in(*stat, "Unit");
    q.label = in.text(one, "Label").value_or(q.what.name);
    return q;
}

std::vector<query> queries_in(reader& in) {
    std::vector<query> queries;
    std::set<std::string> ids;
    for (const node& one : in.structures(in.root(), "MetricDataQueries", queries_max)) {
        queries.push_back(query_of(in, one));
        if (!ids.insert(queries.back().id).second) {
            in.refuse(refusals::invalid(
                "The values for parameter id in MetricDataQueries are not unique."));
        }
    }
    if (queries.empty()) in.refuse(refusals::missing("MetricDataQueries"));
    return queries;
}

// Where a page goes on: a query, and how many of its values were given.
struct place {
    std::size_t query = 0;
    std::size_t value = 0;
};

place place_in(reader& in) {
    const auto token = in.text(in.root(), "NextToken");
    place p;
    if (!token) return p;
    const char* const end = token->data() + token->size();
    const auto query = std::from_chars(token->data(), end, p.query);
    const bool parts = query.ec == std::errc{} && query.ptr != end && *query.ptr == '.';
    const auto value = parts ? std::from_chars(query.ptr + 1, end, p.value) : query;
    if (!parts || value.ec != std::errc{} || value.ptr != end) in.refuse(refusals::invalid_token());
    return p;
}

bool falls_in(reader& in) {
    const auto order = in.text(in.root(), "ScanBy");
    if (order && *order != "TimestampDescending" && *order != "TimestampAscending") {
        in.refuse(refusals::invalid_value("ScanBy", *order));
    }
    return order != "TimestampAscending";
}

std::size_t most_in(reader& in) {
    const auto most = in.integer(in.root(), "MaxDatapoints");
    if (!most) return datapoints_max;
    if (*most < 1) in.refuse(refusals::invalid_value("MaxDatapoints", std::to_string(*most)));
    return std::min(datapoints_max, static_cast<std::size_t>(std::max<std::int64_t>(*most, 1)));
}

}  // namespace

value_members get_metric_data(const call& c) {
    const time_range range = range_in(c.in);
    const bool falling = falls_in(c.in);
    const std::size_t most = most_in(c.in);
    place at = place_in(c.in);
    const std::vector<query> queries = queries_in(c.in);
    if (c.in.wrong()) return {};

    value_list results;
    std::size_t given = 0;
    for (; at.query < queries.size() && given < most; at = {at.query + 1, 0}) {
        const query& q = queries[at.query];
        if (!q.returns) continue;
        auto periods =
            periods_of(c.store.points(c.caller, q.what, q.in, range.from, range.to), q.period_s);
        if (falling) std::reverse(periods.begin(), periods.end());
        value_list times;
        value_list values;
        for (; at.value < periods.size() && given < most; ++at.value, ++given) {
            times.emplace_back(periods[at.value].start);
            values.emplace_back(*statistic(q.statistic, periods[at.value].values));
        }
        const bool whole = at.value >= periods.size();
        results.emplace_back(value_members{
            {"Id", q.id},
            {"Label", q.label},
            {"Timestamps", std::move(times)},
            {"Values", std::move(values)},
            {"StatusCode", whole ? "Complete" : "PartialData"}});
        if (!whole) break;
    }
    value_members out{{"MetricDataResults", std::move(results)}, {"Messages", value_list{}}};
    if (at.query < queries.size()) {
        out.emplace_back("NextToken", std::to_string(at.query) + "." + std::to_string(at.value));
    }
    return out;
}

}  // namespace kinetide::metrics
