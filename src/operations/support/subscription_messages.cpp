#include <kinetide/operations/subscription_messages.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <kinetide/operations/record_output.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/shapes.hpp>

namespace kinetide::operations {
namespace {

struct no_members {
    static constexpr auto shape() { return wire::structure(); }
};

struct event {
    std::optional<sequence_number> continuation;
    std::int64_t millis_behind_latest = 0;
    std::optional<std::vector<child_shard_shape>> children;
    record_sequence records;  // last: where encoding can pause

    static constexpr auto shape() {
        return wire::structure(
            wire::member("ContinuationSequenceNumber", &event::continuation),
            wire::member("MillisBehindLatest", &event::millis_behind_latest),
            wire::member("ChildShards", &event::children),
            wire::member("Records", &event::records));
    }
};

struct exception {
    std::string message;

    static constexpr auto shape() {
        return wire::structure(wire::member("message", &exception::message));
    }
};

// JSON whatever form the request had.
template <class Payload>
wire::event_message message(wire::message_kind kind, std::string_view type, Payload payload) {
    return {kind, type, wire::encode_later(wire::form::json, std::move(payload))};
}

wire::event_message exception_of(const refusal& r) {
    return message(wire::message_kind::exception, r.code, exception{r.message});
}

}  // namespace

wire::event_message initial_response() {
    return message(wire::message_kind::event, "initial-response", no_members{});
}

wire::event_message event_of(const engine::subscription& s, engine::delivery d) {
    event e;
    if (d.what == engine::delivery::kind::shard_end) {
        e.children = describe_children(s.source_stream(), s.source_shard().birth().id);
    } else {
        e.continuation = d.continuation;
    }
    e.millis_behind_latest = d.millis_behind_latest;
    e.records = {std::move(d.records), false};
    return message(wire::message_kind::event, "SubscribeToShardEvent", std::move(e));
}

wire::event_message taken_over(const engine::subscription& s) {
    return exception_of(refusals::subscribed_already(
        s.consumer(), s.source_shard().birth().id, s.source_stream().id()));
}

wire::event_message gone(const engine::subscription& s) {
    const engine::stream_id& stream = s.source_stream().id();
    if (s.source_stream().status() == engine::stream_status::deleting) {
        return exception_of(refusals::stream_not_found(stream.name, stream.tenant.account_id));
    }
    return exception_of(refusals::consumer_not_found(s.consumer(), stream.tenant.account_id));
}

}  // namespace kinetide::operations
