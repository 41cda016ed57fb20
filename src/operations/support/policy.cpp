#include <kinetide/operations/policy.hpp>

#include <array>
#include <string>

#include <kinetide/operations/policy_document.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/shapes.hpp>

namespace kinetide::operations {
namespace {

bool needs_leave(const call& c, const named_stream& stream) {
    return c.applies_policies && stream.tenant.account_id != c.caller.account_id;
}

// What a policy's text says of an operation.  Only texts that parse are kept.
verdict judge(const call& c, const std::string& policy, std::string_view operation) {
    if (policy.empty()) return verdict::silent;
    const auto document = policy_document::parse(policy);
    if (!document) return verdict::silent;
    return document->judge(c.caller.account_id, "kinesis:" + std::string(operation));
}

std::optional<refusal> refusal_of(const call& c, verdict v, const std::string& arn) {
    switch (v) {
        case verdict::allowed: return std::nullopt;
        case verdict::denied:
            return refusals::access_denied_by_statement(c.caller.account_id, c.operation, arn);
        case verdict::silent: break;
    }
    return refusals::access_denied(c.caller.account_id, c.operation, arn);
}

}  // namespace

std::optional<refusal> policy_refusal(const call& c, const named_stream& stream) {
    if (!needs_leave(c, stream)) return std::nullopt;
    const auto found = c.engine.find(stream.tenant, stream.name);
    const verdict v = found ? judge(c, found->policy(), c.operation) : verdict::silent;
    return refusal_of(c, v, arn_of({stream.tenant, stream.name, 0}));
}

std::optional<refusal> consumer_policy_refusal(
    const call& c, const named_stream& stream, std::string_view consumer) {
    if (!needs_leave(c, stream)) return std::nullopt;
    const auto found = c.engine.find(stream.tenant, stream.name);
    const auto present = found ? found->consumers().find(consumer) : std::nullopt;
    const verdict v = present ? judge(c, present->policy, c.operation) : verdict::silent;
    const std::string stream_arn = arn_of({stream.tenant, stream.name, 0});
    return refusal_of(c, v, stream_arn + "/consumer/" + std::string(consumer));
}

std::optional<refusal> reading_refusal(const call& c, const named_stream& stream) {
    if (!needs_leave(c, stream)) return std::nullopt;
    constexpr std::array<std::string_view, 4> reading{
        "DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards"};
    const auto found = c.engine.find(stream.tenant, stream.name);
    const std::string policy = found ? found->policy() : std::string();
    verdict v = verdict::silent;
    for (const std::string_view operation : reading) {
        const verdict one = judge(c, policy, operation);
        if (one == verdict::allowed) return std::nullopt;
        if (one == verdict::denied) v = one;
    }
    return refusal_of(c, v, arn_of({stream.tenant, stream.name, 0}));
}

}  // namespace kinetide::operations
