// Resource policies: what another account may do with a stream or a consumer.
#pragma once

#include <optional>
#include <string_view>

#include <kinetide/base/result.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {

// Why this call may not reach another account's stream, existing or not; nothing for the caller's
// own streams, and where policies are not applied.
std::optional<refusal> policy_refusal(const call& c, const named_stream& stream);

}  // namespace kinetide::operations
