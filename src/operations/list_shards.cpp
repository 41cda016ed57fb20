// ListShards: a page of a stream's shards by id, closed ones included until retention has passed
// over them.  A NextToken stands for the stream, the filter and the place to go on from.

#include <algorithm>

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/paging.hpp>
#include <kinetide/operations/patterns.hpp>
#include <kinetide/operations/policy.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/shapes.hpp>
#include <kinetide/operations/shard_filter.hpp>
#include <kinetide/operations/shard_reference.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::optional<std::int32_t> count_max;
    std::optional<std::string_view> exclusive_start;
    stream_reference stream;
    std::optional<std::string_view> next_token;
    std::optional<instant> created;
    std::optional<shard_filter> filter;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("MaxResults", &input::count_max, wire::range{1, 10000}),
            wire::member(
                "ExclusiveStartShardId",
                &input::exclusive_start,
                patterns::name,
                wire::length{1, 128}),
            wire::inline_members(&input::stream),
            wire::member("NextToken", &input::next_token, wire::length{1, 1048576}),
            wire::member("StreamCreationTimestamp", &input::created),
            wire::member("ShardFilter", &input::filter));
    }
};

struct output {
    std::vector<shard_shape> shards;
    std::optional<std::string> next_token;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Shards", &output::shards),
            wire::member("NextToken", &output::next_token));
    }
};

// What to list, from where.
struct selection {
    std::shared_ptr<engine::stream> stream;
    std::optional<shard_id> after;
    shard_choice choice;
};

// Another account's stream too, as long as its policy lets it be listed.
bool may_list(const call& c, const engine::stream_id& stream) {
    if (is_own_listing(c, stream)) return true;
    const bool foreign = stream.tenant.account_id != c.caller.account_id;
    return foreign && !policy_refusal(c, {stream.tenant, stream.name});
}

result<selection> continued(const input& in, const call& c) {
    if (in.stream.name) return refusals::next_token_and("StreamName");
    if (in.stream.arn) return refusals::next_token_and("StreamARN");
    if (in.exclusive_start) return refusals::next_token_and("ExclusiveStartShardId");
    if (in.created) return refusals::next_token_and("StreamCreationTimestamp");
    if (in.filter) return refusals::next_token_and("ShardFilter");
    const auto token =
        open_next_token(c, *in.next_token, engine::token_kind::list_shards, &may_list);
    if (!token) return token.error();
    const engine::stream_id& id = token->stream;
    auto stream = c.engine.find(id.tenant, id.name);
    if (!stream || stream->id().generation != id.generation) {
        return refusals::stream_not_found(id.name, id.tenant.account_id);
    }
    const auto type = static_cast<shard_filter_type>(token->filter);
    return selection{std::move(stream), token->shard, shard_choice{type, token->filter_at}};
}

result<selection> begun(const input& in, const call& c) {
    if (!in.stream.name && !in.stream.arn) return refusals::next_token_or_stream_missing();
    const auto named = resolve(c, in.stream);
    if (!named) return named.error();
    selection s;
    if (in.exclusive_start) {
        const auto after = parse_shard_id(*in.exclusive_start, *named);
        if (!after) return after.error();
        s.after = *after;
    }
    if (in.filter) {
        const auto choice = checked_filter(*in.filter, *named, c.now);
        if (!choice) return choice.error();
        s.choice = choice->first;
        if (choice->second) s.after = std::max(s.after.value_or(shard_id{}), *choice->second);
    }
    auto found = find_stream(c, *named);
    if (!found) return found.error();
    s.stream = std::move(*found);
    if (in.created && shown_creation(*s.stream).seconds() != in.created->seconds()) {
        return refusals::stream_not_found(named->name, named->tenant.account_id);
    }
    return s;
}

result<output> handle(const input& in, call& c) {
    auto selected = in.next_token ? continued(in, c) : begun(in, c);
    if (!selected) return selected.error();
    const engine::stream& stream = *selected->stream;
    const engine::stream_status status = stream.status();
    if (status == engine::stream_status::creating || status == engine::stream_status::deleting) {
        return refusals::stream_not_active(stream.id(), status);
    }

    const std::int64_t wanted = in.count_max.value_or(limits::list_shards_max);
    const auto count_max = static_cast<std::size_t>(std::min(wanted, limits::list_shards_max));
    output out;
    shard_id last;
    const auto shards = stream.shards(selected->after);
    out.shards.reserve(std::min(shards.size(), count_max));
    for (const auto& s : shards) {
        if (!is_chosen(*s, selected->choice, stream, c.now)) continue;
        if (out.shards.size() == count_max) {
            engine::token t;
            t.kind = engine::token_kind::list_shards;
            t.issued = c.now;
            t.stream = stream.id();
            t.shard = last;
            t.filter = static_cast<std::uint8_t>(selected->choice.type);
            t.filter_at = selected->choice.at;
            out.next_token = c.engine.tokens().sign(t);
            break;
        }
        last = s->birth().id;
        out.shards.push_back(describe(*s));
    }
    return out;
}

}  // namespace

operation list_shards() { return define<&handle>("ListShards", per_stream(1000)); }

}  // namespace kinetide::operations
