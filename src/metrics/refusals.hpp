// What CloudWatch says no with: a maker for each case.
#pragma once

#include <string>
#include <string_view>

#include <kinetide/base/result.hpp>

namespace kinetide::metrics::refusals {

refusal missing(std::string_view parameter);
refusal invalid_value(std::string_view parameter, std::string_view value);
refusal not_ascii(std::string_view parameter, std::string_view value);
refusal not_matching(std::string_view parameter, std::string_view value, std::string_view pattern);
refusal invalid(std::string message);
refusal combination(std::string message);
refusal too_many(std::string_view collection, std::size_t count_max);
refusal too_long(std::string_view parameter, std::size_t length_max);
refusal both(std::string_view one, std::string_view other);
refusal invalid_token();
refusal malformed();
refusal not_served(std::string_view operation);

}  // namespace kinetide::metrics::refusals
