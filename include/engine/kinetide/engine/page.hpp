// Records of one answer or event: a pin and a range, nothing copied.  While a page lives its
// bytes stay, whatever retention or DeleteStream do meanwhile; freeing them waits for the last pin.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <kinetide/base/blob.hpp>
#include <kinetide/base/clock.hpp>
#include <kinetide/engine/change.hpp>
#include <kinetide/engine/limits.hpp>
#include <kinetide/model/sequence_number.hpp>

namespace kinetide::engine {

class block;

// Views bytes that the page pins.
struct record_view {
    sequence_number number;
    instant arrival;
    encryption_type encryption = encryption_type::none;
    std::optional<std::string_view> partition_key;
    blob_view data;
};

struct page_limits {
    std::uint64_t records = 0;
    std::int64_t bytes = limits::get_records_bytes_max;  // of data and keys
};

class page {
public:
    page() = default;

    [[nodiscard]] std::uint64_t size() const { return count_; }
    [[nodiscard]] std::int64_t data_bytes() const { return data_bytes_; }  // keys too
    // Of the last record, of which there is one.
    [[nodiscard]] sequence_number last_number() const;

    class cursor {
    public:
        explicit cursor(const page& p);
        // False at the end.
        bool next(record_view& out);

    private:
        const page* page_;
        std::size_t block_ = 0;
        std::size_t offset_ = 0;
        std::uint64_t counter_ = 0;
        std::uint64_t left_ = 0;
    };

private:
    friend class shard;

    // Walks the pinned blocks and keeps what fits, one record at least.
    void measure(const page_limits& most, std::uint64_t end_counter);
    [[nodiscard]] sequence_number number_of(std::uint64_t counter, instant arrival) const;

    std::vector<std::shared_ptr<const block>> blocks_;
    std::size_t offset_ = 0;  // of the first record in the first block
    std::uint64_t first_counter_ = 0;
    std::uint64_t count_ = 0;
    std::int64_t data_bytes_ = 0;
    instant last_arrival_{};
    std::int64_t shard_creation_s_ = 0;
    shard_id shard_;
};

}  // namespace kinetide::engine
