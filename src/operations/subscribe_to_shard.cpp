// SubscribeToShard: a shard's records pushed to a registered consumer for 5 minutes.  A later call
// of the same consumer takes the subscription over, but not within 5 s.  What is refused here is a
// plain answer; once the stream of events has begun, a refusal is its last message.

#include <algorithm>

#include <kinetide/operations/consumers.hpp>
#include <kinetide/operations/data_notes.hpp>
#include <kinetide/operations/dry_run.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/policy.hpp>
#include <kinetide/operations/record_input.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/shard_reference.hpp>
#include <kinetide/operations/starting_position.hpp>

namespace kinetide::operations {
namespace {

struct position_input {
    shard_iterator_type type = shard_iterator_type::latest;
    std::optional<std::string_view> number;
    std::optional<instant> timestamp;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Type", &position_input::type),
            wire::member("SequenceNumber", &position_input::number, patterns::sequence_number),
            wire::member("Timestamp", &position_input::timestamp));
    }
};

struct input {
    std::string_view consumer;
    std::optional<std::string_view> id;
    std::string_view shard;
    position_input position;
    std::optional<bool> dry_run;

    static constexpr auto shape() {
        return wire::structure(
            wire::member(
                "ConsumerARN", &input::consumer, patterns::consumer_arn, wire::length{1, 2048}),
            wire::member("StreamId", &input::id, patterns::stream_id, wire::length{1, 24}),
            wire::member("ShardId", &input::shard, patterns::name, wire::length{1, 128}),
            wire::member("StartingPosition", &input::position),
            wire::member("DryRun", &input::dry_run));
    }
};

// The consumer, ACTIVE and of a stream that gives records, and that this call may reach.
result<found_consumer> find_subscriber(const call& c, std::string_view arn) {
    auto found = find_consumer(c, {std::nullopt, std::nullopt, arn, std::nullopt});
    if (!found) return found;
    const engine::stream& stream = *found->stream;
    if (auto denied = reading_refusal(c, {stream.id().tenant, stream.id().name})) return *denied;
    // A stream with consumers has been ACTIVE.
    if (!takes_records(stream)) return refusals::stream_not_active(stream.id(), stream.status());
    const engine::consumer& consumer = found->consumer;
    if (consumer.status != engine::consumer_status::active) {
        return refusals::consumer_not_active(consumer.name, consumer.created, stream.id());
    }
    return found;
}

result<subscription_made> handle(const input& in, call& c) {
    // The consumer stays until its seat is taken.
    const engine::control_lock control = c.engine.control();
    const auto found = find_subscriber(c, in.consumer);
    if (!found) return found.error();
    const auto& stream = found->stream;
    const engine::stream_id& id = stream->id();
    const auto shard_id = parse_shard_id(in.shard, {id.tenant, id.name});
    if (!shard_id) return shard_id.error();
    const auto shard = stream->find_shard(*shard_id);
    if (!shard) return refusals::shard_not_found(*shard_id, id.name, id.tenant.account_id);
    const asked_position asked{in.position.type, in.position.number, in.position.timestamp};
    const auto start = find_position(asked, c, *shard, id);
    if (!start) return start.error();
    if (in.dry_run.value_or(false)) return dry_run(c, *stream);

    const std::string& name = found->consumer.name;
    auto taken = c.engine.subscribe(
        control, stream, shard, name, {start->counter, start->after.value_or(sequence_number{})});
    if (c.notes != nullptr) c.notes->subscribed(*stream, name, taken.outcome);
    switch (taken.outcome) {
        case engine::claim_outcome::too_often:
            return refusals::subscribed_too_often(name, *shard_id, id);
        case engine::claim_outcome::in_use:
            return refusals::subscribed_already(name, *shard_id, id);
        case engine::claim_outcome::taken: break;
    }
    return subscription_made{std::move(taken.made)};
}

}  // namespace

operation subscribe_to_shard() { return define<&handle>("SubscribeToShard", without_rate); }

}  // namespace kinetide::operations
