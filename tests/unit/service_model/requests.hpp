// For each operation a request that succeeds, with what must be there for it.
#pragma once

#include <string>
#include <tuple>
#include <vector>

#include "support/service_test.hpp"

namespace kinetide::testing {

struct request {
    const char* operation;
    // Makes what the request needs, and gives its body.  What it names is a stream "orders", in the
    // account and region of the kit.
    json (*prepare)(service_kit& service);
};

// One for each operation that is served.
const std::vector<request>& base_requests();
// Others, for members of answers that those do not show.
const std::vector<request>& more_requests();

json base_request(const std::string& operation, service_kit& service);

// A call that must succeed.  A second later, so that no preparation is too fast for any profile.
json done(service_kit& service, const std::string& operation, const json& body);

// Tests that are asked of each operation, in each form.
using asked = std::tuple<std::string, wire::form>;
std::vector<std::string> served_operations();
std::string asked_name(const ::testing::TestParamInfo<asked>& p);

class of_each_operation : public ::testing::TestWithParam<asked> {
protected:
    const std::string operation = std::get<0>(GetParam());
    const wire::form form = std::get<1>(GetParam());
};

}  // namespace kinetide::testing

#define KINETIDE_EACH_OPERATION(suite)                                                   \
    class suite : public of_each_operation {};                                           \
    INSTANTIATE_TEST_SUITE_P(                                                            \
        wire,                                                                            \
        suite,                                                                           \
        ::testing::Combine(::testing::ValuesIn(served_operations()), every_wire_form()), \
        asked_name)
