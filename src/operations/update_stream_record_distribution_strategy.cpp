// UpdateStreamRecordDistributionStrategy: whether records go to shards by their partition keys, or
// are spread evenly without any.  On demand only, at once; stored records stay where they are.

#include <kinetide/operations/enums.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/settings.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {
namespace {

struct input {
    stream_arn_reference stream;
    engine::distribution strategy = engine::distribution::user_partition_key;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&input::stream),
            wire::member("RecordDistributionStrategy", &input::strategy));
    }
};

result<nothing> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_active_stream(c, in.stream.reference());
    if (!found) return found.error();
    const engine::stream& stream = **found;
    engine::stream_settings to = stream.settings();
    to.strategy = in.strategy;
    const bool automatic = to.strategy == engine::distribution::automatic;
    if (automatic && to.mode == engine::stream_mode::provisioned) {
        return refusals::automatic_needs_on_demand(stream.id().name);
    }
    return change_settings(c, control, stream, to, {});
}

}  // namespace

operation update_stream_record_distribution_strategy() {
    return define<&handle>("UpdateStreamRecordDistributionStrategy", per_account(5));
}

}  // namespace kinetide::operations
