// UpdateShardCount: splits and merges until the stream has so many open shards of (nearly) equal
// ranges.  The stream is UPDATING first; the shards in between appear closed.

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/capacity.hpp>
#include <kinetide/operations/enums.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/resharding.hpp>
#include <kinetide/operations/settings.hpp>
#include <kinetide/operations/shapes.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::int32_t target = 0;
    scaling_type scaling = scaling_type::uniform_scaling;
    stream_reference stream;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("TargetShardCount", &input::target, wire::range{1}),
            wire::member("ScalingType", &input::scaling),
            wire::inline_members(&input::stream));
    }
};

struct output {
    std::string name;
    std::int64_t current = 0;  // before the call
    std::int64_t target = 0;
    std::string arn;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("StreamName", &output::name),
            wire::member("CurrentShardCount", &output::current),
            wire::member("TargetShardCount", &output::target),
            wire::member("StreamARN", &output::arn));
    }
};

std::optional<refusal> target_refusal(
    const call& c, const engine::stream& stream, std::int64_t open, std::int64_t target) {
    // From above the limit the way leads below it, not to it.
    const bool too_high = target > limits::update_shard_count_max ||
                          (target == limits::update_shard_count_max && open > target);
    if (too_high) {
        return refusals::scaled_too_high(limits::update_shard_count_max, open, target);
    }
    if (target > 2 * open) return refusals::scaled_over_double(open, target);
    if (2 * target < open) return refusals::scaled_below_half(open, target);
    if (target > open) {
        if (auto full = shard_quota_refusal(c, target - open)) return full;
    }
    const bool left = quota_left(
        c, stream, engine::daily_quota::shard_count_update, limits::shard_count_updates_a_day_max);
    if (!left) return refusals::too_many_shard_count_updates(stream.id());
    return std::nullopt;
}

result<output> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto named = resolve(c, in.stream);
    if (!named) return named.error();
    const auto found = find_stream_to_reshard(c, *named);
    if (!found) return found.error();
    const engine::stream& stream = **found;
    const std::int64_t open = stream.state().open_shards;
    if (auto no = target_refusal(c, stream, open, in.target)) return *no;
    const output out{stream.id().name, open, in.target, arn_of(stream.id())};
    // As many as there are: no change, and the ranges stay as they are.
    if (in.target == open) return out;
    const auto ordered = order_reshard(
        c,
        control,
        stream,
        engine::uniform_order{static_cast<std::uint32_t>(in.target)},
        engine::transition::update_shard_count,
        engine::daily_quota::shard_count_update);
    if (!ordered) return ordered.error();
    return out;
}

}  // namespace

operation update_shard_count() { return define<&handle>("UpdateShardCount", per_account(10)); }

}  // namespace kinetide::operations
