// UpdateStreamMode: between provisioned and on-demand capacity.  The shards stay as they are, data
// and iterators stay valid.  The mode that the stream has already is no change.

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/patterns.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/shapes.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::string_view arn;
    std::optional<std::string_view> id;
    mode_details mode;
    std::optional<std::int32_t> warm_throughput_mib_per_s;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("StreamARN", &input::arn, patterns::stream_arn, wire::length{1, 2048}),
            wire::member("StreamId", &input::id, patterns::stream_id, wire::length{1, 24}),
            wire::member("StreamModeDetails", &input::mode),
            wire::member("WarmThroughputMiBps", &input::warm_throughput_mib_per_s, wire::range{0}));
    }
};

bool switched_enough(const engine::stream& stream, instant now) {
    constexpr std::int64_t day_ms = 86'400'000;
    std::int64_t lately = 0;
    for (const instant at : stream.mode_switches()) lately += at + day_ms > now ? 1 : 0;
    return lately >= limits::mode_switches_a_day_max;
}

result<nothing> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_active_stream(c, stream_reference{std::nullopt, in.arn, in.id});
    if (!found) return found.error();
    const engine::stream& stream = **found;
    if (in.warm_throughput_mib_per_s) {
        return refusals::warm_throughput_not_available(stream.id().name);
    }
    if (stream.state().mode == in.mode.mode) return nothing{};
    const bool counted = c.engine.settings().limits == engine::limits_profile::aws;
    if (counted && switched_enough(stream, c.now)) {
        return refusals::too_many_mode_switches(stream.id());
    }
    // Records are spread without their keys on demand only.
    if (stream.strategy() == engine::distribution::automatic) {
        return refusals::automatic_needs_on_demand(stream.id().name);
    }
    const engine::mode_changed change{
        stream.id(),
        c.now,
        c.now + c.engine.settings().transitions.of(engine::transition::update_stream_mode),
        in.mode.mode};
    if (!c.engine.commit(control, change, c.answer_after)) return refusals::journal_failed();
    return nothing{};
}

}  // namespace

operation update_stream_mode() { return define<&handle>("UpdateStreamMode"); }

}  // namespace kinetide::operations
