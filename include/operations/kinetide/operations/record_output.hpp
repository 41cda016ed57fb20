// Records as GetRecords and SubscribeToShard show them.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include <kinetide/engine/page.hpp>
#include <kinetide/operations/record_input.hpp>
#include <kinetide/wire/wire.hpp>

namespace kinetide::operations {

struct shown_record {
    sequence_number number;
    instant arrival;
    blob_view data;
    std::optional<std::string_view> partition_key;
    std::optional<engine::encryption_type> encryption;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("SequenceNumber", &shown_record::number),
            wire::member("ApproximateArrivalTimestamp", &shown_record::arrival),
            wire::member("Data", &shown_record::data),
            wire::member("PartitionKey", &shown_record::partition_key),
            wire::member("EncryptionType", &shown_record::encryption));
    }
};

// As they lie in the shard's blocks: encoded while they are sent, never collected.
struct record_sequence {
    using element = shown_record;

    engine::page page;
    bool tells_encryption = true;

    class cursor {
    public:
        explicit cursor(const record_sequence& s)
            : inner_(s.page), tells_encryption_(s.tells_encryption) {}
        bool next(shown_record& out) {
            engine::record_view r;
            if (!inner_.next(r)) return false;
            out = {r.number, r.arrival, r.data, r.partition_key, std::nullopt};
            if (tells_encryption_) out.encryption = shown_encryption(r.encryption);
            return true;
        }

    private:
        engine::page::cursor inner_;
        bool tells_encryption_;
    };
};

}  // namespace kinetide::operations
