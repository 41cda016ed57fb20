// The API's enumerations by their wire names.
#pragma once

#include <array>
#include <string_view>

#include <kinetide/engine/change.hpp>
#include <kinetide/engine/consumers.hpp>
#include <kinetide/wire/wire.hpp>

namespace kinetide::operations {

enum class shard_iterator_type {
    at_sequence_number,
    after_sequence_number,
    trim_horizon,
    latest,
    at_timestamp
};

enum class shard_filter_type {
    after_shard_id,
    at_trim_horizon,
    from_trim_horizon,
    at_latest,
    at_timestamp,
    from_timestamp
};

enum class scaling_type { uniform_scaling };

// In the order of engine::metric_set's bits; ALL stands for every one.
enum class shard_metric {
    incoming_bytes,
    incoming_records,
    outgoing_bytes,
    outgoing_records,
    write_throughput_exceeded,
    read_throughput_exceeded,
    iterator_age,
    all
};

enum class commitment_request { enabled, disabled };
enum class commitment_status { enabled, disabled, enabled_until_earliest_end };

}  // namespace kinetide::operations

namespace kinetide::wire {

using enum_text = std::string_view;

template <>
inline constexpr std::array<enum_text, 4> enum_names<engine::stream_status>{
    "CREATING", "DELETING", "ACTIVE", "UPDATING"};

template <>
inline constexpr std::array<enum_text, 2> enum_names<engine::stream_mode>{
    "PROVISIONED", "ON_DEMAND"};

template <>
inline constexpr std::array<enum_text, 2> enum_names<engine::distribution>{
    "AUTO", "USER_PARTITION_KEY"};

template <>
inline constexpr std::array<enum_text, 2> enum_names<engine::encryption_type>{"NONE", "KMS"};

template <>
inline constexpr std::array<enum_text, 5> enum_names<operations::shard_iterator_type>{
    "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"};

// The order of the service's message (observed).
template <>
inline constexpr std::array<enum_text, 5> enum_names_printed<operations::shard_iterator_type>{
    "AFTER_SEQUENCE_NUMBER", "LATEST", "AT_TIMESTAMP", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"};

template <>
inline constexpr std::array<enum_text, 6> enum_names<operations::shard_filter_type>{
    "AFTER_SHARD_ID",
    "AT_TRIM_HORIZON",
    "FROM_TRIM_HORIZON",
    "AT_LATEST",
    "AT_TIMESTAMP",
    "FROM_TIMESTAMP"};

template <>
inline constexpr std::array<enum_text, 1> enum_names<operations::scaling_type>{"UNIFORM_SCALING"};

template <>
inline constexpr std::array<enum_text, 8> enum_names<operations::shard_metric>{
    "IncomingBytes",
    "IncomingRecords",
    "OutgoingBytes",
    "OutgoingRecords",
    "WriteProvisionedThroughputExceeded",
    "ReadProvisionedThroughputExceeded",
    "IteratorAgeMilliseconds",
    "ALL"};

template <>
inline constexpr std::array<enum_text, 3> enum_names<engine::consumer_status>{
    "CREATING", "DELETING", "ACTIVE"};

template <>
inline constexpr std::array<enum_text, 2> enum_names<operations::commitment_request>{
    "ENABLED", "DISABLED"};

template <>
inline constexpr std::array<enum_text, 3> enum_names<operations::commitment_status>{
    "ENABLED", "DISABLED", "ENABLED_UNTIL_EARLIEST_ALLOWED_END"};

}  // namespace kinetide::wire
