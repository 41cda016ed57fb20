// The calls: each takes its members and gives its answer, or leaves with the reader what is wrong.
#pragma once

#include <kinetide/metrics/metric_store.hpp>
#include <kinetide/metrics/value.hpp>

#include "reader.hpp"

namespace kinetide::metrics {

struct call {
    reader& in;
    metric_store& store;
    const clock& clients;
    const owner& caller;
};

value_members put_metric_data(const call& c);
value_members list_metrics(const call& c);
value_members get_metric_data(const call& c);
value_members get_metric_statistics(const call& c);

inline value shown(const metric& m) {
    value_list dimensions;
    for (const dimension& d : m.dimensions) {
        dimensions.emplace_back(value_members{{"Name", d.name}, {"Value", d.value}});
    }
    return value_members{
        {"Namespace", m.name_space}, {"MetricName", m.name}, {"Dimensions", std::move(dimensions)}};
}

}  // namespace kinetide::metrics
