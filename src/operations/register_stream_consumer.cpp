// RegisterStreamConsumer: a name by which a reader subscribes to a stream's shards with a
// throughput of its own.  The consumer is CREATING until its transition time has passed.  A name
// that has been freed may be used again; the consumer's ARN is then another one.

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/account.hpp>
#include <kinetide/operations/consumers.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/tags.hpp>

namespace kinetide::operations {
namespace {

struct input {
    stream_arn_reference stream;
    std::string_view name;
    std::optional<wire::map> tags;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&input::stream),
            wire::member("ConsumerName", &input::name, patterns::name, wire::length{1, 128}),
            wire::member(
                "Tags",
                &input::tags,
                wire::count{1, 200},
                wire::keys(wire::length{1, 128}),
                wire::values(wire::length{0, 256})));
    }
};

struct output {
    consumer_shape consumer;

    static constexpr auto shape() {
        return wire::structure(wire::member("Consumer", &output::consumer));
    }
};

// Whether one more consumer would be too much.
std::optional<refusal> quota_refusal(const call& c, const engine::stream& stream) {
    const engine::consumer_table& consumers = stream.consumers();
    const std::int64_t limit = is_committed(c, stream.id().tenant) ? limits::consumers_max_committed
                                                                   : limits::consumers_max;
    if (consumers.size() >= static_cast<std::size_t>(limit)) {
        return refusals::too_many_consumers(stream.id(), limit);
    }
    // How fast consumers may come is a rate: not counted when relaxed.
    if (c.engine.settings().limits == engine::limits_profile::relaxed) return std::nullopt;
    if (consumers.count(engine::consumer_status::creating) >= limits::consumers_creating_max) {
        return refusals::too_many_consumers_creating(stream.id());
    }
    return std::nullopt;
}

result<output> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_active_stream(c, in.stream.reference());
    if (!found) return found.error();
    const engine::stream& stream = **found;
    if (stream.consumers().find(in.name)) return refusals::consumer_exists(in.name, stream.id());
    engine::consumer_registered change;
    if (in.tags) {
        auto checked = checked_tags(*in.tags, stream.id().name, stream.id().tenant.account_id);
        if (!checked) return checked.error();
        change.tags = std::move(*checked);
    }
    if (auto full = quota_refusal(c, stream)) return *full;

    change.stream = stream.id();
    change.name = in.name;
    change.created = stream.consumers().next_creation(c.now);
    change.settles_at =
        c.now + c.engine.settings().transitions.of(engine::transition::register_consumer);
    if (!c.engine.commit(control, change, c.answer_after)) return refusals::journal_failed();
    return output{
        {change.name,
         consumer_arn_of(stream.id(), change.name, change.created),
         engine::consumer_status::creating,
         change.created}};
}

}  // namespace

operation register_stream_consumer() {
    return define<&handle>("RegisterStreamConsumer", per_account(5));
}

}  // namespace kinetide::operations
