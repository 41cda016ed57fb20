// Where blocks have their memory from.  What a full block had is kept for a while for the next one:
// being given a page by the system takes longer than filling it, and far longer where the system
// has to get it from its host first.  Kept memory is the system's whenever it is short of memory.
//
// Threads: any.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include <kinetide/base/mutex.hpp>
#include <kinetide/engine/spare_memory.hpp>

namespace kinetide::engine {

class block_memory {
public:
    // Only areas of this size are kept: what grows soon has no others.
    static constexpr std::size_t kept_bytes = 1 << 20;

    struct area {
        char* begin = nullptr;
        std::size_t bytes = 0;
        std::size_t touched = 0;  // from the beginning: pages that were given, and are likely there
    };

    block_memory() = default;
    ~block_memory();
    block_memory(const block_memory&) = delete;
    block_memory& operator=(const block_memory&) = delete;

    // Whole pages with any content.  Throws std::bad_alloc.
    area take(std::size_t bytes);
    void give_back(const area& a) noexcept;

    // See engine::keep_spare_memory() and engine::return_spare_memory().
    void keep(std::function<void()> spared);
    spare_memory return_unneeded();
    // What comes back from now on is the system's at once.
    void stop_keeping();

    // Bytes that blocks hold.
    [[nodiscard]] std::int64_t held_bytes() const { return held_bytes_; }

private:
    bool take_spare(area& a);
    std::vector<area> take_all();
    bool keep_area(const area& a) noexcept;
    spare_memory take_unneeded(std::vector<area>& out);

    std::atomic<std::int64_t> held_bytes_{0};
    base::mutex mutex_;
    std::function<void()> spared_ GUARDED_BY(mutex_);  // none where nobody keeps memory
    bool told_ GUARDED_BY(mutex_) = false;
    std::vector<area> spare_ GUARDED_BY(mutex_);  // taken from its end, returned from its beginning
    // Of its areas, from the beginning: those that go back, as a whole period did not need them,
    // and behind them those that the present period did not need so far.
    std::size_t to_return_ GUARDED_BY(mutex_) = 0;
    std::size_t unneeded_ GUARDED_BY(mutex_) = 0;
    bool returning_ GUARDED_BY(mutex_) = false;
};

}  // namespace kinetide::engine
