// Items and their values, kept as the JSON they came in: {"name": {"S": "..."}, ...}.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include <kinetide/base/result.hpp>

namespace kinetide::leases {

using json = nlohmann::json;

inline constexpr std::size_t item_bytes_max = 400 * 1024;

// Why `value` is none of an attribute ({"S": ...} and the like), if so.
std::optional<refusal> value_refusal(const json& value);
// The same for an object of attributes.
std::optional<refusal> item_refusal(const json& item);

// The type of a good value ("S"), and what it holds.
std::string_view type_of(const json& value);
const json& content_of(const json& value);

// Numbers by their worth, sets without order.
bool equal_values(const json& a, const json& b);

// -1, 0 or 1 for two strings, numbers or byte strings; nothing for others, or for unlike types.
std::optional<int> compare_values(const json& a, const json& b);

// As DynamoDB counts: names and values.
std::size_t item_bytes(const json& item);

}  // namespace kinetide::leases
