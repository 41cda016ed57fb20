// GetShardIterator: a place in a shard to read from, as a signed token that is good for 5 minutes
// and any number of uses.  LATEST is fixed here; TRIM_HORIZON is wherever the horizon is when used.

#include <kinetide/operations/dry_run.hpp>
#include <kinetide/operations/enums.hpp>
#include <kinetide/operations/iterator.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/patterns.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/shard_reference.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {
namespace {

using type = shard_iterator_type;

struct input {
    std::string_view shard;
    type iterator_type = type::latest;
    std::optional<std::string_view> starting_number;
    std::optional<instant> timestamp;
    stream_reference stream;
    std::optional<bool> dry_run;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("ShardId", &input::shard, patterns::name, wire::length{1, 128}),
            wire::member("ShardIteratorType", &input::iterator_type),
            wire::member(
                "StartingSequenceNumber", &input::starting_number, patterns::sequence_number),
            wire::member("Timestamp", &input::timestamp),
            wire::inline_members(&input::stream),
            wire::member("DryRun", &input::dry_run));
    }
};

struct output {
    std::string iterator;

    static constexpr auto shape() {
        return wire::structure(wire::member("ShardIterator", &output::iterator));
    }
};

result<sequence_number> checked_number(
    std::string_view text, const engine::shard& shard, const engine::stream_id& stream) {
    const engine::shard_birth& birth = shard.birth();
    // Recorded from the service, for this number only.
    if (text == "0") return refusals::internal_failure();
    const auto parsed = parse_sequence_number(text);
    if (!parsed) return refusals::starting_number_invalid(text, birth.id, stream);
    const sequence_number& n = parsed->number;
    if (n.shard != birth.id) return refusals::starting_number_of_another_shard(n.shard, birth.id);
    if (n.shard_creation_s != birth.creation_s) {
        return refusals::starting_number_of_another_stream(text, birth.id, stream);
    }
    return n;
}

result<std::uint64_t> position(
    const input& in, const call& c, const engine::shard& shard, const engine::stream_id& stream) {
    const bool by_number = in.iterator_type == type::at_sequence_number ||
                           in.iterator_type == type::after_sequence_number;
    const std::string_view name = wire::name_of(in.iterator_type);
    if (by_number) {
        if (!in.starting_number) return refusals::starting_number_missing(name);
        const auto number = checked_number(*in.starting_number, shard, stream);
        if (!number) return number.error();
        return shard.position_at(*number, in.iterator_type == type::after_sequence_number);
    }
    if (in.iterator_type == type::at_timestamp) {
        if (!in.timestamp) return refusals::timestamp_missing();
        if (*in.timestamp > c.now) return refusals::timestamp_in_future(*in.timestamp, c.now);
        return shard.position_at(*in.timestamp);
    }
    if (in.starting_number) return refusals::starting_number_unwanted(name);
    return in.iterator_type == type::latest ? shard.latest() : std::uint64_t{0};
}

result<output> handle(const input& in, call& c) {
    const auto named = resolve(c, in.stream);
    if (!named) return named.error();
    const auto id = parse_shard_id(in.shard, *named);
    if (!id) return id.error();
    // The shard's words also where it is the stream that is missing, or still CREATING.
    const auto stream = c.engine.find(named->tenant, named->name);
    const auto shard = stream && stream->status() != engine::stream_status::creating
                           ? stream->find_shard(*id)
                           : nullptr;
    if (!shard) return refusals::shard_not_found(*id, named->name, named->tenant.account_id);
    const auto at = position(in, c, *shard, stream->id());
    if (!at) return at.error();
    if (in.dry_run.value_or(false)) return dry_run(c, *stream);
    if (!shard->admit_iterator(c.now)) return refusals::read_throttled(*id, stream->id());
    return output{new_iterator(c, stream->id(), *shard, *at)};
}

}  // namespace

operation get_shard_iterator() { return define<&handle>("GetShardIterator", without_rate); }

}  // namespace kinetide::operations
