// CloudWatch, as far as clients of Kinesis use it: three protocols, recognised by target, path or
// form, in front of one store.
#pragma once

#include <functional>
#include <optional>
#include <utility>

#include <kinetide/engine/change.hpp>
#include <kinetide/metrics/cloudwatch.hpp>
#include <kinetide/service/service.hpp>

#include "desk.hpp"

namespace kinetide::service {

class metric_desk final : public desk {
public:
    // `before_reading` brings what the store is yet to be told.
    metric_desk(
        metrics::metric_store& store,
        auth_mode auth,
        engine::tenant_id defaults,
        std::function<void()> before_reading)
        : cloudwatch_(store, clients_),
          auth_(auth),
          defaults_(std::move(defaults)),
          before_reading_(std::move(before_reading)) {}

    [[nodiscard]] neighbour part_of() const override { return neighbour::cloudwatch; }
    std::optional<http::response> answer(const visit& v) override;

private:
    const system_clock clients_;
    metrics::cloudwatch cloudwatch_;
    const auth_mode auth_;
    const engine::tenant_id defaults_;
    const std::function<void()> before_reading_;
};

}  // namespace kinetide::service
