// Which shards to split or merge to come to another number of them.  Pure: ranges in, steps out.
// A plan comes in rounds, each of which closes only shards that are open before it.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <kinetide/model/hash_key.hpp>
#include <kinetide/model/shard_id.hpp>

namespace kinetide::engine {

struct shard_range {
    shard_id id;
    hash_range range;
};

// Parents that close, and the ranges of the children that open for them: one into two, or two
// neighbours, the lower one first, into one.
struct reshaping {
    std::vector<shard_id> parents;
    std::vector<hash_range> ranges;
};

// UpdateShardCount's UNIFORM_SCALING.  The next round towards `count` (nearly) equal ranges: splits
// where the new borders lie, then merges across the others.  Empty when it is done.  `open` tiles
// all keys, in order.
std::vector<reshaping> next_uniform_round(std::span<const shard_range> open, std::size_t count);

// On demand.  The next round towards `count` shards: halves the widest, or joins the narrowest
// neighbours.  Empty when it is done.
std::vector<reshaping> next_capacity_round(std::span<const shard_range> open, std::size_t count);

}  // namespace kinetide::engine
