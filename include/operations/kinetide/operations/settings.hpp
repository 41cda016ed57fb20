// What the operations share that change a stream's settings.
#pragma once

#include <optional>

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {

// How a change of settings is carried out.
struct settings_change {
    // UPDATING for that long; absent: done at once.
    std::optional<engine::transition> takes;
    std::optional<engine::daily_quota> counts_as;
};

// Commits `to`.  The settings that the stream has already are no change.
result<nothing> change_settings(
    call& c,
    const engine::control_lock& held,
    const engine::stream& stream,
    const engine::stream_settings& to,
    const settings_change& how);

// Whether the service lets it be done once more today; always when relaxed.
bool quota_left(
    const call& c, const engine::stream& stream, engine::daily_quota q, std::int64_t a_day_max);

}  // namespace kinetide::operations
