// IncreaseStreamRetentionPeriod: keep a stream's records for longer.  It never shortens: that is
// DecreaseStreamRetentionPeriod, because shortening lets go of records.  What has expired already
// does not come back.

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/retention.hpp>

namespace kinetide::operations {
namespace {

result<nothing> handle(const retention_input& in, call& c) {
    return change_retention(
        in, c, [&](const engine::stream& stream, std::int64_t existing) -> std::optional<refusal> {
            if (in.retention_hours >= existing) return std::nullopt;
            return refusals::retention_not_longer(stream.id().name, in.retention_hours, existing);
        });
}

}  // namespace

operation increase_stream_retention_period() {
    return define<&handle>("IncreaseStreamRetentionPeriod", per_stream(5));
}

}  // namespace kinetide::operations
