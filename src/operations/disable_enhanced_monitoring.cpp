// DisableEnhancedMonitoring: turns shard-level metrics off, and leaves the others on.

#include <kinetide/operations/monitoring.hpp>
#include <kinetide/operations/operation.hpp>

namespace kinetide::operations {
namespace {

std::uint8_t joined(std::uint8_t present, std::uint8_t named) {
    return static_cast<std::uint8_t>(present & ~named);
}

result<monitoring_output> handle(const monitoring_input& in, call& c) {
    return change_monitoring(in, c, &joined);
}

}  // namespace

operation disable_enhanced_monitoring() {
    return define<&handle>("DisableEnhancedMonitoring", per_stream(5));
}

}  // namespace kinetide::operations
