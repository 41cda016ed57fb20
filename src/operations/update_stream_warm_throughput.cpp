// UpdateStreamWarmThroughput: write capacity that an on-demand stream keeps ready, whatever its
// traffic.  The stream is UPDATING until the shards for it are there; a lower value lets them go as
// traffic allows.

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/settings.hpp>
#include <kinetide/operations/shapes.hpp>
#include <kinetide/operations/stream_reference.hpp>
#include <kinetide/operations/warm_throughput.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::int32_t warm_throughput_mib_per_s = 0;
    stream_reference stream;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("WarmThroughputMiBps", &input::warm_throughput_mib_per_s, wire::range{0}),
            wire::inline_members(&input::stream));
    }
};

struct output {
    std::string arn;
    std::string name;
    warm_throughput_shape warm_throughput;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("StreamARN", &output::arn),
            wire::member("StreamName", &output::name),
            wire::member("WarmThroughput", &output::warm_throughput));
    }
};

result<output> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_active_stream(c, in.stream);
    if (!found) return found.error();
    const engine::stream& stream = **found;
    const engine::stream_state state = stream.state();
    engine::stream_settings to = state.settings;
    to.warm_mib_per_s = in.warm_throughput_mib_per_s;
    if (auto no = warm_throughput_refusal(c, stream.id(), to)) return *no;
    const auto changed =
        change_settings(c, control, stream, to, {engine::transition::update_stream, std::nullopt});
    if (!changed) return changed.error();
    return output{
        arn_of(stream.id()),
        stream.id().name,
        describe_warm_throughput(to.warm_mib_per_s, state.open_shards)};
}

}  // namespace

operation update_stream_warm_throughput() {
    return define<&handle>("UpdateStreamWarmThroughput", per_account(5));
}

}  // namespace kinetide::operations
