// What the operations on resources share: a stream "orders" with a consumer "billing".
#pragma once

#include <string>
#include <string_view>

#include "support/service_test.hpp"

namespace kinetide::testing {

class resource_test : public ::testing::TestWithParam<wire::form> {
protected:
    resource_test();

    // About a resource, by its ARN.
    reply call(std::string_view operation, const std::string& arn, json rest = json::object());

    // CREATING or DELETING for so long.
    void create_consumer(const std::string& name, std::int64_t creating_ms = 0);
    void deregister_consumer(const std::string& name, std::int64_t deleting_ms);
    // Of the one that has the name now.
    [[nodiscard]] std::string consumer_arn(const std::string& name = "billing") const;

    engine_kit engine;
    service_kit service{GetParam(), engine};
    const std::string stream = arn_of("orders");
    std::string consumer;
};

// The refusals that every operation has which takes a ResourceARN.  `rest` are its other members. A
// stream "orders" with a consumer "billing" must exist.
void expect_resource_naming_refusals(
    service_kit& service, std::string_view operation, const json& rest);

// That an operation's rate of 5 calls a second is the account's, given a call that is good.
void expect_account_rate_of_five(wire::form form, std::string_view operation, const json& body);

}  // namespace kinetide::testing

// The suite runs once for each wire form.
#define KINETIDE_RESOURCE_TESTS(suite)     \
    class suite : public resource_test {}; \
    INSTANTIATE_TEST_SUITE_P(wire, suite, every_wire_form(), form_name)
