// Large buffers that a worker's connections use one after another, a request's body at a time.  The
// last one used goes out first: it is still in the processor's cache.  One thread.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "byte_buffer.hpp"

namespace kinetide::http {

class spare_buffers {
public:
    explicit spare_buffers(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    // Empty, with or without room.
    byte_buffer take() {
        used_ = true;
        if (spares_.empty()) return {};
        byte_buffer out = std::exchange(spares_.back(), byte_buffer());
        spares_.pop_back();
        bytes_ -= out.capacity();
        return out;
    }

    void give(byte_buffer b) {
        if (bytes_ + b.capacity() > bytes_max_) return;
        b.cut(0);
        bytes_ += b.capacity();
        spares_.push_back(std::move(b));
    }

    // To be called now and then: frees them when none has been asked for since the last time.
    void sweep() {
        if (!std::exchange(used_, false)) release();
    }

    void release() {
        spares_.clear();
        bytes_ = 0;
    }

    [[nodiscard]] std::size_t bytes() const { return bytes_; }

private:
    const std::size_t bytes_max_;
    std::vector<byte_buffer> spares_;
    std::size_t bytes_ = 0;
    bool used_ = false;
};

}  // namespace kinetide::http
