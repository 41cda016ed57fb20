// Who is told what the calls of the data path did, to count it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <kinetide/engine/shard.hpp>
#include <kinetide/engine/stream.hpp>

namespace kinetide::operations {

enum class put_call : std::uint8_t { put_record, put_records };

// Called within a call, on its thread; neither waits nor, as a rule, allocates.
class data_notes {
public:
    virtual ~data_notes() = default;
    virtual void put(
        const engine::stream& s,
        put_call by,
        std::span<const engine::put_entry> entries,
        std::span<const engine::put_result> results) = 0;
    virtual void read(const engine::stream& s, shard_id from, const engine::read_result& given) = 0;
    virtual void subscribed(
        const engine::stream& s, std::string_view consumer, engine::claim_outcome outcome) = 0;
};

}  // namespace kinetide::operations
