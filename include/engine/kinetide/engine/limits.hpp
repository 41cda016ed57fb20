// Every limit of the service that the engine or an operation enforces, with its unit in its name.
// Source: the service model where it has a number, else the developer guide's quota page.
#pragma once

#include <cstdint>

namespace kinetide::limits {

inline constexpr std::int64_t record_data_bytes_max = 10'485'760;  // the model's bound on Data
inline constexpr std::int64_t put_records_bytes_max = 10'485'760;  // data and keys of one call
inline constexpr std::int64_t put_records_entries_max = 500;
inline constexpr std::int64_t record_kib_default = 1'024;  // MaxRecordSizeInKiB
inline constexpr std::int64_t record_kib_max = 10'240;
inline constexpr std::int64_t partition_key_length_max = 256;  // UTF-16 units

inline constexpr std::int64_t get_records_max = 10'000;
inline constexpr std::int64_t get_records_bytes_max = 10'485'760;

inline constexpr std::int64_t next_token_age_ms_max = 300'000;

inline constexpr std::int64_t retention_hours_min = 24;
inline constexpr std::int64_t retention_hours_default = 24;
inline constexpr std::int64_t retention_hours_max = 8'760;

inline constexpr std::int64_t on_demand_shards = 4;
inline constexpr std::int64_t on_demand_shards_max = 10'240;         // 10 GiB/s, in three regions
inline constexpr std::int64_t on_demand_shards_max_elsewhere = 200;  // 200 MiB/s
inline constexpr std::int64_t warm_mib_per_s_max = 10'240;
inline constexpr std::int64_t on_demand_streams_max = 50;
inline constexpr std::int64_t creating_streams_max = 5;
inline constexpr std::int64_t tags_max = 50;
inline constexpr std::int64_t mode_switches_a_day_max = 2;
inline constexpr std::int64_t encryption_switches_a_day_max = 25;  // starts and stops, each
inline constexpr std::int64_t shard_count_updates_a_day_max = 10;
inline constexpr std::int64_t update_shard_count_max = 10'000;

inline constexpr std::int64_t consumers_max = 20;
inline constexpr std::int64_t consumers_max_committed = 50;  // with the billing commitment
inline constexpr std::int64_t consumers_creating_max = 5;    // at once, of a stream
inline constexpr std::int64_t commitment_ms_min = 24 * 3'600'000;

inline constexpr std::int64_t policy_bytes_max = 20'480;

inline constexpr std::int64_t describe_stream_shards_max = 100;
inline constexpr std::int64_t list_streams_max = 100;
inline constexpr std::int64_t list_shards_max = 1'000;
inline constexpr std::int64_t list_stream_consumers_max = 100;
inline constexpr std::int64_t list_tags_max = 50;

// Of one shard, under the `aws` profile.
inline constexpr std::int64_t shard_write_bytes_per_s = 1'048'576;
inline constexpr std::int64_t shard_write_records_per_s = 1'000;
inline constexpr std::int64_t shard_read_bytes_per_s = 2'097'152;
inline constexpr std::int64_t shard_read_calls_per_s = 5;
inline constexpr std::int64_t shard_iterators_per_s = 5;

// Enhanced fan-out.
inline constexpr std::int64_t subscription_ms_max = 300'000;
inline constexpr std::int64_t subscription_secure_ms = 5'000;       // not to be taken over before
inline constexpr std::int64_t fan_out_event_bytes_max = 1'048'576;  // of one SubscribeToShardEvent
inline constexpr std::int64_t fan_out_event_records_max = 10'000;
// Of one consumer at one shard, under the `aws` profile.
inline constexpr std::int64_t subscriptions_per_s = 1;
inline constexpr std::int64_t fan_out_bytes_per_s = 2'097'152;

// The most a request may ask for, over all profiles: what one machine can hold as objects.
inline constexpr std::int64_t stream_shards_max = 100'000;

}  // namespace kinetide::limits
