#include <kinetide/engine/page.hpp>

#include <algorithm>

#include "block.hpp"

namespace kinetide::engine {

page::cursor::cursor(const page& p)
    : page_(&p), offset_(p.offset_), counter_(p.first_counter_), left_(p.count_) {}

bool page::cursor::next(record_view& out) {
    if (left_ == 0) return false;
    const block* b = page_->blocks_[block_].get();
    const stored_record r = b->read(offset_);
    out.arrival = r.arrival;
    out.encryption = r.encryption;
    out.partition_key = r.partition_key;
    out.data = r.data;
    out.number = page_->number_of(counter_, r.arrival);
    ++counter_;
    --left_;
    if (left_ != 0 && block_ + 1 < page_->blocks_.size() &&
        counter_ == page_->blocks_[block_ + 1]->first_counter()) {
        ++block_;
        offset_ = 0;
    }
    return true;
}

sequence_number page::number_of(std::uint64_t counter, instant arrival) const {
    // A child's first second lies ahead of the clock: the number's time is never below creation.
    const std::int64_t time_s = std::max(arrival.seconds(), shard_creation_s_);
    return {shard_creation_s_, counter, time_s, shard_};
}

sequence_number page::last_number() const {
    return number_of(first_counter_ + count_ - 1, last_arrival_);
}

void page::measure(const page_limits& most, std::uint64_t end_counter) {
    std::size_t offset = offset_;
    std::uint64_t counter = first_counter_;
    std::size_t i = 0;
    std::size_t blocks_used = 0;
    while (count_ < most.records && counter < end_counter) {
        const stored_record r = blocks_[i]->read(offset);
        const auto key_bytes = r.partition_key ? r.partition_key->size() : 0;
        const auto bytes = static_cast<std::int64_t>(r.data.size + key_bytes);
        if (count_ != 0 && data_bytes_ + bytes > most.bytes) break;
        data_bytes_ += bytes;
        last_arrival_ = r.arrival;
        blocks_used = i + 1;
        ++count_;
        ++counter;
        if (i + 1 < blocks_.size() && counter == blocks_[i + 1]->first_counter()) {
            ++i;
            offset = 0;
        }
    }
    blocks_.resize(blocks_used);
}

}  // namespace kinetide::engine
