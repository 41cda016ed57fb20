// Refusals about naming, creating and calling streams.

#include "refusal_text.hpp"

namespace kinetide::operations::refusals {
namespace {

std::string_view status_name(engine::stream_status s) {
    switch (s) {
        case engine::stream_status::creating: return "CREATING";
        case engine::stream_status::deleting: return "DELETING";
        case engine::stream_status::active: return "ACTIVE";
        case engine::stream_status::updating: break;
    }
    return "UPDATING";
}

}  // namespace

// chosen
refusal no_stream_named() {
    return {invalid_argument, "Either StreamName or StreamARN should be provided."};
}
// chosen
refusal two_streams_named(std::string_view name, std::string_view arn) {
    return {
        invalid_argument,
        text("StreamName ", name, " and StreamARN ", arn, " name different streams.")};
}
// chosen
refusal not_a_stream_arn(std::string_view arn) {
    return {invalid_argument, text("StreamARN ", arn, " is not the ARN of a stream.")};
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
        text("Stream ", named(stream), " not ACTIVE, instead in state ", status_name(status))};
}

refusal account_rate_exceeded(std::string_view account) {
    return {limit_exceeded, text("Rate exceeded for account ", account, ".")};
}
refusal stream_rate_exceeded(const engine::stream_id& stream) {
    return {limit_exceeded, text("Rate exceeded for stream ", named(stream), ".")};
}
refusal dry_run_rate_exceeded(const engine::stream_id& stream) {
    return {throttling, stream_rate_exceeded(stream).message};
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
// chosen
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
// chosen
refusal shard_count_missing() {
    return {validation, "ShardCount is required for a stream in PROVISIONED mode."};
}
// chosen
refusal journal_failed() { return {"InternalFailureException", "Internal service failure.", 500}; }

}  // namespace kinetide::operations::refusals
