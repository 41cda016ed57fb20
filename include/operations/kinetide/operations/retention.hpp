// What the two retention operations share: all but the direction.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {

struct retention_input {
    std::int32_t retention_hours = 0;
    stream_reference stream;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("RetentionPeriodHours", &retention_input::retention_hours),
            wire::inline_members(&retention_input::stream));
    }
};

// Refuses the wrong direction, given the stream and its present hours.
using retention_judge =
    std::function<std::optional<refusal>(const engine::stream&, std::int64_t existing_hours)>;

result<nothing> change_retention(const retention_input& in, call& c, const retention_judge& judge);

}  // namespace kinetide::operations
