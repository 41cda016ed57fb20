// The expressions that lease clients write: comparisons of an attribute with a value,
// attribute_exists and attribute_not_exists, AND, OR, NOT and brackets; SET and REMOVE; lists of
// names.  No paths into values, no functions or sums in SET.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "condition.hpp"
#include "placeholders.hpp"
#include "update.hpp"

namespace kinetide::leases {

// As DynamoDB bounds them.
inline constexpr std::size_t expression_bytes_max = 4096;
// Of brackets and NOTs; deeper ones are refused.
inline constexpr int expression_depth_max = 32;

// `member` is the request's name for it ("ConditionExpression"), for the texts.
result<condition> parse_condition(std::string_view member, std::string_view text, placeholders& p);
result<std::vector<attribute_change>> parse_update(std::string_view text, placeholders& p);
result<std::vector<std::string>> parse_projection(std::string_view text, placeholders& p);

}  // namespace kinetide::leases
