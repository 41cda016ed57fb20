// SplitShard: one open shard becomes two.  The stream is UPDATING first; records go to the parent
// until then, and to its children from then on.

#include <kinetide/operations/capacity.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/patterns.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/resharding.hpp>
#include <kinetide/operations/shard_reference.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::string_view second_start;
    stream_reference stream;
    std::string_view shard;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("NewStartingHashKey", &input::second_start, patterns::hash_key),
            wire::inline_members(&input::stream),
            wire::member("ShardToSplit", &input::shard, patterns::name, wire::length{1, 128}));
    }
};

// Each child keeps more than one key: start + 1 < key < end.
std::optional<hash_key> second_start_within(const input& in, const hash_range& range) {
    const auto key = parse_decimal(in.second_start);
    if (!key || *key <= range.start.value || *key - range.start.value <= 1) return std::nullopt;
    if (*key >= range.end.value) return std::nullopt;
    return hash_key{*key};
}

result<nothing> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto named = resolve(c, in.stream);
    if (!named) return named.error();
    const auto id = parse_shard_id(in.shard, *named);
    if (!id) return id.error();
    const auto found = find_stream_to_reshard(c, *named);
    if (!found) return found.error();
    const engine::stream& stream = **found;
    const auto shard = find_open_shard(stream, *id);
    if (!shard) return shard.error();
    const hash_range& range = (*shard)->birth().range;
    const auto second_start = second_start_within(in, range);
    if (!second_start) {
        return refusals::split_out_of_range(in.second_start, *id, stream.id(), range);
    }
    if (auto full = shard_quota_refusal(c, 1)) return *full;
    return order_reshard(
        c,
        control,
        stream,
        engine::split_order{*id, *second_start},
        engine::transition::split_shard);
}

}  // namespace

operation split_shard() { return define<&handle>("SplitShard", per_account(5)); }

}  // namespace kinetide::operations
