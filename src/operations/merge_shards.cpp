// MergeShards: two open neighbours, the lower one named first, become one.  The stream is UPDATING
// first; records go to the parents until then, and to their child from then on.

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/patterns.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/resharding.hpp>
#include <kinetide/operations/shard_reference.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::string_view shard;
    std::string_view adjacent;
    stream_reference stream;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("ShardToMerge", &input::shard, patterns::name, wire::length{1, 128}),
            wire::member(
                "AdjacentShardToMerge", &input::adjacent, patterns::name, wire::length{1, 128}),
            wire::inline_members(&input::stream));
    }
};

bool adjoin(const engine::shard& low, const engine::shard& high) {
    const hash_key end = low.birth().range.end;
    return end < high.birth().range.start && high.birth().range.start.value - end.value == 1;
}

result<nothing> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto named = resolve(c, in.stream);
    if (!named) return named.error();
    const auto id = parse_shard_id(in.shard, *named);
    if (!id) return id.error();
    const auto adjacent_id = parse_shard_id(in.adjacent, *named);
    if (!adjacent_id) return adjacent_id.error();
    const auto found = find_stream_to_reshard(c, *named);
    if (!found) return found.error();
    const engine::stream& stream = **found;
    const auto low = find_open_shard(stream, *id);
    if (!low) return low.error();
    const auto high = find_open_shard(stream, *adjacent_id);
    if (!high) return high.error();
    if (!adjoin(**low, **high)) return refusals::not_adjacent(*id, *adjacent_id, stream.id());
    return order_reshard(
        c,
        control,
        stream,
        engine::merge_order{*id, *adjacent_id},
        engine::transition::merge_shards);
}

}  // namespace

operation merge_shards() { return define<&handle>("MergeShards", per_account(5)); }

}  // namespace kinetide::operations
