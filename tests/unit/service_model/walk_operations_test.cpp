// What is served is what the model has, and the tables of these tests are whole.

#include <kinetide/operations/operation.hpp>
#include <regex>

#include "requests.hpp"
#include "samples.hpp"

namespace kinetide::testing {
namespace {

std::set<std::string> all_served() {
    std::set<std::string> names;
    for (const auto& o : operations::all()) names.emplace(o.name);
    return names;
}

TEST(service_model, has_57_operations_of_which_40_are_classic) {
    EXPECT_EQ(all_operations().size(), 57U);
    EXPECT_EQ(classic_operations().size(), 40U);
}

TEST(service_model, is_served_but_for_channels_and_queues) {
    EXPECT_EQ(all_served(), classic_operations());
}

TEST(service_model, has_a_request_for_each_operation) {
    const std::vector<std::string> asked = served_operations();
    const std::set<std::string> expected = classic_operations();
    EXPECT_EQ(std::set<std::string>(asked.begin(), asked.end()), expected);
    EXPECT_EQ(asked.size(), expected.size());
}

// Java's expressions and these have all that the model uses in common.
TEST(service_model, has_samples_that_are_true_to_each_pattern) {
    for (const pattern_samples& p : all_patterns()) {
        const std::regex expression(p.pattern, std::regex::ECMAScript);
        const std::regex printed(p.printed, std::regex::ECMAScript);
        const auto all = [&](const std::string& text, bool expected) {
            EXPECT_EQ(std::regex_match(text, expression), expected) << p.pattern << ": " << text;
            EXPECT_EQ(std::regex_match(text, printed), expected) << p.printed << ": " << text;
        };
        for (const std::string& text : p.matching) all(text, true);
        for (const std::string& text : p.others) all(text, false);
        if (p.grown != nullptr) all(p.grown(100), true);
    }
}

KINETIDE_EACH_OPERATION(service_model_operations);

TEST_P(service_model_operations, succeed_and_answer_by_their_output) {
    service_kit service(form);
    const json body = base_request(operation, service);
    const reply r = service.call(operation, body);
    EXPECT_TRUE(r.ok()) << r.error_code << ": " << r.message;
    EXPECT_EQ(r.bytes.empty(), !modelled(operation).contains("output"));
}

}  // namespace
}  // namespace kinetide::testing
