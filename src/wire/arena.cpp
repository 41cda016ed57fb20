#include <kinetide/wire/arena.hpp>

#include <algorithm>

namespace kinetide::wire {
namespace {

constexpr std::size_t first_chunk_bytes = std::size_t{16} << 10U;
constexpr std::size_t doubling_bytes_max = std::size_t{1} << 20U;

}  // namespace

// A new chunk starts aligned for anything, so the piece goes to its beginning.  Chunks double up to
// the size that a reset keeps, so that a steady load soon fits into the one that is kept.
void* arena::allocate_elsewhere(std::size_t bytes) {
    const std::size_t doubled = std::clamp(room_ * 2, first_chunk_bytes, doubling_bytes_max);
    const std::size_t size = std::max(bytes, doubled);
    chunks_.push_back({std::make_unique_for_overwrite<char[]>(size), size});
    current_ = chunks_.back().bytes.get();
    room_ = size;
    used_ = bytes;
    return current_;
}

void arena::reset() {
    used_ = 0;
    if (chunks_.size() == 1 && room_ <= kept_bytes_max_) return;

    chunk kept{nullptr, 0};
    for (chunk& c : chunks_) {
        if (c.size <= kept_bytes_max_ && c.size > kept.size) kept = std::move(c);
    }
    chunks_.clear();
    current_ = kept.bytes.get();
    room_ = kept.size;
    if (room_ > 0) chunks_.push_back(std::move(kept));
}

}  // namespace kinetide::wire
