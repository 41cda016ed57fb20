// PutRecords: up to 500 records, each into the shard that holds its key.  A bad entry fails the
// whole call and nothing is stored; throttling and failures of ours fail entries one by one. Within
// a shard the records keep the call's order.

#include <vector>

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

struct entry {
    std::optional<std::string_view> partition_key;
    std::optional<std::string_view> explicit_hash_key;
    blob_view data;

    static constexpr auto shape() {
        return wire::structure(
            "PutRecordsRequestEntry",
            wire::member(
                "PartitionKey",
                &entry::partition_key,
                wire::length{1, limits::partition_key_length_max}),
            wire::member("ExplicitHashKey", &entry::explicit_hash_key, patterns::hash_key),
            wire::member("Data", &entry::data, wire::length{0, limits::record_data_bytes_max}));
    }
};

struct input {
    wire::list<entry> records;
    stream_reference stream;
    std::optional<bool> dry_run;

    static constexpr auto shape() {
        return wire::structure(
            wire::member(
                "Records", &input::records, wire::count{1, limits::put_records_entries_max}),
            wire::inline_members(&input::stream),
            wire::member("DryRun", &input::dry_run));
    }
};

struct entry_result {
    std::optional<sequence_number> number;
    std::optional<shard_id> shard;
    std::optional<std::string> error_code;
    std::optional<std::string> error_message;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("SequenceNumber", &entry_result::number),
            wire::member("ShardId", &entry_result::shard),
            wire::member("ErrorCode", &entry_result::error_code),
            wire::member("ErrorMessage", &entry_result::error_message));
    }
};

struct output {
    std::int32_t failed = 0;
    std::vector<entry_result> results;
    std::optional<engine::encryption_type> encryption;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("FailedRecordCount", &output::failed),
            wire::member("Records", &output::results),
            wire::member("EncryptionType", &output::encryption));
    }
};

// Keys may be absent only where the stream spreads records; up to ten are named.
std::optional<refusal> missing_keys(const input& in, const engine::stream& stream) {
    constexpr std::int64_t named_max = 10;
    if (spreads_records(stream)) return std::nullopt;
    std::string members;
    std::int64_t missing = 0;
    for (std::size_t i = 0; i < in.records.size() && missing < named_max; ++i) {
        if (in.records[i].partition_key) continue;
        if (missing++ != 0) members += "; ";
        members += "Value null at 'records." + std::to_string(i + 1) +
                   ".member.partitionKey' failed to satisfy constraint: Member must not be null";
    }
    if (missing == 0) return std::nullopt;
    return refusals::partition_key_missing(members, missing);
}

// All entries as the engine takes them, or why one of them fails the call.
result<std::span<engine::put_entry>> checked_records(
    const input& in, const engine::stream& stream) {
    thread_local std::vector<engine::put_entry> entries;
    entries.clear();
    entries.reserve(in.records.size());
    key_hasher hasher;
    std::int64_t bytes = 0;
    for (const entry& one : in.records) {
        auto checked = checked_record(stream, one.partition_key, one.explicit_hash_key, one.data);
        if (!checked) return checked.error();
        bytes += static_cast<std::int64_t>(one.data.size);
        if (one.partition_key) bytes += static_cast<std::int64_t>(one.partition_key->size());
        entries.push_back(*checked);
        if (is_hashed(one.partition_key, one.explicit_hash_key)) {
            hasher.add(*one.partition_key, entries.back().key);
        }
    }
    hasher.finish();
    if (bytes > limits::put_records_bytes_max) return refusals::records_too_large();
    return std::span<engine::put_entry>(entries);
}

entry_result shown(const engine::put_result& r, const engine::stream_id& stream) {
    entry_result out;
    switch (r.outcome) {
        case engine::put_outcome::stored:
            out.number = r.number;
            out.shard = r.shard;
            break;
        case engine::put_outcome::throttled: {
            refusal throttled = refusals::write_throttled(r.shard, stream);
            out.error_code = throttled.code;
            out.error_message = std::move(throttled.message);
            break;
        }
        case engine::put_outcome::journal_failed:
            out.error_code = "InternalFailure";
            out.error_message = "Internal Service Failure";
            break;
    }
    return out;
}

result<output> handle(const input& in, call& c) {
    const auto found = find_stream(c, in.stream);
    if (!found) return found.error();
    const engine::stream& stream = **found;
    const engine::stream_id& id = stream.id();
    if (!takes_records(stream)) return refusals::stream_not_found(id.name, id.tenant.account_id);
    if (auto missing = missing_keys(in, stream)) return *missing;
    auto entries = checked_records(in, stream);
    if (!entries) return entries.error();
    if (in.dry_run.value_or(false)) return dry_run(c, **found);

    thread_local std::vector<engine::put_result> stored;
    stored.assign(entries->size(), {});
    if (!put_records_of(c, *found, *entries, stored)) {
        return refusals::stream_not_found(id.name, id.tenant.account_id);
    }
    if (c.notes != nullptr) c.notes->put(stream, put_call::put_records, *entries, stored);
    output out;
    out.results.reserve(stored.size());
    out.encryption = shown_encryption(stored.front().encryption);
    for (const engine::put_result& r : stored) {
        out.failed += r.outcome == engine::put_outcome::stored ? 0 : 1;
        out.results.push_back(shown(r, id));
    }
    return out;
}

}  // namespace

operation put_records() { return define<&handle>("PutRecords", without_rate); }

}  // namespace kinetide::operations
