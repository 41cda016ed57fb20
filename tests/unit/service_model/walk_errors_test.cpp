// Every error that the model lists for an operation is reached, or it is said why not.

#include <algorithm>

#include "model.hpp"
#include "requests.hpp"
#include "scenarios.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_EACH_OPERATION(service_model_errors);

TEST_P(service_model_errors, are_reached) {
    for (const std::string& error : errors_of(operation)) {
        SCOPED_TRACE(error);
        const scenario* const known = find_scenario(operation, error);
        const unreachable* const excused = find_unreachable(operation, error);
        EXPECT_NE(known == nullptr, excused == nullptr)
            << "it has " << (known == nullptr ? "neither" : "both")
            << " of a scenario and a reason for having none";
        if (known == nullptr) continue;
        EXPECT_EQ(known->provoke(operation, form), error);
    }
}

// Rows for operations that do not list the error say nothing.
template <class Row>
void expect_all_used(const std::vector<Row>& all) {
    for (const Row& row : all) {
        for (const std::string& name : row.operations) {
            const std::vector<std::string> errors = errors_of(name);
            EXPECT_NE(std::find(errors.begin(), errors.end(), row.error), errors.end())
                << name << " does not list " << row.error;
        }
    }
}

TEST(service_model_scenarios, are_of_errors_that_the_model_lists) {
    expect_all_used(all_scenarios());
    expect_all_used(all_unreachable());
}

// What may be excused at all.
TEST(service_model_scenarios, are_missing_for_broken_machines_and_keys_only) {
    for (const unreachable& u : all_unreachable()) {
        const bool may_be = u.error.starts_with("KMS") || u.error == "InternalFailureException" ||
                            u.error == "AccessDeniedException";
        EXPECT_TRUE(may_be) << u.error;
        EXPECT_FALSE(u.reason.empty()) << u.error;
    }
}

}  // namespace
}  // namespace kinetide::testing
