// Makes the streams that are to be there before the first request, as a client would.
#pragma once

#include <string_view>
#include <vector>

#include <kinetide/engine/engine.hpp>
#include <kinetide/service/service.hpp>

namespace kinetide::service {

// For the account of `defaults`, and in its region where a stream names none.  One log line a
// stream.  Throws std::runtime_error with one line when CreateStream refuses one.
void create_initial_streams(
    engine::engine& e,
    const engine::tenant_id& defaults,
    const std::vector<initial_stream>& streams);

}  // namespace kinetide::service
