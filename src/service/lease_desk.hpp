// DynamoDB's calls, for the clients of Kinesis that keep their leases there.
#pragma once

#include <kinetide/leases/store.hpp>
#include <kinetide/service/service.hpp>

#include <kinetide/engine/change.hpp>

#include "desk.hpp"

namespace kinetide::service {

class lease_desk final : public desk {
public:
    lease_desk(leases::store& s, auth_mode auth, engine::tenant_id defaults)
        : store_(s), auth_(auth), defaults_(std::move(defaults)) {}
    [[nodiscard]] neighbour part_of() const override { return neighbour::dynamodb; }
    std::optional<http::response> answer(const visit& v) override;

private:
    leases::store& store_;
    const auth_mode auth_;
    const engine::tenant_id defaults_;
};

}  // namespace kinetide::service
