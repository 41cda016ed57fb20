// Memory that is given out piece by piece and taken back all at once.  A worker owns one and resets
// it between requests; one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace kinetide::wire {

class arena {
public:
    // After a reset at most `kept_bytes_max` stay with the arena, so that one huge request does not
    // fatten a worker for ever.
    explicit arena(std::size_t kept_bytes_max = std::size_t{1} << 20U)
        : kept_bytes_max_(kept_bytes_max) {}
    arena(const arena&) = delete;
    arena& operator=(const arena&) = delete;

    // Lives until the reset.  `alignment` is a power of two, at most that of new.
    void* allocate(std::size_t bytes, std::size_t alignment) {
        const std::size_t start = (used_ + alignment - 1) & ~(alignment - 1);
        if (start > room_ || room_ - start < bytes) return allocate_elsewhere(bytes);
        used_ = start + bytes;
        return current_ + start;
    }
    char* text(std::size_t bytes) { return static_cast<char*>(allocate(bytes, 1)); }

    // The newest piece ends here after all: what follows is given out again.
    void end_newest_at(const char* end) { used_ = static_cast<std::size_t>(end - current_); }

    void reset();

private:
    struct chunk {
        std::unique_ptr<char[]> bytes;
        std::size_t size;
    };

    void* allocate_elsewhere(std::size_t bytes);

    std::size_t kept_bytes_max_;
    std::vector<chunk> chunks_;
    char* current_ = nullptr;  // the newest chunk
    std::size_t room_ = 0;
    std::size_t used_ = 0;
};

}  // namespace kinetide::wire
