// DeleteStream: a stream and all its records go.  It is DELETING until its transition time has
// passed; then the name is free.  A stream that is being created may be deleted too.

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {
namespace {

struct input {
    stream_reference stream;
    std::optional<bool> enforce_consumer_deletion;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&input::stream),
            wire::member("EnforceConsumerDeletion", &input::enforce_consumer_deletion));
    }
};

result<nothing> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_stream(c, in.stream);
    if (!found) return found.error();
    const engine::stream& stream = **found;
    if (stream.status() == engine::stream_status::deleting) {
        return refusals::stream_not_active(stream.id(), stream.status());
    }
    if (stream.consumers().size() != 0 && !in.enforce_consumer_deletion.value_or(false)) {
        return refusals::consumers_in_the_way(stream.id());
    }
    const engine::stream_deleting change{
        stream.id(), c.now + c.engine.settings().transitions.of(engine::transition::delete_stream)};
    if (!c.engine.commit(control, change, c.answer_after)) return refusals::journal_failed();
    return nothing{};
}

}  // namespace

operation delete_stream() { return define<&handle>("DeleteStream", per_account(5)); }

}  // namespace kinetide::operations
