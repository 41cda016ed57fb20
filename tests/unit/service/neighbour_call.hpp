// A call to one of the services beside Kinesis, as a client of JSON makes it.
#pragma once

#include <string>

#include "support/service_test.hpp"

namespace kinetide::testing {

// `target` is the whole of X-Amz-Target.
inline json neighbour_call(service_kit& service, const std::string& target, const json& members) {
    const reply r = service.send(
        {"POST",
         "/",
         {{"Authorization", std::string(well_signed)},
          {"X-Amz-Date", "20260101T000000Z"},
          {"Content-Type", "application/x-amz-json-1.0"},
          {"X-Amz-Target", target}},
         members.dump()});
    EXPECT_TRUE(r.ok()) << r.bytes;
    return json::parse(r.bytes);
}

}  // namespace kinetide::testing
