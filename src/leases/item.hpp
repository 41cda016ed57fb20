// Items and their values, as the JSON they came in: {"name": {"S": "..."}, ...}.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include <kinetide/base/result.hpp>

#include "document.hpp"

namespace kinetide::leases {

inline constexpr std::size_t item_bytes_max = 400 * 1024;

// Why `v` is none of an attribute ({"S": ...} and the like), if so.
std::optional<refusal> value_refusal(value v);
// The same for an object of attributes.
std::optional<refusal> item_refusal(value item);

// The type of a good value ("S"), and what it holds.
std::string_view type_of(value v);
value content_of(value v);

// Numbers by their worth, sets without order.
bool equal_values(value a, value b);

// -1, 0 or 1 for two strings, numbers or byte strings; nothing for others, or for unlike types.
std::optional<int> compare_values(value a, value b);

// As DynamoDB counts: names and values.
std::size_t item_bytes(value item);

}  // namespace kinetide::leases
