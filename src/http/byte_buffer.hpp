// Bytes that come from a socket: not zeroed before they are read into, as a string or vector would.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace kinetide::http {

class byte_buffer {
public:
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t capacity() const { return capacity_; }
    [[nodiscard]] std::string_view text() const { return {bytes_.get(), size_}; }
    [[nodiscard]] std::string_view text(std::size_t from, std::size_t to) const {
        return text().substr(from, to - from);
    }

    // Where to read to.  Whoever writes there says so with `grew`.
    [[nodiscard]] std::span<char> spare() { return {bytes_.get() + size_, capacity_ - size_}; }
    void grew(std::size_t bytes) { size_ += bytes; }

    void append(std::string_view more) {
        if (more.empty()) return;
        std::memcpy(bytes_.get() + size_, more.data(), more.size());
        size_ += more.size();
    }

    // Moves what it holds: views die.
    void reserve(std::size_t capacity) {
        if (capacity <= capacity_) return;
        auto larger = std::make_unique_for_overwrite<char[]>(capacity);
        if (size_ != 0) std::memcpy(larger.get(), bytes_.get(), size_);
        bytes_ = std::move(larger);
        capacity_ = capacity;
    }

    void cut(std::size_t size) { size_ = std::min(size, size_); }
    void drop_front(std::size_t bytes) {
        if (bytes == 0) return;
        size_ -= bytes;
        std::memmove(bytes_.get(), bytes_.get() + bytes, size_);
    }
    void release() { *this = byte_buffer(); }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace kinetide::http
