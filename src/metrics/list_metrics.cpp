// ListMetrics: names of what had values in the last three hours, 500 at a time.

#include <charconv>

#include "calls.hpp"
#include "refusals.hpp"

namespace kinetide::metrics {
namespace {

constexpr std::size_t page_max = 500;
constexpr std::size_t filters_max = 10;
constexpr std::size_t name_length_max = 255;

struct wanted_dimension {
    std::string name;
    std::optional<std::string> value;
};

std::uint64_t start_of(reader& in) {
    const auto token = in.text(in.root(), "NextToken");
    if (!token) return 0;
    std::uint64_t from = 0;
    const char* const end = token->data() + token->size();
    const auto [last, error] = std::from_chars(token->data(), end, from);
    if (error != std::errc{} || last != end) in.refuse(refusals::invalid_token());
    return from;
}

}  // namespace

value_members list_metrics(const call& c) {
    const std::string name_space = c.in.text(c.in.root(), "Namespace").value_or("");
    const std::string name = c.in.text(c.in.root(), "MetricName").value_or("");
    std::vector<wanted_dimension> dimensions;
    for (const node& one : c.in.structures(c.in.root(), "Dimensions", filters_max)) {
        dimensions.push_back(
            {c.in.required_text(one, "Name", name_length_max), c.in.text(one, "Value")});
    }
    const auto active = c.in.text(c.in.root(), "RecentlyActive");
    if (active && *active != "PT3H") {
        c.in.refuse(refusals::invalid_value("RecentlyActive", *active));
    }
    const std::uint64_t from = start_of(c.in);
    if (c.in.wrong()) return {};

    metric_filter wanted{name_space, name, {}};
    for (const wanted_dimension& d : dimensions) wanted.dimensions.emplace_back(d.name, d.value);
    const metric_listing page = c.store.list(c.caller, wanted, from, page_max);
    value_list metrics;
    for (const metric& m : page.found) metrics.push_back(shown(m));
    value_members out{{"Metrics", std::move(metrics)}};
    if (page.next) out.emplace_back("NextToken", std::to_string(*page.next));
    return out;
}

}  // namespace kinetide::metrics
