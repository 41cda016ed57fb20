// PutResourcePolicy: what other accounts may do with a stream or a consumer.  It replaces the
// policy that there is, and it is kept as it was written.

#include <algorithm>
#include <array>
#include <span>

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/policy_document.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/resource_reference.hpp>

namespace kinetide::operations {
namespace {

struct input {
    resource_reference resource;
    std::string_view policy;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&input::resource), wire::member("Policy", &input::policy));
    }
};

// What can be shared.
constexpr std::array<std::string_view, 6> stream_actions{
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
    "kinesis:PutRecord",
    "kinesis:PutRecords"};
constexpr std::array<std::string_view, 2> consumer_actions{
    "kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"};

// Why a policy is not one for this resource.
std::optional<refusal> misfit(
    const policy_document& policy, std::string_view arn, std::span<const std::string_view> shared) {
    for (const policy_statement& s : policy.statements) {
        for (const std::string& action : s.actions) {
            if (std::find(shared.begin(), shared.end(), action) == shared.end()) {
                return refusals::policy_action_invalid(action);
            }
        }
        for (const std::string& resource : s.resources) {
            if (resource != arn) return refusals::policy_resource_invalid(resource, arn);
        }
    }
    return std::nullopt;
}

result<nothing> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_active_resource(c, in.resource);
    if (!found) return found.error();
    const auto policy = policy_document::parse(in.policy);
    if (!policy) return policy.error();
    const auto shared = found->consumer ? std::span<const std::string_view>(consumer_actions)
                                        : std::span<const std::string_view>(stream_actions);
    if (auto wrong = misfit(*policy, in.resource.arn, shared)) return *wrong;
    if (found->policy() == in.policy) return nothing{};
    const engine::policy_changed change{
        found->stream->id(), found->consumer_name(), std::string(in.policy)};
    if (!c.engine.commit(control, change, c.answer_after)) return refusals::journal_failed();
    return nothing{};
}

}  // namespace

operation put_resource_policy() { return define<&handle>("PutResourcePolicy", per_account(5)); }

}  // namespace kinetide::operations
