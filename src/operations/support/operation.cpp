#include <kinetide/operations/operation.hpp>

#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {

std::optional<refusal> account_rate_refusal(const call& c) {
    if (c.rate.of != call_rate::scope::account) return std::nullopt;
    if (c.engine.admit_call(c.caller, c.operation, c.rate.per_second)) return std::nullopt;
    return refusals::account_rate_exceeded(c.caller.account_id);
}

}  // namespace kinetide::operations
