// A piece of a shard's log: records one behind the other in memory of its own, which goes back to
// where it came from with the block.  Never moved, only appended to.
//
// Threads: one writer under the shard's lock.  A reader that learned an end under that lock may
// read all bytes before it without the lock.  The index is for readers under the lock only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <kinetide/base/blob.hpp>
#include <kinetide/base/clock.hpp>
#include <kinetide/engine/change.hpp>

#include "block_memory.hpp"

namespace kinetide::engine {

struct stored_record {
    instant arrival;
    encryption_type encryption = encryption_type::none;
    std::optional<std::string_view> partition_key;
    blob_view data;
};

class block {
public:
    static constexpr std::size_t bytes_min = 4096;
    static constexpr std::size_t bytes_usual_max = block_memory::kept_bytes;

    // Room for `bytes`, rounded up to pages.
    block(
        std::shared_ptr<block_memory> source,
        std::size_t bytes,
        std::uint64_t first_counter,
        instant first_arrival);
    ~block();
    block(const block&) = delete;
    block& operator=(const block&) = delete;

    static constexpr std::size_t stored_bytes(const stored_record& r) {
        return header_bytes + (r.partition_key ? r.partition_key->size() : 0) + r.data.size;
    }
    [[nodiscard]] bool fits(const stored_record& r) const;
    void append(const stored_record& r);

    // What should be asked for before records get there, as bytes [first, second); empty when
    // enough lies ahead.  Counts as asked for from now on.
    [[nodiscard]] std::pair<std::size_t, std::size_t> claim_ahead();
    // Has the system give these pages.  Any thread, without the shard's lock.
    void ask(std::size_t begin, std::size_t end) const;

    [[nodiscard]] std::uint64_t first_counter() const { return first_counter_; }
    [[nodiscard]] std::uint64_t end_counter() const { return first_counter_ + count_; }
    [[nodiscard]] instant first_arrival() const { return first_arrival_; }
    [[nodiscard]] instant newest_arrival() const { return newest_arrival_; }
    [[nodiscard]] std::size_t capacity() const { return area_.bytes; }
    [[nodiscard]] std::size_t used_bytes() const { return used_; }

    // Byte offset of record `counter`, which is in this block or its end.
    [[nodiscard]] std::size_t offset_of(std::uint64_t counter) const;
    // The first record that arrived at `t` or later, which may be the end.
    [[nodiscard]] std::uint64_t counter_at(instant t) const;

    // The record at `offset`, and the offset of the one behind it.
    [[nodiscard]] stored_record read(std::size_t& offset) const;

private:
    static constexpr std::size_t header_bytes = 12;
    static constexpr std::size_t records_per_index_entry = 32;

    [[nodiscard]] std::size_t end_of_asking(std::size_t used, std::size_t ahead) const;

    struct header {
        std::uint32_t arrival_delta_ms;
        std::uint32_t data_bytes;
        std::uint16_t key_bytes;
        std::uint16_t flags;
    };
    static_assert(sizeof(header) == header_bytes);
    static constexpr std::uint16_t flag_no_key = 1;
    static constexpr std::uint16_t flag_encrypted = 2;

    struct index_entry {
        std::uint32_t offset;
        std::uint32_t arrival_delta_ms;
    };

    std::shared_ptr<block_memory> source_;
    block_memory::area area_;  // `touched`: up to where pages were asked for
    std::size_t used_ = 0;
    std::uint64_t first_counter_;
    std::uint64_t count_ = 0;
    instant first_arrival_;
    instant newest_arrival_;
    std::vector<index_entry> index_;  // every 32nd record, the first included
};

// Inline: readers take it apart at once.
inline stored_record block::read(std::size_t& offset) const {
    header h{};
    const char* at = area_.begin + offset;
    std::memcpy(&h, at, header_bytes);
    at += header_bytes;
    stored_record r;
    r.arrival = first_arrival_ + static_cast<std::int64_t>(h.arrival_delta_ms);
    if ((h.flags & flag_no_key) == 0) r.partition_key = std::string_view(at, h.key_bytes);
    if ((h.flags & flag_encrypted) != 0) r.encryption = encryption_type::kms;
    r.data = blob_view(at + h.key_bytes, h.data_bytes);
    offset += header_bytes + h.key_bytes + h.data_bytes;
    return r;
}

}  // namespace kinetide::engine
