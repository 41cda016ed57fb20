#include "block_memory.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

namespace kinetide::engine {
namespace {

// At once, so that whoever does it can do something else meanwhile.
constexpr std::size_t returned_at_once_max = 32;

void to_system(const std::vector<block_memory::area>& areas) {
    for (const auto& a : areas) munmap(a.begin, a.bytes);
}

char* from_system(std::size_t bytes) {
    void* const begin =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return begin == MAP_FAILED ? nullptr : static_cast<char*>(begin);
}

}  // namespace

block_memory::~block_memory() { stop_keeping(); }

block_memory::area block_memory::take(std::size_t bytes) {
    area a;
    if (bytes != kept_bytes || !take_spare(a)) {
        a = {from_system(bytes), bytes, 0};
        if (a.begin == nullptr) {  // spare memory may be what is missing
            to_system(take_all());
            a.begin = from_system(bytes);
        }
        if (a.begin == nullptr) throw std::bad_alloc();
    }
    held_bytes_.fetch_add(static_cast<std::int64_t>(bytes), std::memory_order_relaxed);
    return a;
}

bool block_memory::take_spare(area& a) {
    const base::lock_guard lock(mutex_);
    if (spare_.empty()) return false;
    a = spare_.back();
    spare_.pop_back();
    to_return_ = std::min(to_return_, spare_.size());
    unneeded_ = std::min(unneeded_, spare_.size() - to_return_);
    return true;
}

std::vector<block_memory::area> block_memory::take_all() {
    const base::lock_guard lock(mutex_);
    to_return_ = unneeded_ = 0;
    return std::exchange(spare_, {});
}

void block_memory::give_back(const area& a) noexcept {
    held_bytes_.fetch_sub(static_cast<std::int64_t>(a.bytes), std::memory_order_relaxed);
    if (a.bytes != kept_bytes || !keep_area(a)) munmap(a.begin, a.bytes);
}

// False when nobody keeps memory, or it cannot: whoever frees memory must not fail for want of it.
bool block_memory::keep_area(const area& a) noexcept {
    // Pages that stay until the system is short of them.
    (void)madvise(a.begin, a.bytes, MADV_FREE);
    std::function<void()> tell;
    try {
        const base::lock_guard lock(mutex_);
        if (!spared_) return false;
        if (!told_) tell = spared_;
        spare_.push_back(a);
        told_ = true;
    } catch (const std::exception&) {
        return false;
    }
    try {
        if (tell) tell();
    } catch (const std::exception&) {
        const base::lock_guard lock(mutex_);
        told_ = false;  // the next one tells
    }
    return true;
}

void block_memory::keep(std::function<void()> spared) {
    const base::lock_guard lock(mutex_);
    spared_ = std::move(spared);
}

spare_memory block_memory::return_unneeded() {
    std::vector<area> returned;
    const spare_memory left = take_unneeded(returned);
    to_system(returned);
    return left;
}

spare_memory block_memory::take_unneeded(std::vector<area>& out) {
    const base::lock_guard lock(mutex_);
    if (!std::exchange(returning_, true)) {
        to_return_ = unneeded_;
        unneeded_ = spare_.size() - to_return_;
    }
    const std::size_t count = std::min(to_return_, returned_at_once_max);
    const auto end = spare_.begin() + static_cast<std::ptrdiff_t>(count);
    out.assign(spare_.begin(), end);
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
    {
        const base::lock_guard lock(mutex_);
        spared_ = nullptr;
    }
    to_system(take_all());
}

}  // namespace kinetide::engine
