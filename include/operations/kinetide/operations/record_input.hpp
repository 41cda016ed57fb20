// What PutRecord and PutRecords ask of each record before anything is stored.
#pragma once

#include <optional>
#include <string_view>

#include <kinetide/engine/engine.hpp>
#include <kinetide/operations/dry_run.hpp>
#include <kinetide/operations/enums.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {

// The record as the engine takes it, or why this stream does not.  The key's presence is judged by
// the caller, who knows what to call it; where it is what says where the record goes, the caller
// hashes it (is_hashed).
inline result<engine::put_entry> checked_record(
    const engine::stream& stream,
    std::optional<std::string_view> partition_key,
    std::optional<std::string_view> explicit_hash_key,
    blob_view data) {
    const std::size_t key_bytes = partition_key ? partition_key->size() : 0;
    const auto bytes = static_cast<std::int64_t>(data.size + key_bytes);
    if (bytes > stream.record_bytes_max()) {
        return refusals::record_too_large(bytes, stream.record_bytes_max());
    }
    engine::put_entry e;
    e.partition_key = partition_key;
    e.data = data;
    if (explicit_hash_key) {
        const auto explicit_key = parse_decimal(*explicit_hash_key);
        if (!explicit_key) return refusals::explicit_hash_key_too_large(*explicit_hash_key);
        e.key = hash_key{*explicit_key};
    }
    return e;
}

inline bool is_hashed(
    std::optional<std::string_view> partition_key,
    std::optional<std::string_view> explicit_hash_key) {
    return partition_key && !explicit_hash_key;
}

// Absent on records that are not encrypted (observed).
inline std::optional<engine::encryption_type> shown_encryption(engine::encryption_type e) {
    if (e == engine::encryption_type::none) return std::nullopt;
    return e;
}

inline bool spreads_records(const engine::stream& s) {
    return s.strategy() == engine::distribution::automatic;
}

inline bool takes_records(const engine::stream& s) {
    return s.status() == engine::stream_status::active ||
           s.status() == engine::stream_status::updating;
}

}  // namespace kinetide::operations
