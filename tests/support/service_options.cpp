#include "support/service_test.hpp"

namespace kinetide::testing {

service::options aws_limits(std::int64_t transition_ms) {
    service::options o;
    o.engine.limits = engine::limits_profile::aws;
    o.engine.transitions = engine::transition_times::of_all(transition_ms);
    return o;
}

service::options slow_transitions() {
    service::options o;
    o.engine.transitions = engine::transition_times::of_all(500);
    return o;
}

}  // namespace kinetide::testing
