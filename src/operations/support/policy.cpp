#include <kinetide/operations/policy.hpp>

#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/shapes.hpp>

namespace kinetide::operations {

std::optional<refusal> policy_refusal(const call& c, const named_stream& stream) {
    if (!c.applies_policies || stream.tenant.account_id == c.caller.account_id) return std::nullopt;
    return refusals::access_denied(
        c.caller.account_id, c.operation, arn_of({stream.tenant, stream.name, 0}));
}

}  // namespace kinetide::operations
