#include "block_memory.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <new>
#include <utility>

namespace kinetide::engine {
namespace {

// At once, so that whoever does it can do something else meanwhile.
constexpr std::size_t returned_at_once_max = 32;

void to_system(const block_memory::area& a) { munmap(a.begin, a.bytes); }

}  // namespace

block_memory::~block_memory() { stop_keeping(); }

block_memory::area block_memory::take(std::size_t bytes) {
    held_bytes_.fetch_add(static_cast<std::int64_t>(bytes), std::memory_order_relaxed);
    if (bytes == kept_bytes) {
        const base::lock_guard lock(mutex_);
        if (!spare_.empty()) {
            const area a = spare_.back();
            spare_.pop_back();
            to_return_ = std::min(to_return_, spare_.size());
            unneeded_ = std::min(unneeded_, spare_.size() - to_return_);
            return a;
        }
    }
    void* const begin =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (begin == MAP_FAILED) {
        held_bytes_.fetch_sub(static_cast<std::int64_t>(bytes), std::memory_order_relaxed);
        throw std::bad_alloc();
    }
    return {static_cast<char*>(begin), bytes, 0};
}

void block_memory::give_back(const area& a) {
    held_bytes_.fetch_sub(static_cast<std::int64_t>(a.bytes), std::memory_order_relaxed);
    if (a.bytes == kept_bytes && keeps_) {
        keep_area(a);
    } else {
        to_system(a);
    }
}

void block_memory::keep_area(const area& a) {
    // Pages that stay until the system is short of them.
    (void)madvise(a.begin, a.bytes, MADV_FREE);
    std::function<void()> tell;
    {
        const base::lock_guard lock(mutex_);
        spare_.push_back(a);
        if (!std::exchange(told_, true)) tell = spared_;
    }
    if (tell) tell();
}

void block_memory::keep(std::function<void()> spared) {
    const base::lock_guard lock(mutex_);
    spared_ = std::move(spared);
    keeps_ = true;
}

spare_memory block_memory::return_unneeded() {
    const base::lock_guard lock(mutex_);
    if (!std::exchange(returning_, true)) {
        to_return_ = unneeded_;
        unneeded_ = spare_.size() - to_return_;
    }
    const std::size_t count = std::min(to_return_, returned_at_once_max);
    const auto end = spare_.begin() + static_cast<std::ptrdiff_t>(count);
    std::for_each(spare_.begin(), end, to_system);
    spare_.erase(spare_.begin(), end);
    to_return_ -= count;
    if (to_return_ != 0) return spare_memory::unneeded;
    returning_ = false;
    if (!spare_.empty()) return spare_memory::kept;
    spare_.shrink_to_fit();
    told_ = false;
    return spare_memory::none;
}

void block_memory::stop_keeping() {
    const base::lock_guard lock(mutex_);
    keeps_ = false;
    std::for_each(spare_.begin(), spare_.end(), to_system);
    spare_.clear();
    to_return_ = unneeded_ = 0;
}

}  // namespace kinetide::engine
