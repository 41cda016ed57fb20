// The plain pass behind the parse: a tree is brought to the types of a shape, checked against its
// constraints, and written into typed values; with the service's own words for what is wrong.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kinetide/wire/form.hpp>
#include <kinetide/wire/table.hpp>

#include "tree.hpp"

namespace kinetide::wire {

// A value of the right type, or its absence.
struct plain_value {
    bool present = false;
    std::string_view key;            // in a map
    std::string_view text;           // text, a blob's bytes, an enumeration's name
    std::int64_t number = 0;         // integers, ms, boolean
    std::vector<plain_value> inner;  // members as declared, elements, a map's entries
};

struct type_error {
    std::string message;
};

// The first value of a wrong type, in the body's order, ends it: its words come back.
std::optional<type_error> convert(
    form f, const tree& from, const structure_table& table, arena& memory, plain_value& to);

// The words of a ValidationException, when constraints are broken.
std::optional<std::string> describe_violations(
    const structure_table& table, const plain_value& structure);

// Into a fresh typed structure, once nothing is broken.
void settle(const structure_table& table, const plain_value& from, arena& memory, void* structure);

}  // namespace kinetide::wire
