// A shard's records: blocks in order, the newest one appended to.  Guarded by the shard's lock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <kinetide/engine/fresh_memory.hpp>

#include "block.hpp"

namespace kinetide::engine {

class record_log {
public:
    explicit record_log(std::shared_ptr<block_memory> memory) : memory_(std::move(memory)) {}

    void append(const stored_record& r);
    // Notes what the next records will need; only while not empty().
    void want_ahead(fresh_memory& wanted) const;

    [[nodiscard]] bool empty() const { return blocks_.empty(); }
    // Counter of the next record.  The first of a shard has 1: 0 is the shard's starting number.
    [[nodiscard]] std::uint64_t end_counter() const { return end_counter_; }
    [[nodiscard]] instant newest_arrival() const { return newest_arrival_; }

    // The first kept record that arrived at `t` or later, else the end.
    [[nodiscard]] std::uint64_t counter_at(instant t) const;

    // Arrival of a kept record.
    [[nodiscard]] instant arrival_of(std::uint64_t counter) const;

    // Blocks from the one that holds `counter`, as many as hold about `bytes_max`; the offset of
    // that record in the first; and where the pinned records end.  Empty at the end.
    struct span {
        std::vector<std::shared_ptr<const block>> blocks;
        std::size_t offset = 0;
        std::uint64_t end_counter = 0;
    };
    [[nodiscard]] span pin(std::uint64_t counter, std::uint64_t end, std::size_t bytes_max) const;

    // Lets go of blocks whose every record arrived before `t`.
    void drop_before(instant t);
    void drop_all() { blocks_.clear(); }

    // Counter of the oldest kept record, or the end.
    [[nodiscard]] std::uint64_t first_counter() const {
        return blocks_.empty() ? end_counter_ : blocks_.front()->first_counter();
    }

    // When the oldest block's newest record arrived; only while not empty().
    [[nodiscard]] instant oldest_block_arrival() const { return blocks_.front()->newest_arrival(); }

private:
    [[nodiscard]] std::size_t index_of(std::uint64_t counter) const;

    std::shared_ptr<block_memory> memory_;
    std::vector<std::shared_ptr<block>> blocks_;
    std::uint64_t end_counter_ = 1;
    instant newest_arrival_{};
};

}  // namespace kinetide::engine
