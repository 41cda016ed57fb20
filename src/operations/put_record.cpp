// PutRecord: one record into the shard that holds its key.  SequenceNumberForOrdering promises a
// greater number than the one given; any number that is not of the future will do.

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/data_notes.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/patterns.hpp>
#include <kinetide/operations/random_failures.hpp>
#include <kinetide/operations/record_input.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::optional<std::string_view> ordering_number;
    std::optional<std::string_view> partition_key;
    std::optional<std::string_view> explicit_hash_key;
    blob_view data;
    stream_reference stream;
    std::optional<bool> dry_run;

    static constexpr auto shape() {
        return wire::structure(
            wire::member(
                "SequenceNumberForOrdering", &input::ordering_number, patterns::sequence_number),
            wire::member(
                "PartitionKey",
                &input::partition_key,
                wire::length{1, limits::partition_key_length_max}),
            wire::member("ExplicitHashKey", &input::explicit_hash_key, patterns::hash_key),
            wire::member("Data", &input::data, wire::length{0, limits::record_data_bytes_max}),
            wire::inline_members(&input::stream),
            wire::member("DryRun", &input::dry_run));
    }
};

struct output {
    shard_id shard;
    sequence_number number;
    std::optional<engine::encryption_type> encryption;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("ShardId", &output::shard),
            wire::member("SequenceNumber", &output::number),
            wire::member("EncryptionType", &output::encryption));
    }
};

// A number that this stream may be asked to exceed: of no time to come, and not one that its own
// shard has yet to issue.
bool may_precede(const sequence_number& n, const engine::stream& stream, instant now) {
    if (n.time_s > std::max(now.seconds(), stream.newest_time_s())) return false;
    const auto shard = stream.find_shard(n.shard);
    const bool own = shard && shard->birth().creation_s == n.shard_creation_s && !shard->closing();
    return !own || n.counter < shard->appended_end();
}

std::optional<refusal> ordering_refusal(
    const input& in, const engine::stream& stream, instant now) {
    if (!in.ordering_number) return std::nullopt;
    if (spreads_records(stream)) return refusals::ordering_not_with_automatic(stream.id());
    const auto parsed = parse_sequence_number(*in.ordering_number);
    if (parsed && may_precede(parsed->number, stream, now)) return std::nullopt;
    return refusals::ordering_number_invalid(*in.ordering_number, stream.id());
}

result<output> handle(const input& in, call& c) {
    const auto found = find_stream(c, in.stream);
    if (!found) return found.error();
    const engine::stream& stream = **found;
    const engine::stream_id& id = stream.id();
    if (!takes_records(stream)) return refusals::stream_not_found(id.name, id.tenant.account_id);
    if (!in.partition_key && !spreads_records(stream)) {
        return refusals::partition_key_missing(
            "Value null at 'partitionKey' failed to satisfy "
            "constraint: Member must not be null",
            1);
    }
    auto entry = checked_record(stream, in.partition_key, in.explicit_hash_key, in.data);
    if (!entry) return entry.error();
    if (is_hashed(in.partition_key, in.explicit_hash_key)) {
        entry->key = hash_key::of_partition_key(*in.partition_key);
    }
    if (auto wrong = ordering_refusal(in, stream, c.now)) return *wrong;
    if (in.dry_run.value_or(false)) return dry_run(c, **found);

    engine::put_result stored;
    if (!put_records_of(c, *found, {&*entry, 1}, {&stored, 1})) {
        return refusals::stream_not_found(id.name, id.tenant.account_id);
    }
    if (c.notes != nullptr) c.notes->put(stream, put_call::put_record, {&*entry, 1}, {&stored, 1});
    switch (stored.outcome) {
        case engine::put_outcome::throttled: return refusals::write_throttled(stored.shard, id);
        case engine::put_outcome::journal_failed: return refusals::journal_failed();
        case engine::put_outcome::stored: break;
    }
    return output{stored.shard, stored.number, shown_encryption(stored.encryption)};
}

}  // namespace

operation put_record() { return define<&handle>("PutRecord", without_rate); }

}  // namespace kinetide::operations
