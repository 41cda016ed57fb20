#include <kinetide/metrics/cloudwatch.hpp>

#include <algorithm>
#include <array>

#include "calls.hpp"
#include "refusals.hpp"

namespace kinetide::metrics {
namespace {

struct served {
    std::string_view name;
    value_members (*run)(const call& c);
};

constexpr std::array<served, 4> table{{
    {"PutMetricData", &put_metric_data},
    {"GetMetricData", &get_metric_data},
    {"GetMetricStatistics", &get_metric_statistics},
    {"ListMetrics", &list_metrics},
}};

}  // namespace

result<value_members> cloudwatch::answer(
    protocol p, std::string_view operation, std::string_view body, const owner& caller) {
    const auto* const asked = std::find_if(
        table.begin(), table.end(), [&](const served& s) { return s.name == operation; });
    if (asked == table.end()) return refusals::not_served(operation);
    const auto tree = parse(p, body);
    if (!tree) return refusals::malformed();
    reader in(p, *tree);
    value_members out = asked->run({in, store_, clients_, caller});
    if (in.wrong()) return *in.wrong();
    return out;
}

}  // namespace kinetide::metrics
