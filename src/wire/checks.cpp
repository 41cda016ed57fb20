#include "checks.hpp"

#include <algorithm>

#include "text.hpp"

namespace kinetide::wire {
namespace {

bool satisfies_all(const constraints& all, const measure& m) {
    return std::all_of(
        all.begin(), all.end(), [&m](const constraint& c) { return satisfies(c, m); });
}

}  // namespace

// A unit of UTF-16 takes one to three bytes, so most texts need not be counted.
bool text_satisfies(const constraints& all, std::string_view text) {
    return std::all_of(all.begin(), all.end(), [text](const constraint& c) {
        const auto bytes = static_cast<std::int64_t>(text.size());
        if (c.what == constraint::rule::size && bytes / 3 >= c.min && bytes <= c.max) return true;
        return satisfies(c, {.text = text, .size = static_cast<std::int64_t>(utf16_units(text))});
    });
}

bool size_satisfies(const constraints& all, std::size_t size) {
    return satisfies_all(all, {.size = static_cast<std::int64_t>(size)});
}

bool number_satisfies(const constraints& all, std::int64_t number) {
    return satisfies_all(all, {.number = number});
}

std::size_t find_name(const type_table& enumeration, std::string_view name) {
    const auto found = std::find(enumeration.names.begin(), enumeration.names.end(), name);
    if (found == enumeration.names.end()) return not_found;
    return static_cast<std::size_t>(found - enumeration.names.begin());
}

}  // namespace kinetide::wire
