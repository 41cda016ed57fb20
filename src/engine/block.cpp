#include "block.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace kinetide::engine {
namespace {

constexpr std::size_t page_bytes = 4096;
// What is asked for while a record waits, and what when nobody does.
constexpr std::size_t at_once_max = std::size_t{32} << 10U;
constexpr std::size_t ahead_max = std::size_t{256} << 10U;
// Half of that: with less, much is left, or the block is small and grows little by little.
constexpr std::size_t worth_claiming = ahead_max / 2;

constexpr std::size_t whole_pages(std::size_t bytes) {
    return (bytes + page_bytes - 1) / page_bytes * page_bytes;
}

}  // namespace

block::block(
    std::shared_ptr<block_memory> source,
    std::size_t bytes,
    std::uint64_t first_counter,
    instant first_arrival)
    : source_(std::move(source)),
      area_(source_->take(whole_pages(bytes))),
      first_counter_(first_counter),
      first_arrival_(first_arrival),
      newest_arrival_(first_arrival) {}

block::~block() { source_->give_back(area_); }

// A fault for each page would take longer.  Where the system does not know the word, they come so.
void block::ask(std::size_t begin, std::size_t end) const {
    if (end - begin <= page_bytes) return;
    (void)madvise(area_.begin + begin, end - begin, MADV_POPULATE_WRITE);
}

// Never more than a quarter of the block is there for nothing.
std::size_t block::end_of_asking(std::size_t used, std::size_t ahead) const {
    return std::min(whole_pages(used + std::min(area_.bytes / 4, ahead)), area_.bytes);
}

std::pair<std::size_t, std::size_t> block::claim_ahead() {
    const std::size_t begin = area_.touched;
    const std::size_t end = end_of_asking(used_, ahead_max);
    if (end < begin + worth_claiming) return {0, 0};
    area_.touched = end;
    return {begin, end};
}

bool block::fits(const stored_record& r) const {
    const std::int64_t delta_ms = r.arrival.ms - first_arrival_.ms;
    return used_ + stored_bytes(r) <= area_.bytes &&
           delta_ms <= std::numeric_limits<std::uint32_t>::max();
}

void block::append(const stored_record& r) {
    header h{};
    h.arrival_delta_ms = static_cast<std::uint32_t>(r.arrival.ms - first_arrival_.ms);
    h.data_bytes = static_cast<std::uint32_t>(r.data.size);
    h.key_bytes = static_cast<std::uint16_t>(r.partition_key ? r.partition_key->size() : 0);
    if (!r.partition_key) h.flags |= flag_no_key;
    if (r.encryption == encryption_type::kms) h.flags |= flag_encrypted;
    if (count_ % records_per_index_entry == 0) {
        index_.push_back(index_entry{static_cast<std::uint32_t>(used_), h.arrival_delta_ms});
    }
    const std::size_t end = used_ + stored_bytes(r);
    if (end > area_.touched) {
        const std::size_t asked = end_of_asking(end, at_once_max);
        ask(area_.touched, asked);
        area_.touched = asked;
    }
    char* at = area_.begin + used_;
    std::memcpy(at, &h, header_bytes);
    at += header_bytes;
    if (h.key_bytes != 0) std::memcpy(at, r.partition_key->data(), h.key_bytes);
    if (r.data.size != 0) std::memcpy(at + h.key_bytes, r.data.data, r.data.size);
    // The next one will lie behind it, in memory that no cache has yet.
    const std::size_t next_end = std::min(end + (end - used_), area_.touched);
    for (std::size_t line = end; line < next_end; line += 64) {
        __builtin_prefetch(area_.begin + line, 1);
    }
    used_ = end;
    ++count_;
    newest_arrival_ = r.arrival;
}

std::size_t block::offset_of(std::uint64_t counter) const {
    const std::uint64_t nth = counter - first_counter_;
    if (nth >= count_) return used_;
    std::size_t offset = index_[nth / records_per_index_entry].offset;
    for (std::uint64_t i = nth % records_per_index_entry; i > 0; --i) (void)read(offset);
    return offset;
}

std::uint64_t block::counter_at(instant t) const {
    // The last indexed record before t: from there, at most 32 steps.
    const auto later = std::partition_point(index_.begin(), index_.end(), [&](index_entry e) {
        return first_arrival_ + static_cast<std::int64_t>(e.arrival_delta_ms) < t;
    });
    if (later == index_.begin()) return first_counter_;
    const auto start = static_cast<std::size_t>(later - index_.begin() - 1);
    std::size_t offset = index_[start].offset;
    std::uint64_t counter = first_counter_ + start * records_per_index_entry;
    while (counter < end_counter() && read(offset).arrival < t) ++counter;
    return counter;
}

}  // namespace kinetide::engine
