// GetRecords: the next page of a shard, from where the iterator stands.  The iterator is not used
// up; each answer gives a fresh one, but for the end of a closed shard: there NextShardIterator is
// absent and ChildShards names where to go on.  That answer has no records: some readers look for
// the end first, and would drop them.

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/data_notes.hpp>
#include <kinetide/operations/dry_run.hpp>
#include <kinetide/operations/iterator.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/patterns.hpp>
#include <kinetide/operations/random_failures.hpp>
#include <kinetide/operations/record_output.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/shapes.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::optional<std::int32_t> limit;
    std::string_view iterator;
    std::optional<std::string_view> arn;
    std::optional<std::string_view> id;
    std::optional<bool> dry_run;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Limit", &input::limit, wire::range{1, limits::get_records_max}),
            wire::member("ShardIterator", &input::iterator, wire::length{1, 512}),
            wire::member("StreamARN", &input::arn, patterns::stream_arn, wire::length{1, 2048}),
            wire::member("StreamId", &input::id, patterns::stream_id, wire::length{1, 24}),
            wire::member("DryRun", &input::dry_run));
    }
};

struct output {
    static constexpr bool encoded_later = true;

    std::int64_t millis_behind_latest = 0;
    std::optional<std::string> next_iterator;
    std::optional<std::vector<child_shard_shape>> children;
    record_sequence records;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("MillisBehindLatest", &output::millis_behind_latest),
            wire::member("NextShardIterator", &output::next_iterator),
            wire::member("ChildShards", &output::children),
            wire::member("Records", &output::records));
    }
};

// People paste iterators with the quotes that a command line printed round them.
std::string_view unquoted(std::string_view text) {
    const bool quoted = text.size() >= 2 && text.starts_with('"') && text.ends_with('"');
    return quoted ? text.substr(1, text.size() - 2) : text;
}

result<engine::token> opened(const input& in, const call& c) {
    auto token = c.engine.tokens().open(unquoted(in.iterator), engine::token_kind::shard_iterator);
    if (!token) return refusals::iterator_invalid();
    if (in.arn) {
        const auto named = resolve_arn(c, *in.arn);
        if (!named) return named.error();
        const bool same =
            named->tenant == token->stream.tenant && named->name == token->stream.name;
        if (!same) return refusals::iterator_invalid();
    } else if (token->stream.tenant != c.caller) {
        return refusals::iterator_invalid();
    }
    if (c.now.ms - token->issued.ms > c.engine.settings().iterator_age_ms_max) {
        return refusals::iterator_expired(
            token->issued, c.now, c.engine.settings().iterator_age_ms_max);
    }
    return std::move(*token);
}

result<output> handle(const input& in, call& c) {
    const auto token = opened(in, c);
    if (!token) return token.error();
    const engine::stream_id& id = token->stream;
    const auto stream = c.engine.find(id.tenant, id.name);
    // A stream of the same name that was created later is another one.
    const bool same = stream && stream->id().generation == id.generation;
    const auto shard = same ? stream->find_shard(token->shard) : nullptr;
    if (!shard) return refusals::shard_not_found(token->shard, id.name, id.tenant.account_id);
    if (in.dry_run.value_or(false)) return dry_run(c, *stream);

    const auto records_max = static_cast<std::uint64_t>(in.limit.value_or(limits::get_records_max));
    engine::read_result read;
    read.throttled = c.failures != nullptr && c.failures->fails_get(*stream);
    if (!read.throttled) {
        read = shard->read(token->position, records_max, c.now, stream->horizon(c.now));
    }
    if (c.notes != nullptr) c.notes->read(*stream, token->shard, read);
    if (read.throttled) return refusals::read_throttled(token->shard, id);

    output out;
    out.millis_behind_latest = read.millis_behind_latest;
    if (read.at_end && read.records.size() == 0) {
        out.children = describe_children(*stream, token->shard);
    } else {
        out.next_iterator = new_iterator(c, id, *shard, read.next_position);
    }
    out.records.page = std::move(read.records);
    return out;
}

}  // namespace

operation get_records() { return define<&handle>("GetRecords", without_rate); }

}  // namespace kinetide::operations
