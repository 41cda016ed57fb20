// DeleteResourcePolicy: from now on the resource is its own account's alone.  There must be a
// policy to delete.

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/resource_reference.hpp>

namespace kinetide::operations {
namespace {

result<nothing> handle(const resource_reference& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_active_resource(c, in);
    if (!found) return found.error();
    if (found->policy().empty()) return refusals::policy_not_found(in.arn);
    const engine::policy_changed change{found->stream->id(), found->consumer_name(), std::string()};
    if (!c.engine.commit(control, change, c.answer_after)) return refusals::journal_failed();
    return nothing{};
}

}  // namespace

operation delete_resource_policy() {
    return define<&handle>("DeleteResourcePolicy", per_account(5));
}

}  // namespace kinetide::operations
