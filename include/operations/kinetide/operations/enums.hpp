// The API's enumerations by their wire names.
#pragma once

#include <array>
#include <string_view>

#include <kinetide/engine/change.hpp>
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

enum class encryption_type { none, kms };


}  // namespace kinetide::operations

namespace kinetide::wire {

template <>
struct enum_names<engine::stream_status> {
    static constexpr std::array<std::string_view, 4> names{"CREATING", "DELETING", "ACTIVE",
                                                           "UPDATING"};
};

template <>
struct enum_names<engine::stream_mode> {
    static constexpr std::array<std::string_view, 2> names{"PROVISIONED", "ON_DEMAND"};
};

template <>
struct enum_names<engine::distribution> {
    static constexpr std::array<std::string_view, 2> names{"AUTO", "USER_PARTITION_KEY"};
};

template <>
struct enum_names<operations::encryption_type> {
    static constexpr std::array<std::string_view, 2> names{"NONE", "KMS"};
};

template <>
struct enum_names<operations::shard_iterator_type> {
    static constexpr std::array<std::string_view, 5> names{
        "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"};
    // The order of the service's message (observed).
    static constexpr std::array<std::string_view, 5> shown{
        "AFTER_SEQUENCE_NUMBER", "LATEST", "AT_TIMESTAMP", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"};
};

template <>
struct enum_names<operations::shard_filter_type> {
    static constexpr std::array<std::string_view, 6> names{
        "AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON",
        "AT_LATEST",      "AT_TIMESTAMP",    "FROM_TIMESTAMP"};
};

}  // namespace kinetide::wire
