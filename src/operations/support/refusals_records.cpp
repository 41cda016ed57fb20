// Refusals about putting and reading records.

#include <array>
#include <ctime>

#include "refusal_text.hpp"

namespace kinetide::operations::refusals {
namespace {

// An index above 2^31-1 prints as the negative number that Java makes of it (observed).
std::string encoded_shard(shard_id id) {
    const auto index = static_cast<std::int32_t>(id.index);
    if (index >= 0) return id.text();
    std::string digits = std::to_string(-static_cast<std::int64_t>(index));
    constexpr std::size_t width = 11;
    digits.insert(0, width - digits.size(), '0');
    return "shardId--" + digits;
}

}  // namespace

// "Thu Jan 22 01:22:02 UTC 2015"
std::string java_date(instant t) {
    const auto seconds = static_cast<std::time_t>(t.seconds());
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 64> buffer{};
    const std::size_t size =
        std::strftime(buffer.data(), buffer.size(), "%a %b %d %H:%M:%S UTC %Y", &parts);
    return {buffer.data(), size};
}

refusal explicit_hash_key_too_large(std::string_view key) {
    return {
        invalid_argument,
        text(
            "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. "
            "Specified value was ",
            key)};
}
refusal ordering_number_invalid(std::string_view number, const engine::stream_id& stream) {
    return {
        invalid_argument,
        text(
            "ExclusiveMinimumSequenceNumber ",
            number,
            " used in PutRecord on stream ",
            named(stream),
            " is invalid.")};
}
// chosen
refusal ordering_not_with_automatic(const engine::stream_id& stream) {
    return {
        invalid_argument,
        text(
            "SequenceNumberForOrdering cannot be used with stream ",
            named(stream),
            ": its RecordDistributionStrategy is AUTO.")};
}
refusal partition_key_missing(const std::string& members, std::int64_t count) {
    return {
        validation,
        text(
            count,
            count == 1 ? " validation error detected: " : " validation errors detected: ",
            members)};
}
// chosen
refusal record_too_large(std::int64_t bytes, std::int64_t bytes_max) {
    return {
        invalid_argument,
        text(
            "Record size of ",
            bytes,
            " bytes, data and partition key together, exceeds the "
            "stream's maximum record size of ",
            bytes_max,
            " bytes.")};
}
// chosen
refusal records_too_large() { return {invalid_argument, "Records size exceeds 10 MB limit"}; }
refusal write_throttled(shard_id shard, const engine::stream_id& stream) {
    return {
        throughput_exceeded,
        text("Rate exceeded for shard ", shard.text(), in_stream(stream), ".")};
}
refusal dry_run_passed() {
    return {"DryRunOperationException", "Request would have succeeded, but DryRun flag is set."};
}
refusal starting_number_missing(std::string_view type) {
    return {
        invalid_argument,
        text(
            "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and "
            "StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no "
            "StartingSequenceNumber. Request specified ",
            type,
            " and no StartingSequenceNumber.")};
}
refusal starting_number_unwanted(std::string_view type) {
    return {
        invalid_argument,
        text(
            "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and "
            "StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no "
            "StartingSequenceNumber. Request specified ",
            type,
            " and also a StartingSequenceNumber.")};
}
refusal starting_number_invalid(
    std::string_view number,
    std::string_view operation,
    shard_id shard,
    const engine::stream_id& stream) {
    return {
        invalid_argument,
        text(
            "StartingSequenceNumber ",
            number,
            " used in ",
            operation,
            " on shard ",
            shard.text(),
            in_stream(stream),
            " is invalid.")};
}
refusal starting_number_of_another_stream(
    std::string_view number,
    std::string_view operation,
    shard_id shard,
    const engine::stream_id& stream) {
    refusal r = starting_number_invalid(number, operation, shard, stream);
    r.message.pop_back();
    r.message += " because it did not come from this stream.";
    return r;
}
refusal starting_number_of_another_shard(shard_id encoded, shard_id used_with) {
    return {
        invalid_argument,
        text(
            "Invalid StartingSequenceNumber. It encodes ",
            encoded_shard(encoded),
            ", while it was used in a call to a shard with ",
            used_with.text())};
}
refusal timestamp_missing() {
    return {
        invalid_argument,
        "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current "
        "request has no timestamp parameter."};
}
refusal timestamp_in_future(instant asked, instant now) {
    return {
        invalid_argument,
        text(
            "The timestampInMillis parameter cannot be greater than the "
            "currentTimestampInMillis. timestampInMillis: ",
            asked.ms,
            ", currentTimestampInMillis: ",
            now.ms)};
}
// Without a message, as the service answers it.
refusal internal_failure() { return {"InternalFailure", "", 500}; }
refusal iterator_invalid() { return {invalid_argument, "Invalid ShardIterator."}; }
refusal iterator_expired(instant issued, instant now, std::int64_t age_ms_max) {
    return {
        expired_iterator,
        text(
            "Iterator expired. The iterator was created at time ",
            java_date(issued),
            " while right now it is ",
            java_date(now),
            " which is further in the future than the tolerated delay of ",
            age_ms_max,
            " milliseconds.")};
}
refusal read_throttled(shard_id shard, const engine::stream_id& stream) {
    return {
        throughput_exceeded,
        text(
            "Rate exceeded for Shard - ",
            stream.tenant.account_id,
            "/",
            stream.name,
            "/",
            shard.text())};
}

}  // namespace kinetide::operations::refusals
