#include <kinetide/operations/consumers.hpp>

#include <kinetide/model/arn.hpp>
#include <kinetide/operations/policy.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/shapes.hpp>

namespace kinetide::operations {
namespace {

// Which consumer a reference means, whether or not it exists.
struct named_consumer {
    named_stream stream;
    std::string name;
    std::optional<std::int64_t> created_s;  // known from its ARN
};

result<named_consumer> resolve_consumer_arn(std::string_view text) {
    const auto arn = consumer_arn::parse(text);
    if (!arn) return refusals::not_a_consumer_arn(text);
    return named_consumer{
        {{std::string(arn->account_id), std::string(arn->region)}, std::string(arn->stream_name)},
        std::string(arn->consumer_name),
        arn->created_s};
}

result<named_consumer> resolve_by_name(std::string_view arn_text, std::string_view name) {
    const auto arn = stream_arn::parse(arn_text);
    if (!arn) return refusals::not_a_stream_arn(arn_text);
    return named_consumer{
        {{std::string(arn->account_id), std::string(arn->region)}, std::string(arn->stream_name)},
        std::string(name),
        std::nullopt};
}

// A StreamARN or ConsumerName beside a ConsumerARN that say something else.
std::optional<refusal> contradiction(const consumer_reference& r, const named_consumer& by_arn) {
    if (r.name && *r.name != by_arn.name) {
        return refusals::two_consumers_named(*r.arn, "ConsumerName", *r.name);
    }
    if (!r.stream_arn) return std::nullopt;
    const auto arn = stream_arn::parse(*r.stream_arn);
    if (!arn) return refusals::not_a_stream_arn(*r.stream_arn);
    const named_stream& s = by_arn.stream;
    const bool same = arn->account_id == s.tenant.account_id && arn->region == s.tenant.region &&
                      arn->stream_name == s.name;
    if (same) return std::nullopt;
    return refusals::two_consumers_named(*r.arn, "StreamARN", *r.stream_arn);
}

result<named_consumer> resolve(const call& c, const consumer_reference& r) {
    if (!r.arn && !(r.stream_arn && r.name)) return refusals::no_consumer_named();
    auto named = r.arn ? resolve_consumer_arn(*r.arn) : resolve_by_name(*r.stream_arn, *r.name);
    if (!named) return named;
    if (r.arn) {
        if (auto other = contradiction(r, *named)) return *other;
    }
    if (auto denied = consumer_policy_refusal(c, named->stream, named->name)) return *denied;
    return named;
}

}  // namespace

std::string consumer_arn_of(
    const engine::stream_id& stream, std::string_view name, instant created) {
    consumer_arn arn;
    arn.partition = partition_of(stream.tenant.region);
    arn.region = stream.tenant.region;
    arn.account_id = stream.tenant.account_id;
    arn.stream_name = stream.name;
    arn.consumer_name = name;
    arn.created_s = created.seconds();
    return arn.text();
}

consumer_shape describe(const engine::stream_id& stream, const engine::consumer& c) {
    return {c.name, consumer_arn_of(stream, c.name, c.created), c.status, c.created};
}

result<found_consumer> find_consumer(const call& c, const consumer_reference& r) {
    const auto named = resolve(c, r);
    if (!named) return named.error();
    auto stream = find_stream(c, named->stream);
    if (!stream) return stream.error();
    auto found = (*stream)->consumers().find(named->name);
    // An earlier consumer of the same name was another one.
    const bool same =
        found && found->created.seconds() == named->created_s.value_or(found->created.seconds());
    if (!same) return refusals::consumer_not_found(named->name, named->stream.tenant.account_id);
    return found_consumer{std::move(*stream), std::move(*found)};
}

}  // namespace kinetide::operations
