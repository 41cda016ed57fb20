// DescribeStream: a stream and a page of its shards, closed ones included.  A greater Limit than
// 100 is no error, it is cut.  While CREATING or DELETING the list of shards is empty.

#include <algorithm>

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/shapes.hpp>
#include <kinetide/operations/shard_reference.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::optional<std::int32_t> limit;
    std::optional<std::string_view> exclusive_start;
    stream_reference stream;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Limit", &input::limit, wire::range{1, 10000}),
            wire::member(
                "ExclusiveStartShardId",
                &input::exclusive_start,
                patterns::name,
                wire::length{1, 128}),
            wire::inline_members(&input::stream));
    }
};

struct description {
    stream_facts facts;
    std::vector<shard_shape> shards;
    bool has_more_shards = false;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&description::facts),
            wire::member("Shards", &description::shards),
            wire::member("HasMoreShards", &description::has_more_shards));
    }
};

struct output {
    description stream;

    static constexpr auto shape() {
        return wire::structure(wire::member("StreamDescription", &output::stream));
    }
};

result<output> handle(const input& in, call& c) {
    const auto named = resolve(c, in.stream);
    if (!named) return named.error();
    std::optional<shard_id> after;
    if (in.exclusive_start) {
        const auto parsed = parse_shard_id(*in.exclusive_start, *named);
        if (!parsed) return parsed.error();
        after = *parsed;
    }
    const auto found = find_stream(c, *named);
    if (!found) return found.error();
    const engine::stream& stream = **found;
    const engine::stream_state state = stream.state();

    output out;
    out.stream.facts = describe(stream, state);
    const bool shows_shards = state.status == engine::stream_status::active ||
                              state.status == engine::stream_status::updating;
    if (!shows_shards) return out;

    const std::int64_t wanted = in.limit.value_or(limits::describe_stream_shards_max);
    const auto count_max =
        static_cast<std::size_t>(std::min(wanted, limits::describe_stream_shards_max));
    const auto shards = stream.shards(after);
    out.stream.has_more_shards = shards.size() > count_max;
    for (std::size_t i = 0; i < std::min(count_max, shards.size()); ++i) {
        out.stream.shards.push_back(describe(*shards[i]));
    }
    return out;
}

}  // namespace

operation describe_stream() { return define<&handle>("DescribeStream", per_account(10)); }

}  // namespace kinetide::operations
