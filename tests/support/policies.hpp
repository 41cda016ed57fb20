// Resource policies as tests put them.
#pragma once

#include <string>

#include "support/service_test.hpp"

namespace kinetide::testing {

// One statement.  `principal` and `action` are texts or lists of them.
inline json statement(
    const json& principal,
    const json& action,
    const std::string& arn,
    const std::string& effect = "Allow") {
    return {
        {"Effect", effect},
        {"Principal", {{"AWS", principal}}},
        {"Action", action},
        {"Resource", arn}};
}

inline std::string policy_of(const json& statements) {
    return json{{"Version", "2012-10-17"}, {"Statement", statements}}.dump();
}

}  // namespace kinetide::testing
