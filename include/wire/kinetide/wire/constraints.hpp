// What a member's value must satisfy.  Declared beside the member, checked while decoding; the
// order of declaration is the order of the messages.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace kinetide::wire {

inline constexpr std::int64_t unbounded = std::numeric_limits<std::int64_t>::max();

// Of a text in UTF-16 units, of a blob in bytes.
struct length {
    std::int64_t min = 0;
    std::int64_t max = unbounded;
};

// Of the elements of a list, or the entries of a map.
struct count {
    std::int64_t min = 0;
    std::int64_t max = unbounded;
};

// Of a number's value.
struct range {
    std::int64_t min = 0;
    std::int64_t max = unbounded;
};

// The service's regular expression as messages show it, and a plain predicate that does the work on
// the whole value.
struct pattern {
    std::string_view text;
    bool (*matches)(std::string_view value) = nullptr;
};

// One of the above, with its type forgotten.
struct constraint {
    enum class rule : std::uint8_t { size, range, pattern };

    rule what = rule::size;
    std::int64_t min = 0;
    std::int64_t max = unbounded;
    wire::pattern expression;

    constexpr constraint() = default;
    constexpr constraint(length c) : min(c.min), max(c.max) {}
    constexpr constraint(count c) : min(c.min), max(c.max) {}
    constexpr constraint(wire::range c) : what(rule::range), min(c.min), max(c.max) {}
    constexpr constraint(wire::pattern c) : what(rule::pattern), expression(c) {}
};

class constraints {
public:
    static constexpr std::size_t size_max = 2;

    constexpr void add(const constraint& c) { items_[size_++] = c; }
    [[nodiscard]] constexpr const constraint* begin() const { return items_.data(); }
    [[nodiscard]] constexpr const constraint* end() const { return items_.data() + size_; }
    [[nodiscard]] constexpr bool empty() const { return size_ == 0; }

private:
    std::array<constraint, size_max> items_{};
    std::size_t size_ = 0;
};

// On each text of a list.
struct each_constraints {
    constraints inner;
};
// On each key, each value of a map.
struct key_constraints {
    constraints inner;
};
struct value_constraints {
    constraints inner;
};

namespace detail {

template <class... Constraints>
constexpr constraints gather(const Constraints&... all) {
    static_assert(sizeof...(all) <= constraints::size_max, "raise constraints::size_max");
    constraints gathered;
    (gathered.add(all), ...);
    return gathered;
}

}  // namespace detail

template <class... Constraints>
constexpr each_constraints each(const Constraints&... all) {
    return {detail::gather(all...)};
}
template <class... Constraints>
constexpr key_constraints keys(const Constraints&... all) {
    return {detail::gather(all...)};
}
template <class... Constraints>
constexpr value_constraints values(const Constraints&... all) {
    return {detail::gather(all...)};
}

// All constraints of one member.
struct member_constraints {
    constraints own;
    constraints inner;   // of a list's elements, or a map's keys
    constraints values;  // of a map's values

    constexpr void add(const constraint& c) { own.add(c); }
    constexpr void add(const each_constraints& c) { inner = c.inner; }
    constexpr void add(const key_constraints& c) { inner = c.inner; }
    constexpr void add(const value_constraints& c) { values = c.inner; }
};

}  // namespace kinetide::wire
