#include <kinetide/operations/retention.hpp>

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/settings.hpp>

namespace kinetide::operations {

result<nothing> change_retention(const retention_input& in, call& c, const retention_judge& judge) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_stream(c, in.stream);
    if (!found) return found.error();
    const engine::stream& stream = **found;
    if (in.retention_hours < limits::retention_hours_min) {
        return refusals::retention_too_short(in.retention_hours);
    }
    if (in.retention_hours > limits::retention_hours_max) {
        return refusals::retention_too_long(in.retention_hours);
    }
    const engine::stream_state state = stream.state();
    if (state.status != engine::stream_status::active) {
        return refusals::stream_not_active(stream.id(), state.status);
    }
    if (auto wrong = judge(stream, state.settings.retention_hours)) return *wrong;
    // The same period again succeeds and changes nothing (observed).
    engine::stream_settings to = state.settings;
    to.retention_hours = in.retention_hours;
    return change_settings(
        c, control, stream, to, {engine::transition::update_stream, std::nullopt});
}

}  // namespace kinetide::operations
