#include "record_log.hpp"

#include <algorithm>

namespace kinetide::engine {

void record_log::append(const stored_record& r) {
    if (blocks_.empty() || !blocks_.back()->fits(r)) {
        // Doubling, so that a quiet shard costs a page and a busy one few system calls.
        const std::size_t usual =
            blocks_.empty()
                ? block::bytes_min
                : std::clamp(
                      blocks_.back()->capacity() * 2, block::bytes_min, block::bytes_usual_max);
        const std::size_t bytes = std::max(usual, block::stored_bytes(r));
        blocks_.push_back(std::make_shared<block>(memory_, bytes, end_counter_, r.arrival));
    }
    blocks_.back()->append(r);
    newest_arrival_ = r.arrival;
    ++end_counter_;
}

void record_log::want_ahead(fresh_memory& wanted) const {
    const auto [begin, end] = blocks_.back()->claim_ahead();
    if (begin != end) wanted.want(blocks_.back(), begin, end);
}

std::size_t record_log::index_of(std::uint64_t counter) const {
    const auto it = std::partition_point(
        blocks_.begin(), blocks_.end(), [&](const auto& b) { return b->end_counter() <= counter; });
    return static_cast<std::size_t>(it - blocks_.begin());
}

std::uint64_t record_log::counter_at(instant t) const {
    const auto it = std::partition_point(
        blocks_.begin(), blocks_.end(), [&](const auto& b) { return b->newest_arrival() < t; });
    return it == blocks_.end() ? end_counter_ : (*it)->counter_at(t);
}

instant record_log::arrival_of(std::uint64_t counter) const {
    const block& b = *blocks_[index_of(counter)];
    std::size_t offset = b.offset_of(counter);
    return b.read(offset).arrival;
}

record_log::span record_log::pin(
    std::uint64_t counter, std::uint64_t end, std::size_t bytes_max) const {
    span s;
    std::size_t i = index_of(counter);
    if (i == blocks_.size() || counter >= end) return s;
    s.offset = blocks_[i]->offset_of(counter);
    // The first block is not counted: the record may be its last.
    std::size_t bytes = 0;
    for (; i < blocks_.size() && blocks_[i]->first_counter() < end; ++i) {
        s.blocks.push_back(blocks_[i]);
        s.end_counter = std::min(end, blocks_[i]->end_counter());
        if (s.blocks.size() > 1) bytes += blocks_[i]->used_bytes();
        if (bytes > bytes_max) break;
    }
    return s;
}

void record_log::drop_before(instant t) {
    const auto kept = std::partition_point(
        blocks_.begin(), blocks_.end(), [&](const auto& b) { return b->newest_arrival() < t; });
    blocks_.erase(blocks_.begin(), kept);
}

}  // namespace kinetide::engine
