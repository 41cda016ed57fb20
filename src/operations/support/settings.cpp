#include <kinetide/operations/settings.hpp>

#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {

result<nothing> change_settings(
    call& c,
    const engine::control_lock& held,
    const engine::stream& stream,
    const engine::stream_settings& to,
    const settings_change& how) {
    const engine::stream_settings present = stream.settings();
    if (to == present) return nothing{};
    engine::settings_changed change;
    change.stream = stream.id();
    change.at = c.now;
    if (how.takes) change.settles_at = c.now + c.engine.settings().transitions.of(*how.takes);
    change.settings = to;
    // A longer retention does not bring back what has expired.
    if (to.retention_hours != present.retention_hours)
        change.expired_before = stream.horizon(c.now);
    change.counts_as = how.counts_as;
    if (!c.engine.commit(held, change, c.answer_after)) return refusals::journal_failed();
    return nothing{};
}

bool quota_left(
    const call& c, const engine::stream& stream, engine::daily_quota q, std::int64_t a_day_max) {
    if (c.engine.settings().limits == engine::limits_profile::relaxed) return true;
    return stream.used_today(q, c.now) < a_day_max;
}

}  // namespace kinetide::operations
