// Shard iterators as tokens.
#pragma once

#include <cstdint>
#include <string>

#include <kinetide/engine/shard.hpp>
#include <kinetide/operations/operation.hpp>

namespace kinetide::operations {

// Unlike every iterator before it, also for the same place at the same time.
inline std::string new_iterator(
    const call& c, const engine::stream_id& stream, engine::shard& shard, std::uint64_t position) {
    const shard_id id = shard.birth().id;
    engine::token t;
    t.kind = engine::token_kind::shard_iterator;
    t.issued = c.now;
    t.nonce = c.engine.chances().draw("iterator", stream.generation ^ id.index, shard.next_token());
    t.stream = stream;
    t.shard = id;
    t.position = position;
    return c.engine.tokens().sign(t);
}

}  // namespace kinetide::operations
