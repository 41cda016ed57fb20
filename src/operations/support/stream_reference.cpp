#include <kinetide/operations/stream_reference.hpp>

#include <kinetide/model/arn.hpp>
#include <kinetide/operations/policy.hpp>
#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {

result<named_stream> resolve_arn(const call& c, std::string_view text) {
    const auto arn = stream_arn::parse(text);
    if (!arn) return refusals::not_a_stream_arn(text);
    named_stream named{
        {std::string(arn->account_id), std::string(arn->region)}, std::string(arn->stream_name)};
    if (auto denied = policy_refusal(c, named)) return *denied;
    return named;
}

result<named_stream> resolve(const call& c, const stream_reference& r) {
    if (!r.arn) {
        if (!r.name) return refusals::no_stream_named();
        return named_stream{c.caller, std::string(*r.name)};
    }
    auto named = resolve_arn(c, *r.arn);
    if (named && r.name && *r.name != named->name)
        return refusals::two_streams_named(*r.name, *r.arn);
    return named;
}

result<std::shared_ptr<engine::stream>> find_stream(const call& c, const named_stream& n) {
    if (c.stream_note != nullptr) *c.stream_note = n.name;
    auto found = c.engine.find(n.tenant, n.name);
    if (!found) return refusals::stream_not_found(n.name, n.tenant.account_id);
    const bool counted = c.rate.of == call_rate::scope::stream &&
                         c.engine.settings().limits == engine::limits_profile::aws;
    if (counted && !found->rates().admit(c.operation, c.rate.per_second, c.now)) {
        return refusals::stream_rate_exceeded(found->id());
    }
    return found;
}

result<std::shared_ptr<engine::stream>> find_stream(const call& c, const stream_reference& r) {
    const auto named = resolve(c, r);
    if (!named) return named.error();
    return find_stream(c, *named);
}

result<std::shared_ptr<engine::stream>> find_active_stream(
    const call& c, const stream_reference& r) {
    auto found = find_stream(c, r);
    if (!found) return found;
    const engine::stream& stream = **found;
    if (stream.status() != engine::stream_status::active) {
        return refusals::stream_not_active(stream.id(), stream.status());
    }
    return found;
}

}  // namespace kinetide::operations
