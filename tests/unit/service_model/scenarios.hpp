// How each error that the model lists is provoked, and which cannot be, and why.
#pragma once

#include <string>
#include <vector>

#include "support/service_test.hpp"

namespace kinetide::testing {

// Asks an operation what it has to refuse, and gives the code that it answers with.
struct scenario {
    std::string error;
    std::string (*provoke)(const std::string& operation, wire::form form);
    // None: of every operation with this error that has no scenario of its own.
    std::vector<std::string> operations;
};

struct unreachable {
    std::string error;
    std::string reason;
    std::vector<std::string> operations;  // none: of every one
};

// The operation's own one, else the one for all; nullptr when there is none.
const scenario* find_scenario(const std::string& operation, const std::string& error);
const unreachable* find_unreachable(const std::string& operation, const std::string& error);

const std::vector<scenario>& all_scenarios();
const std::vector<unreachable>& all_unreachable();

}  // namespace kinetide::testing
