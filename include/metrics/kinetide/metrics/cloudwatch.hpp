// The calls of CloudWatch that are served: PutMetricData, ListMetrics, GetMetricData (without
// expressions) and GetMetricStatistics (without percentiles).
#pragma once

#include <string_view>

#include <kinetide/base/result.hpp>
#include <kinetide/metrics/metric.hpp>
#include <kinetide/metrics/metric_store.hpp>
#include <kinetide/metrics/protocol.hpp>
#include <kinetide/metrics/value.hpp>

namespace kinetide::metrics {

inline constexpr std::string_view cloudwatch_namespace =
    "http://monitoring.amazonaws.com/doc/2010-08-01/";

// Any thread.
class cloudwatch {
public:
    // `clients` is the time that clients have: another than the store's where that was set.
    cloudwatch(metric_store& store, const clock& clients) : store_(store), clients_(clients) {}

    // A call whose body is not inflated any more.  A call that is not served is refused with the
    // names of those that are.
    [[nodiscard]] result<value_members> answer(
        protocol p, std::string_view operation, std::string_view body, const owner& caller);

private:
    metric_store& store_;
    const clock& clients_;
};

}  // namespace kinetide::metrics
