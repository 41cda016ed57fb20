// The account's MinimumThroughputBillingCommitment in a region ("on-demand advantage").
#pragma once

#include <kinetide/operations/enums.hpp>
#include <kinetide/operations/operation.hpp>

namespace kinetide::operations {

// Its status as the clock stands.
commitment_status status_of(const engine::billing_commitment& b, instant now);

// Whether it holds, be it until its earliest end.
bool is_committed(const call& c, const engine::tenant_id& tenant);

struct commitment_shape {
    commitment_status status = commitment_status::disabled;
    std::optional<instant> started_at;
    std::optional<instant> ended_at;
    std::optional<instant> earliest_allowed_end;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Status", &commitment_shape::status),
            wire::member("StartedAt", &commitment_shape::started_at),
            wire::member("EndedAt", &commitment_shape::ended_at),
            wire::member("EarliestAllowedEndAt", &commitment_shape::earliest_allowed_end));
    }
};

// What both account operations answer.
struct account_settings {
    commitment_shape commitment;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("MinimumThroughputBillingCommitment", &account_settings::commitment));
    }
};

account_settings describe_account(const call& c);

}  // namespace kinetide::operations
