// DecreaseStreamRetentionPeriod: let go of a stream's records earlier.  Those older than the new
// period are unreadable at once.

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/retention.hpp>

namespace kinetide::operations {
namespace {

result<nothing> handle(const retention_input& in, call& c) {
    return change_retention(
        in, c, [&](const engine::stream& stream, std::int64_t existing) -> std::optional<refusal> {
            if (in.retention_hours <= existing) return std::nullopt;
            return refusals::retention_not_shorter(stream.id().name, in.retention_hours, existing);
        });
}

}  // namespace

operation decrease_stream_retention_period() {
    return define<&handle>("DecreaseStreamRetentionPeriod", per_stream(5));
}

}  // namespace kinetide::operations
