// Whether values satisfy constraints.  Both passes ask here; only the plain one words the answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <kinetide/wire/constraints.hpp>
#include <kinetide/wire/table.hpp>

namespace kinetide::wire {

// What constraints look at in a value: `size` is in UTF-16 units, bytes, elements or entries.
struct measure {
    std::string_view text;
    std::int64_t size = 0;
    std::int64_t number = 0;
};

inline bool satisfies(const constraint& c, const measure& m) {
    switch (c.what) {
        case constraint::rule::size: return c.min <= m.size && m.size <= c.max;
        case constraint::rule::range: return c.min <= m.number && m.number <= c.max;
        case constraint::rule::pattern: return c.expression.matches(m.text);
    }
    return false;
}

bool text_satisfies(const constraints& all, std::string_view text);
bool size_satisfies(const constraints& all, std::size_t size);
bool number_satisfies(const constraints& all, std::int64_t number);

inline constexpr std::size_t not_found = ~std::size_t{0};

// The index of a member, trying first `expected`: peers send members in one order.
inline std::size_t find_member(
    const structure_table& table, std::string_view name, std::size_t expected) {
    if (expected < table.members.size() && table.members[expected].name == name) return expected;
    for (std::size_t i = 0; i < table.members.size(); ++i) {
        if (table.members[i].name == name) return i;
    }
    return not_found;
}

std::size_t find_name(const type_table& enumeration, std::string_view name);

}  // namespace kinetide::wire
