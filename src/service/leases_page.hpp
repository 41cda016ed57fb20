// GET /_kinetide/leases: for each application of the KCL, which worker holds which shard, at which
// checkpoint, and how far that is behind the newest record.
#pragma once

#include <kinetide/engine/engine.hpp>
#include <kinetide/leases/store.hpp>

#include "desk.hpp"

namespace kinetide::service {

class leases_page final : public desk {
public:
    leases_page(const leases::store& s, const engine::engine& e) : store_(s), engine_(e) {}
    std::optional<http::response> answer(const visit& v) override;

private:
    const leases::store& store_;
    const engine::engine& engine_;
};

}  // namespace kinetide::service
