// GetShardIterator: a place in a shard to read from, as a signed token that is good for 5 minutes
// and any number of uses.  LATEST is fixed here; TRIM_HORIZON is wherever the horizon is when used.

#include <kinetide/operations/dry_run.hpp>
#include <kinetide/operations/iterator.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/patterns.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/shard_reference.hpp>
#include <kinetide/operations/starting_position.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::string_view shard;
    shard_iterator_type iterator_type = shard_iterator_type::latest;
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
    const asked_position asked{in.iterator_type, in.starting_number, in.timestamp};
    const auto at = find_position(asked, c, *shard, stream->id());
    if (!at) return at.error();
    if (in.dry_run.value_or(false)) return dry_run(c, *stream);
    if (!shard->admit_iterator(c.now)) return refusals::read_throttled(*id, stream->id());
    return output{new_iterator(c, stream->id(), *shard, at->counter)};
}

}  // namespace

operation get_shard_iterator() { return define<&handle>("GetShardIterator", without_rate); }

}  // namespace kinetide::operations
