// ListStreamConsumers: a page of a stream's consumers by name, in whatever status.  A NextToken
// goes with the StreamARN that it came from, and with no StreamCreationTimestamp.

#include <algorithm>

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/consumers.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/paging.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/shapes.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {
namespace {

struct input {
    stream_arn_reference stream;
    std::optional<std::string_view> next_token;
    std::optional<std::int32_t> count_max;
    std::optional<instant> created;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&input::stream),
            wire::member("NextToken", &input::next_token, wire::length{1, 1048576}),
            wire::member("MaxResults", &input::count_max, wire::range{1, 10000}),
            wire::member("StreamCreationTimestamp", &input::created));
    }
};

struct output {
    std::vector<consumer_shape> consumers;
    std::optional<std::string> next_token;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Consumers", &output::consumers),
            wire::member("NextToken", &output::next_token));
    }
};

// The name behind which the list goes on, and the stream's generation that the token belongs to.
result<engine::token> continued(const input& in, const call& c, const named_stream& named) {
    if (in.created) return refusals::next_token_and("StreamCreationTimestamp");
    auto token = open_next_token(c, *in.next_token, engine::token_kind::list_consumers);
    if (!token) return token;
    const bool same = token->stream.tenant == named.tenant && token->stream.name == named.name;
    if (!same) return refusals::next_token_invalid();
    return token;
}

std::string next_token(const call& c, const engine::stream_id& stream, const std::string& after) {
    engine::token t;
    t.kind = engine::token_kind::list_consumers;
    t.issued = c.now;
    t.stream = stream;
    t.after = after;
    return c.engine.tokens().sign(t);
}

result<output> handle(const input& in, call& c) {
    const auto named = resolve_arn(c, in.stream.arn);
    if (!named) return named.error();
    std::optional<engine::token> token;
    if (in.next_token) {
        auto opened = continued(in, c, *named);
        if (!opened) return opened.error();
        token = std::move(*opened);
    }
    const auto found = find_stream(c, *named);
    if (!found) return found.error();
    const engine::stream& stream = **found;
    const engine::stream_id& id = stream.id();
    const bool another = (token && token->stream.generation != id.generation) ||
                         (in.created && in.created->seconds() != shown_creation(stream).seconds());
    if (another) return refusals::stream_not_found(id.name, id.tenant.account_id);
    const engine::stream_status status = stream.status();
    if (status == engine::stream_status::creating || status == engine::stream_status::deleting) {
        return refusals::stream_not_active(id, status);
    }

    const std::int64_t wanted = in.count_max.value_or(limits::list_stream_consumers_max);
    const auto count_max =
        static_cast<std::size_t>(std::min(wanted, limits::list_stream_consumers_max));
    // One more than a page tells whether there is another.
    const auto consumers = stream.consumers().list(token ? token->after : "", count_max + 1);
    output out;
    for (const engine::consumer& one : consumers) {
        if (out.consumers.size() == count_max) {
            out.next_token = next_token(c, id, out.consumers.back().name);
            break;
        }
        out.consumers.push_back(describe(id, one));
    }
    return out;
}

}  // namespace

operation list_stream_consumers() { return define<&handle>("ListStreamConsumers", per_stream(5)); }

}  // namespace kinetide::operations
