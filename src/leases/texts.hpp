// What DynamoDB says when it says no: a maker for each case.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include <kinetide/base/result.hpp>

namespace kinetide::leases::texts {

refusal table_missing();                        // of the calls about items
refusal table_missing(std::string_view table);  // of the calls about tables
refusal table_exists(std::string_view table);
refusal index_missing(std::string_view index);
refusal index_exists(std::string_view index);

refusal condition_failed();
refusal not_valid(std::string_view what);  // ValidationException, whole text
refusal parameter_invalid(std::string_view what);
refusal member_missing(std::string_view member);
refusal member_of_another_type(std::string_view member);
refusal unreadable();

// What this room does not take, and what to do.
refusal not_served(std::string_view what);

refusal key_missing(std::string_view attribute);
refusal key_does_not_match();
refusal key_is_fixed(std::string_view attribute);
refusal key_type_mismatch(
    std::string_view attribute, std::string_view expected, std::string_view actual);
refusal item_too_large(bool by_update);

}  // namespace kinetide::leases::texts
