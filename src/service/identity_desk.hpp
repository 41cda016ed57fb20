// STS' GetCallerIdentity: which account this is, for clients that make ARNs of it.
#pragma once

#include <optional>
#include <utility>

#include <kinetide/engine/change.hpp>
#include <kinetide/service/service.hpp>

#include "desk.hpp"

namespace kinetide::service {

class identity_desk final : public desk {
public:
    identity_desk(auth_mode auth, engine::tenant_id defaults)
        : auth_(auth), defaults_(std::move(defaults)) {}

    [[nodiscard]] neighbour part_of() const override { return neighbour::sts; }
    std::optional<http::response> answer(const visit& v) override;

private:
    const auth_mode auth_;
    const engine::tenant_id defaults_;
};

}  // namespace kinetide::service
