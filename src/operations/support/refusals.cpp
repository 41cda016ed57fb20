#include <kinetide/operations/refusals.hpp>

#include <array>
#include <ctime>

namespace kinetide::operations::refusals {
namespace {

constexpr std::string_view access_denied_code = "AccessDeniedException";
constexpr std::string_view expired_iterator = "ExpiredIteratorException";
constexpr std::string_view expired_next_token = "ExpiredNextTokenException";
constexpr std::string_view invalid_argument = "InvalidArgumentException";
constexpr std::string_view limit_exceeded = "LimitExceededException";
constexpr std::string_view not_found = "ResourceNotFoundException";
constexpr std::string_view in_use = "ResourceInUseException";
constexpr std::string_view throughput_exceeded = "ProvisionedThroughputExceededException";
constexpr std::string_view validation = "ValidationException";

std::string piece(std::string_view text) { return std::string(text); }
std::string piece(std::int64_t number) { return std::to_string(number); }

template <class... Pieces>
std::string text(const Pieces&... pieces) {
    std::string out;
    (out.append(piece(pieces)), ...);
    return out;
}

std::string_view status_name(engine::stream_status s) {
    switch (s) {
        case engine::stream_status::creating: return "CREATING";
        case engine::stream_status::deleting: return "DELETING";
        case engine::stream_status::active: return "ACTIVE";
        case engine::stream_status::updating: break;
    }
    return "UPDATING";
}

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

// An index above 2^31-1 prints as the negative number that Java makes of it (observed).
std::string encoded_shard(shard_id id) {
    const auto index = static_cast<std::int32_t>(id.index);
    if (index >= 0) return id.text();
    std::string digits = std::to_string(-static_cast<std::int64_t>(index));
    constexpr std::size_t width = 11;
    digits.insert(0, width - digits.size(), '0');
    return "shardId--" + digits;
}

std::string in_stream(std::string_view stream, std::string_view account) {
    return text(" in stream ", stream, " under account ", account);
}

}  // namespace

refusal no_stream_named() {
    return {invalid_argument, "Either StreamName or StreamARN should be provided."};
}
refusal two_streams_named(std::string_view name, std::string_view arn) {
    return {
        invalid_argument,
        text("StreamName ", name, " and StreamARN ", arn, " name different streams.")};
}
refusal not_a_stream_arn(std::string_view arn) {
    return {invalid_argument, text("StreamARN ", arn, " is not the ARN of a stream.")};
}
refusal access_denied(
    std::string_view caller_account, std::string_view operation, std::string_view resource) {
    return {
        access_denied_code,
        text(
            "User: arn:aws:iam::",
            caller_account,
            ":root is not authorized to perform: kinesis:",
            operation,
            " on resource: ",
            resource,
            " because no resource-based policy allows the kinesis:",
            operation,
            " action")};
}
refusal stream_not_found(std::string_view name, std::string_view account) {
    return {not_found, text("Stream ", name, " under account ", account, " not found.")};
}
refusal stream_exists(std::string_view name, std::string_view account) {
    return {in_use, text("Stream ", name, " under account ", account, " already exists.")};
}
refusal stream_not_active(const engine::stream_id& stream, engine::stream_status status) {
    return {
        in_use,
        text(
            "Stream ",
            stream.name,
            " under account ",
            stream.tenant.account_id,
            " not ACTIVE, instead in state ",
            status_name(status))};
}

refusal shard_id_unreadable(
    std::string_view as_given, std::string_view stream, std::string_view account) {
    return {not_found, text("Could not find shard ", as_given, in_stream(stream, account), ".")};
}
refusal shard_not_found(shard_id shard, std::string_view stream, std::string_view account) {
    return {not_found, text("Shard ", shard.text(), in_stream(stream, account), " does not exist")};
}

refusal shard_limit_exceeded(
    const engine::tenant_id& who, std::int64_t open, std::int64_t limit, std::int64_t additional) {
    return {
        limit_exceeded,
        text(
            "This request would exceed the shard limit for the account ",
            who.account_id,
            " in ",
            who.region,
            ". Current shard count for the account: ",
            open,
            ". Limit: ",
            limit,
            ". Number of additional shards that would have resulted from this request: ",
            additional,
            ". Refer to the AWS Service Limits page "
            "(http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for "
            "current limits and how to request higher limits.")};
}
refusal too_many_creating(std::string_view account) {
    // Grammar and double blank are the service's.
    return {
        limit_exceeded,
        text(
            "This request would have exceed the limit on the number  of streams that can "
            "simultaneously be in CREATING or DELETING for the account ",
            account,
            ". Limit: 5.")};
}
refusal on_demand_limit_exceeded(std::string_view account, std::int64_t limit) {
    return {
        limit_exceeded,
        text(
            "This request would exceed the on-demand stream limit for the account ",
            account,
            ". Limit: ",
            limit,
            ".")};
}
refusal shard_count_missing() {
    return {validation, "ShardCount is required for a stream in PROVISIONED mode."};
}
refusal warm_throughput_not_available(std::string_view stream) {
    return {
        validation,
        text(
            "Request is invalid. WarmThroughputMiBps of stream ",
            stream,
            " needs On-Demand mode and an account with MinimumThroughputBillingCommitment "
            "ENABLED.")};
}
refusal automatic_needs_on_demand(std::string_view stream) {
    return {
        invalid_argument,
        text(
            "RecordDistributionStrategy AUTO needs On-Demand mode, but stream ",
            stream,
            " is in Provisioned mode.")};
}
refusal tags_unreadable() {
    return {
        invalid_argument,
        "Some tags contain invalid characters. Valid characters: Unicode letters, digits, "
        "white space, _ . / = + - % @."};
}
refusal tags_illegal(std::string_view stream, std::string_view account) {
    return {
        invalid_argument,
        text(
            "Failed to add tags to stream ",
            stream,
            " under account ",
            account,
            " because some tags contained illegal characters. The allowed characters are "
            "Unicode letters, white-spaces, '_',',','/','=','+','-','@'.")};
}
refusal tag_reserved(std::string_view key) {
    return {
        invalid_argument,
        text("Tag key ", key, " is invalid: keys that begin with aws: are reserved.")};
}
refusal too_many_tags(std::string_view stream, std::string_view account) {
    return {
        invalid_argument,
        text(
            "Failed to add tags to stream ",
            stream,
            " under account ",
            account,
            " because a given stream cannot have more than 50 tags associated with it.")};
}

refusal retention_too_short(std::int64_t hours) {
    return {
        invalid_argument,
        text(
            "Minimum allowed retention period is 24 hours. Requested retention period (",
            hours,
            " hours) is too short.")};
}
refusal retention_too_long(std::int64_t hours) {
    return {
        invalid_argument,
        text(
            "Maximum allowed retention period is 8760 hours. Requested retention period (",
            hours,
            " hours) is too long.")};
}
refusal retention_not_longer(std::string_view stream, std::int64_t hours, std::int64_t existing) {
    return {
        invalid_argument,
        text(
            "Requested retention period (",
            hours,
            " hours) for stream ",
            stream,
            " can not be shorter than existing retention period (",
            existing,
            " hours). Use DecreaseRetentionPeriod API.")};
}
refusal retention_not_shorter(std::string_view stream, std::int64_t hours, std::int64_t existing) {
    return {
        invalid_argument,
        text(
            "Requested retention period (",
            hours,
            " hours) for stream ",
            stream,
            " can not be longer than existing retention period (",
            existing,
            " hours). Use IncreaseRetentionPeriod API.")};
}
refusal too_many_mode_switches(const engine::stream_id& stream) {
    return {
        limit_exceeded,
        text(
            "Stream ",
            stream.name,
            " under account ",
            stream.tenant.account_id,
            " has been switched between capacity modes twice within the last 24 hours.")};
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
            stream.name,
            " under account ",
            stream.tenant.account_id,
            " is invalid.")};
}
refusal ordering_not_with_automatic(const engine::stream_id& stream) {
    return {
        invalid_argument,
        text(
            "SequenceNumberForOrdering cannot be used with stream ",
            stream.name,
            " under account ",
            stream.tenant.account_id,
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
refusal records_too_large() { return {invalid_argument, "Records size exceeds 10 MB limit"}; }
refusal write_throttled(shard_id shard, const engine::stream_id& stream) {
    return {
        throughput_exceeded,
        text(
            "Rate exceeded for shard ",
            shard.text(),
            in_stream(stream.name, stream.tenant.account_id),
            ".")};
}
refusal dry_run_passed() {
    return {"DryRunOperationException", "Request would have succeeded, but DryRun flag is set."};
}
refusal journal_failed() { return {"InternalFailureException", "Internal service failure.", 500}; }

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
    std::string_view number, shard_id shard, const engine::stream_id& stream) {
    return {
        invalid_argument,
        text(
            "StartingSequenceNumber ",
            number,
            " used in GetShardIterator on shard ",
            shard.text(),
            in_stream(stream.name, stream.tenant.account_id),
            " is invalid.")};
}
refusal starting_number_of_another_stream(
    std::string_view number, shard_id shard, const engine::stream_id& stream) {
    refusal r = starting_number_invalid(number, shard, stream);
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
refusal iterator_expired(instant issued, instant now) {
    return {
        expired_iterator,
        text(
            "Iterator expired. The iterator was created at time ",
            java_date(issued),
            " while right now it is ",
            java_date(now),
            " which is further in the future than the tolerated delay of 300000 "
            "milliseconds.")};
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

refusal next_token_or_stream_missing() {
    return {invalid_argument, "Either NextToken or StreamName should be provided."};
}
refusal next_token_and(std::string_view member) {
    return {invalid_argument, text("NextToken and ", member, " cannot be provided together.")};
}
refusal next_token_invalid() { return {invalid_argument, "Invalid NextToken."}; }
refusal next_token_expired(instant issued, instant now) {
    return {
        expired_next_token,
        text(
            "NextToken expired. The token was created at time ",
            java_date(issued),
            " while right now it is ",
            java_date(now),
            " which is further in the future than the tolerated delay of 300000 "
            "milliseconds.")};
}
refusal shard_filter_needs(std::string_view type, std::string_view member) {
    return {invalid_argument, text("ShardFilter of type ", type, " needs ", member, ".")};
}
refusal shard_filter_unwanted(std::string_view type, std::string_view member) {
    return {invalid_argument, text("ShardFilter of type ", type, " cannot have ", member, ".")};
}

}  // namespace kinetide::operations::refusals
