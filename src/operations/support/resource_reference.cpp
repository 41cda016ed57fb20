#include <kinetide/operations/resource_reference.hpp>

#include <kinetide/model/arn.hpp>
#include <kinetide/model/names.hpp>
#include <kinetide/operations/policy.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {
namespace {

struct named_consumer {
    std::string name;
    std::int64_t created_s = 0;
};

// Which resource an ARN means, whether or not it exists.
struct named_resource {
    named_stream stream;
    std::optional<named_consumer> consumer;
};

// The account of a channel's or queue's ARN.
std::optional<std::string_view> account_of_channel_or_queue(std::string_view arn) {
    for (const std::string_view kind : {":channel/", ":queue/"}) {
        const auto at = arn.find(kind);
        if (at == std::string_view::npos) continue;
        const std::string_view before = arn.substr(0, at);
        const std::string_view account = before.substr(before.rfind(':') + 1);
        if (is_account_id(account)) return account;
    }
    return std::nullopt;
}

// Why an ARN is none of a stream or a consumer.
refusal refusal_of_other(const call& c, std::string_view arn) {
    const auto account = account_of_channel_or_queue(arn);
    if (!account) return refusals::not_a_resource_arn(arn);
    if (c.applies_policies && *account != c.caller.account_id) {
        return refusals::access_denied(c.caller.account_id, c.operation, arn);
    }
    return refusals::resource_not_found(arn);
}

result<named_resource> resolve_resource(const call& c, std::string_view text) {
    if (const auto arn = consumer_arn::parse(text)) {
        named_stream stream{
            {std::string(arn->account_id), std::string(arn->region)},
            std::string(arn->stream_name)};
        if (auto denied = consumer_policy_refusal(c, stream, arn->consumer_name)) return *denied;
        return named_resource{
            std::move(stream), named_consumer{std::string(arn->consumer_name), arn->created_s}};
    }
    if (!stream_arn::parse(text)) return refusal_of_other(c, text);
    auto stream = resolve_arn(c, text);
    if (!stream) return stream.error();
    return named_resource{std::move(*stream), std::nullopt};
}

}  // namespace

engine::tag_list resource::tags() const { return consumer ? consumer->tags : stream->tags(); }

std::string resource::policy() const { return consumer ? consumer->policy : stream->policy(); }

std::optional<std::string> resource::consumer_name() const {
    if (!consumer) return std::nullopt;
    return consumer->name;
}

result<resource> find_resource(const call& c, const resource_reference& r) {
    const auto named = resolve_resource(c, r.arn);
    if (!named) return named.error();
    auto stream = find_stream(c, named->stream);
    if (!stream) return stream.error();
    if (!named->consumer) return resource{std::move(*stream), std::nullopt};
    const auto& [name, created_s] = *named->consumer;
    auto consumer = (*stream)->consumers().find(name);
    // An earlier consumer of the same name was another one.
    if (!consumer || consumer->created.seconds() != created_s) {
        return refusals::consumer_not_found(name, named->stream.tenant.account_id);
    }
    return resource{std::move(*stream), std::move(consumer)};
}

result<resource> find_settled_resource(const call& c, const resource_reference& r) {
    auto found = find_resource(c, r);
    if (!found) return found;
    const engine::stream& stream = *found->stream;
    const engine::stream_status status = stream.status();
    if (status == engine::stream_status::creating || status == engine::stream_status::deleting) {
        return refusals::stream_not_active(stream.id(), status);
    }
    return found;
}

result<resource> find_active_resource(const call& c, const resource_reference& r) {
    auto found = find_resource(c, r);
    if (!found) return found;
    const engine::stream& stream = *found->stream;
    if (found->consumer) {
        if (found->consumer->status == engine::consumer_status::active) return found;
        return refusals::consumer_not_active(
            found->consumer->name, found->consumer->created, stream.id());
    }
    if (stream.status() == engine::stream_status::active) return found;
    return refusals::stream_not_active(stream.id(), stream.status());
}

}  // namespace kinetide::operations
