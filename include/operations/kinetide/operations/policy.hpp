// Resource policies: what another account may do with a stream or a consumer.
#pragma once

#include <optional>
#include <string_view>

#include <kinetide/base/result.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {

// Why this call may not reach another account's stream, existing or not; nothing for the caller's
// own streams, whatever their policies say, and where policies are not applied.  The policy must
// allow the operation for the caller's account, named as such or by any identity in it: who within
// an account calls is not known.
std::optional<refusal> policy_refusal(const call& c, const named_stream& stream);

// The same of one of the stream's consumers, by the consumer's policy alone.
std::optional<refusal> consumer_policy_refusal(
    const call& c, const named_stream& stream, std::string_view consumer);

// What fan-out asks of the stream beside the consumer's policy: that the stream's allows any of the
// calls that read from it.  SubscribeToShard itself cannot be shared by a stream.
std::optional<refusal> reading_refusal(const call& c, const named_stream& stream);

}  // namespace kinetide::operations
