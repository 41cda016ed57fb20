// GET /metrics: what the server counts of itself, and what was put into CloudWatch, for Prometheus.
#pragma once

#include <functional>
#include <utility>

#include <kinetide/engine/engine.hpp>
#include <kinetide/metrics/metric_store.hpp>

#include "counts.hpp"
#include "desk.hpp"
#include "health_pages.hpp"

namespace kinetide::service {

class metrics_page final : public desk {
public:
    metrics_page(
        const engine::engine& e,
        const metrics::metric_store& store,
        counts& c,
        std::function<health_state()> state)
        : engine_(e), store_(store), counts_(c), state_(std::move(state)) {}

    std::optional<http::response> answer(const visit& v) override;

private:
    const engine::engine& engine_;
    const metrics::metric_store& store_;
    counts& counts_;
    const std::function<health_state()> state_;
};

}  // namespace kinetide::service
