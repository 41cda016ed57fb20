// Refusals about shards: naming, listing and resharding them.

#include <array>

#include "refusal_text.hpp"

namespace kinetide::operations::refusals {
namespace {

std::string decimal(hash_key k) {
    std::array<char, hash_key::text_bytes_max> digits{};
    return {digits.data(), k.write_text(digits.data())};
}

std::string counts(std::int64_t open, std::int64_t target) {
    return text("Current open shard count: ", open, ", Target shard count: ", target);
}

}  // namespace

refusal shard_id_unreadable(
    std::string_view as_given, std::string_view stream, std::string_view account) {
    return {not_found, text("Could not find shard ", as_given, in_stream(stream, account), ".")};
}
refusal shard_not_found(shard_id shard, std::string_view stream, std::string_view account) {
    return {not_found, text("Shard ", shard.text(), in_stream(stream, account), " does not exist")};
}

// chosen
refusal on_demand_not_resharded(const engine::stream_id& stream) {
    return {
        validation, text("Request is invalid. Stream ", named(stream), " is in On-Demand mode.")};
}
refusal shard_to_reshard_not_found(shard_id shard, const engine::stream_id& stream) {
    return shard_id_unreadable(shard.text(), stream.name, stream.tenant.account_id);
}
refusal shard_closed(shard_id shard, const engine::stream_id& stream) {
    return {
        invalid_argument,
        text(
            "Shard ",
            shard.text(),
            in_stream(stream),
            " has already been merged or split, and thus is not eligible for merging or "
            "splitting.")};
}
refusal not_adjacent(shard_id a, shard_id b, const engine::stream_id& stream) {
    return {
        invalid_argument,
        text(
            "Shards ",
            a.text(),
            " and ",
            b.text(),
            in_stream(stream),
            " are not an adjacent pair of shards eligible for merging")};
}
refusal split_out_of_range(
    std::string_view key,
    shard_id shard,
    const engine::stream_id& stream,
    const hash_range& range) {
    return {
        invalid_argument,
        text(
            "NewStartingHashKey ",
            key,
            " used in SplitShard() on shard ",
            shard.text(),
            in_stream(stream),
            " is not both greater than one plus the shard's StartingHashKey ",
            decimal(range.start),
            " and less than the shard's EndingHashKey ",
            decimal(range.end),
            ".")};
}

refusal scaled_over_double(std::int64_t open, std::int64_t target) {
    return {
        limit_exceeded,
        text(
            "UpdateShardCount cannot scale up over double your current open shard count. ",
            counts(open, target))};
}
refusal scaled_below_half(std::int64_t open, std::int64_t target) {
    return {
        limit_exceeded,
        text(
            "UpdateShardCount cannot scale down below half your current open shard count. ",
            counts(open, target))};
}
// chosen
refusal scaled_too_high(std::int64_t limit, std::int64_t open, std::int64_t target) {
    return {
        limit_exceeded,
        text(
            "Target shard count or number of open shards cannot be greater than ",
            limit,
            ". ",
            counts(open, target))};
}
// chosen
refusal too_many_shard_count_updates(const engine::stream_id& stream) {
    return {
        limit_exceeded,
        text(
            "UpdateShardCount has been called 10 times within the last 24 hours for stream ",
            named(stream),
            ".")};
}

refusal next_token_or_stream_missing() {
    return {invalid_argument, "Either NextToken or StreamName should be provided."};
}
refusal next_token_and(std::string_view member) {
    return {invalid_argument, text("NextToken and ", member, " cannot be provided together.")};
}
// chosen
refusal next_token_invalid() { return {invalid_argument, "Invalid NextToken."}; }
// chosen
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
// chosen
refusal shard_filter_needs(std::string_view type, std::string_view member) {
    return {invalid_argument, text("ShardFilter of type ", type, " needs ", member, ".")};
}
// chosen
refusal shard_filter_unwanted(std::string_view type, std::string_view member) {
    return {invalid_argument, text("ShardFilter of type ", type, " cannot have ", member, ".")};
}

}  // namespace kinetide::operations::refusals
