// What a subscription says on the wire, message by message.
#pragma once

#include <kinetide/engine/subscription.hpp>
#include <kinetide/wire/event_stream.hpp>

namespace kinetide::operations {

// The first one, which clients wait for.
wire::event_message initial_response();

// Of records, of the shard's end, or of nothing new.
wire::event_message event_of(const engine::subscription& s, engine::delivery d);

// The last ones of a subscription that was taken over, or whose consumer or stream goes.
wire::event_message taken_over(const engine::subscription& s);
wire::event_message gone(const engine::subscription& s);

}  // namespace kinetide::operations
