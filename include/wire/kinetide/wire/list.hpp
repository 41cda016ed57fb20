// Lists and maps of a decoded request: views of the worker's arena.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

namespace kinetide::wire {

template <class Element>
class list {
public:
    using value_type = Element;

    constexpr list() = default;
    constexpr list(const Element* first, std::size_t size) : first_(first), size_(size) {}

    [[nodiscard]] constexpr const Element* begin() const { return first_; }
    [[nodiscard]] constexpr const Element* end() const { return first_ + size_; }
    [[nodiscard]] constexpr const Element* data() const { return first_; }
    [[nodiscard]] constexpr std::size_t size() const { return size_; }
    [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
    [[nodiscard]] constexpr const Element& operator[](std::size_t i) const { return first_[i]; }

private:
    const Element* first_ = nullptr;
    std::size_t size_ = 0;
};

// Text to text.  Each key occurs once.
class map : public list<std::pair<std::string_view, std::string_view>> {
public:
    using list::list;
};

}  // namespace kinetide::wire
