// Every way in which an operation says no, one maker each, with the service's own words where they
// are known.  docs/compatibility.md lists the texts that nobody has recorded and that we chose.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <kinetide/base/clock.hpp>
#include <kinetide/base/result.hpp>
#include <kinetide/engine/change.hpp>
#include <kinetide/model/hash_key.hpp>
#include <kinetide/model/shard_id.hpp>

namespace kinetide::operations::refusals {

// Naming a stream.
refusal no_stream_named();
refusal two_streams_named(std::string_view name, std::string_view arn);
refusal not_a_stream_arn(std::string_view arn);
refusal access_denied(
    std::string_view caller_account, std::string_view operation, std::string_view resource);
refusal access_denied_by_statement(
    std::string_view caller_account, std::string_view operation, std::string_view resource);
refusal stream_not_found(std::string_view name, std::string_view account);
refusal stream_exists(std::string_view name, std::string_view account);
refusal stream_not_active(const engine::stream_id& stream, engine::stream_status status);

// Calling too often, under the `aws` profile.
refusal account_rate_exceeded(std::string_view account);
refusal stream_rate_exceeded(const engine::stream_id& stream);
refusal dry_run_rate_exceeded(const engine::stream_id& stream);

// Naming a shard.
refusal shard_id_unreadable(
    std::string_view as_given, std::string_view stream, std::string_view account);
refusal shard_not_found(shard_id shard, std::string_view stream, std::string_view account);

// CreateStream.
refusal shard_limit_exceeded(
    const engine::tenant_id& who, std::int64_t open, std::int64_t limit, std::int64_t additional);
refusal too_many_creating(std::string_view account);
refusal on_demand_limit_exceeded(std::string_view account, std::int64_t limit);
refusal shard_count_missing();
refusal warm_throughput_not_available(std::string_view stream);
refusal automatic_needs_on_demand(std::string_view stream);

// Naming a resource.
refusal not_a_resource_arn(std::string_view arn);
refusal resource_not_found(std::string_view arn);

// Tags.
struct tag_bearer {
    std::string_view kind;  // "stream"
    std::string_view name;
    std::string_view account;
};
refusal tags_unreadable();
refusal tags_to_add_illegal(const tag_bearer& bearer);
refusal tags_to_remove_illegal(const tag_bearer& bearer);
refusal tag_reserved(std::string_view key);
refusal too_many_tags(const tag_bearer& bearer);

// Resource policies.
refusal policy_too_long(std::int64_t bytes);
refusal policy_too_deep();
refusal policy_unreadable();
refusal policy_element_invalid(std::string_view element, std::string_view what_it_is);
refusal policy_element_unsupported(std::string_view element);
refusal policy_principal_invalid(std::string_view principal);
refusal policy_action_invalid(std::string_view action);
refusal policy_resource_invalid(std::string_view resource, std::string_view arn);
refusal policy_not_found(std::string_view arn);

// Consumers.
refusal no_consumer_named();
refusal two_consumers_named(std::string_view arn, std::string_view member, std::string_view value);
refusal not_a_consumer_arn(std::string_view arn);
refusal consumer_not_found(std::string_view name, std::string_view account);
refusal consumer_not_active(
    std::string_view name, instant created, const engine::stream_id& stream);
refusal consumer_exists(std::string_view name, const engine::stream_id& stream);
refusal too_many_consumers(const engine::stream_id& stream, std::int64_t limit);
refusal too_many_consumers_creating(const engine::stream_id& stream);
refusal subscribed_already(
    std::string_view consumer, shard_id shard, const engine::stream_id& stream);
refusal subscribed_too_often(
    std::string_view consumer, shard_id shard, const engine::stream_id& stream);
refusal consumers_in_the_way(const engine::stream_id& stream);

// Retention and mode.
refusal retention_too_short(std::int64_t hours);
refusal retention_too_long(std::int64_t hours);
refusal retention_not_longer(std::string_view stream, std::int64_t hours, std::int64_t existing);
refusal retention_not_shorter(std::string_view stream, std::int64_t hours, std::int64_t existing);
refusal too_many_mode_switches(const engine::stream_id& stream);
refusal warm_throughput_in_the_way(const engine::stream_id& stream);
refusal commitment_in_use(const engine::stream_id& stream);
refusal warm_throughput_too_large(const engine::stream_id& stream, std::int64_t mib_per_s);

// Encryption.
refusal key_invalid(std::string_view key_id);
refusal encryption_type_not_kms();
refusal too_many_encryption_switches(const engine::stream_id& stream, std::string_view operation);

// Resharding.
refusal on_demand_not_resharded(const engine::stream_id& stream);
refusal shard_to_reshard_not_found(shard_id shard, const engine::stream_id& stream);
refusal shard_closed(shard_id shard, const engine::stream_id& stream);
refusal not_adjacent(shard_id a, shard_id b, const engine::stream_id& stream);
refusal split_out_of_range(
    std::string_view key, shard_id shard, const engine::stream_id& stream, const hash_range& range);
refusal scaled_over_double(std::int64_t open, std::int64_t target);
refusal scaled_below_half(std::int64_t open, std::int64_t target);
refusal scaled_too_high(std::int64_t limit, std::int64_t open, std::int64_t target);
refusal too_many_shard_count_updates(const engine::stream_id& stream);

// Putting.
refusal explicit_hash_key_too_large(std::string_view key);
refusal ordering_number_invalid(std::string_view number, const engine::stream_id& stream);
refusal ordering_not_with_automatic(const engine::stream_id& stream);
refusal partition_key_missing(const std::string& members, std::int64_t count);
refusal record_too_large(std::int64_t bytes, std::int64_t bytes_max);
refusal records_too_large();
refusal write_throttled(shard_id shard, const engine::stream_id& stream);
refusal dry_run_passed();
refusal journal_failed();

// Reading.
refusal starting_number_missing(std::string_view type);
refusal starting_number_unwanted(std::string_view type);
refusal starting_number_invalid(
    std::string_view number,
    std::string_view operation,
    shard_id shard,
    const engine::stream_id& stream);
refusal starting_number_of_another_stream(
    std::string_view number,
    std::string_view operation,
    shard_id shard,
    const engine::stream_id& stream);
refusal starting_number_of_another_shard(shard_id encoded, shard_id used_with);
refusal timestamp_missing();
refusal timestamp_in_future(instant asked, instant now);
refusal internal_failure();
refusal iterator_invalid();
refusal iterator_expired(instant issued, instant now, std::int64_t age_ms_max);
refusal read_throttled(shard_id shard, const engine::stream_id& stream);

// Listing.
refusal next_token_or_stream_missing();
refusal next_token_and(std::string_view member);
refusal next_token_invalid();
refusal next_token_expired(instant issued, instant now);
refusal shard_filter_needs(std::string_view type, std::string_view member);
refusal shard_filter_unwanted(std::string_view type, std::string_view member);

}  // namespace kinetide::operations::refusals
