// What the targets share: what must hold, and values taken from the front of an input.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace kinetide::fuzzing {

inline void demand(bool holds) {
    if (!holds) std::abort();
}

// Never runs out: behind the end are no bytes, and zeros.
class input {
public:
    input(const std::uint8_t* data, std::size_t size)
        : rest_(reinterpret_cast<const char*>(data), size) {}

    // All that is left.
    [[nodiscard]] std::string_view text() const { return rest_; }

    std::string_view bytes(std::size_t size_max) {
        const std::string_view taken = rest_.substr(0, size_max);
        rest_.remove_prefix(taken.size());
        return taken;
    }
    // Big-endian.
    std::uint64_t number(std::size_t size) {
        std::uint64_t value = 0;
        for (const char c : bytes(size)) value = value << 8U | static_cast<unsigned char>(c);
        return value;
    }
    // At most `size_max` bytes, behind the byte that says how many.
    std::string_view short_text(std::size_t size_max) {
        return bytes(std::min<std::size_t>(number(1), size_max));
    }

private:
    std::string_view rest_;
};

}  // namespace kinetide::fuzzing
