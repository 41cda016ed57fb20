// Requests that mean harm, or were written by something broken: for each operation, from ten
// classes.  Each must get an error, and change nothing.
#pragma once

#include <string>
#include <vector>

#include "support/service_test.hpp"

namespace kinetide::testing {

// A request that the operation would carry out, and a text member of it to abuse.
struct victim {
    std::string operation;
    json body;
    std::string text_member;  // empty where there is none
};

struct hostile_request {
    std::string operation;
    std::string its_class;
    std::string body;  // JSON, or what pretends to be
};

// Every operation, over a stream "orders" of two shards with a consumer "app" of this ARN.
std::vector<victim> victims(const std::string& iterator, const std::string& consumer_arn);

std::vector<hostile_request> hostile_requests(const victim& v);

}  // namespace kinetide::testing
