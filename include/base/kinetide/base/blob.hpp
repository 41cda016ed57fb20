// Bytes of a record or a token, seen but not owned.  Distinct from text, so that no codec confuses
// the two.
#pragma once

#include <cstddef>
#include <string_view>

namespace kinetide {

struct blob_view {
    const char* data = nullptr;
    std::size_t size = 0;

    constexpr blob_view() = default;
    constexpr blob_view(const char* bytes, std::size_t count) : data(bytes), size(count) {}
    constexpr explicit blob_view(std::string_view text) : data(text.data()), size(text.size()) {}

    [[nodiscard]] constexpr std::string_view as_text() const { return {data, size}; }
    friend constexpr bool operator==(blob_view a, blob_view b) {
        return a.as_text() == b.as_text();
    }
};

}  // namespace kinetide
