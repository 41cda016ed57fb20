#include <kinetide/operations/monitoring.hpp>

#include <kinetide/operations/settings.hpp>
#include <kinetide/operations/shapes.hpp>

namespace kinetide::operations {
namespace {

std::uint8_t bits_of(const wire::list<shard_metric>& metrics) {
    unsigned bits = 0;
    for (const shard_metric m : metrics) {
        if (m == shard_metric::all) return engine::metric_set::all_bits;
        bits |= 1U << static_cast<unsigned>(m);
    }
    return static_cast<std::uint8_t>(bits);
}

}  // namespace

result<monitoring_output> change_monitoring(
    const monitoring_input& in,
    call& c,
    std::uint8_t (*join)(std::uint8_t present_bits, std::uint8_t named_bits)) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_active_stream(c, in.stream);
    if (!found) return found.error();
    const engine::stream& stream = **found;
    engine::stream_settings to = stream.settings();
    monitoring_output out;
    out.name = stream.id().name;
    out.arn = arn_of(stream.id());
    out.current = metrics_in(to.metrics);
    to.metrics.bits = join(to.metrics.bits, bits_of(in.metrics));
    out.desired = metrics_in(to.metrics);
    const auto changed =
        change_settings(c, control, stream, to, {engine::transition::update_stream, std::nullopt});
    if (!changed) return changed.error();
    return out;
}

}  // namespace kinetide::operations
