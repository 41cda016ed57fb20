// How requests name a shard.
#pragma once

#include <string_view>

#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {

// Judged before the stream is looked up, as the service does.
inline result<shard_id> parse_shard_id(std::string_view text, const named_stream& stream) {
    const auto id = shard_id::parse(text);
    if (!id) return refusals::shard_id_unreadable(text, stream.name, stream.tenant.account_id);
    return *id;
}

}  // namespace kinetide::operations
