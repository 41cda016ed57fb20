// DeregisterStreamConsumer: a consumer goes, by its ARN or by its stream's ARN and its name.  It is
// DELETING until its transition time has passed; then the name is free.  One that is being created
// may go too; one that is going already is not found, as the service has no other refusal here.

#include <kinetide/operations/consumers.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {
namespace {

struct input {
    consumer_reference consumer;

    static constexpr auto shape() {
        return wire::structure(wire::inline_members(&input::consumer));
    }
};

result<nothing> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_consumer(c, in.consumer);
    if (!found) return found.error();
    const engine::stream_id& stream = found->stream->id();
    if (found->consumer.status == engine::consumer_status::deleting) {
        return refusals::consumer_not_found(found->consumer.name, stream.tenant.account_id);
    }
    const engine::consumer_deregistering change{
        stream,
        found->consumer.name,
        c.now + c.engine.settings().transitions.of(engine::transition::deregister_consumer)};
    if (!c.engine.commit(control, change, c.answer_after)) return refusals::journal_failed();
    return nothing{};
}

}  // namespace

operation deregister_stream_consumer() {
    return define<&handle>("DeregisterStreamConsumer", per_stream(5));
}

}  // namespace kinetide::operations
