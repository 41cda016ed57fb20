// UpdateStreamMode: between provisioned and on-demand capacity.  The shards stay as they are, data
// and iterators stay valid.  The mode that the stream has already is no change.

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/capacity.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/settings.hpp>
#include <kinetide/operations/shapes.hpp>
#include <kinetide/operations/warm_throughput.hpp>

namespace kinetide::operations {
namespace {

struct input {
    stream_arn_reference stream;
    mode_details mode;
    std::optional<std::int32_t> warm_throughput_mib_per_s;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&input::stream),
            wire::member("StreamModeDetails", &input::mode),
            wire::member("WarmThroughputMiBps", &input::warm_throughput_mib_per_s, wire::range{0}));
    }
};

// What stands in the way of leaving on-demand mode.
std::optional<refusal> bound_to_on_demand(
    const engine::stream& stream, const engine::stream_settings& present) {
    // Records are spread without their keys on demand only.
    if (present.strategy == engine::distribution::automatic) {
        return refusals::automatic_needs_on_demand(stream.id().name);
    }
    if (present.warm_mib_per_s != 0) return refusals::warm_throughput_in_the_way(stream.id());
    return std::nullopt;
}

result<nothing> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_active_stream(c, in.stream.reference());
    if (!found) return found.error();
    const engine::stream& stream = **found;
    const engine::stream_settings present = stream.settings();
    engine::stream_settings to = present;
    to.mode = in.mode.mode;
    if (in.warm_throughput_mib_per_s) {
        to.warm_mib_per_s = *in.warm_throughput_mib_per_s;
        if (auto no = warm_throughput_refusal(c, stream.id(), to)) return *no;
    }
    if (to == present) return nothing{};
    if (to.mode == engine::stream_mode::provisioned) {
        if (auto bound = bound_to_on_demand(stream, present)) return *bound;
    }
    const bool switches = to.mode != present.mode;
    if (switches && to.mode == engine::stream_mode::on_demand) {
        if (auto full = on_demand_quota_refusal(c)) return *full;
    }
    if (switches &&
        !quota_left(c, stream, engine::daily_quota::mode_switch, limits::mode_switches_a_day_max)) {
        return refusals::too_many_mode_switches(stream.id());
    }
    settings_change how{engine::transition::update_stream_mode, std::nullopt};
    if (switches) how.counts_as = engine::daily_quota::mode_switch;
    return change_settings(c, control, stream, to, how);
}

}  // namespace

operation update_stream_mode() { return define<&handle>("UpdateStreamMode", without_rate); }

}  // namespace kinetide::operations
