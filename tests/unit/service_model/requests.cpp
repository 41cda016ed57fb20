#include "requests.hpp"

#include <stdexcept>

namespace kinetide::testing {

json base_request(const std::string& operation, service_kit& service) {
    for (const request& r : base_requests()) {
        if (operation == r.operation) return r.prepare(service);
    }
    throw std::runtime_error("no request for " + operation);
}

json done(service_kit& service, const std::string& operation, const json& body) {
    const reply r = service.call(operation, body);
    EXPECT_TRUE(r.ok()) << operation << " for a preparation: " << r.error_code << " " << r.message;
    service.clock.advance_ms(1'000);
    return r.body;
}

std::vector<std::string> served_operations() {
    std::vector<std::string> names;
    for (const request& r : base_requests()) names.emplace_back(r.operation);
    return names;
}

std::string asked_name(const ::testing::TestParamInfo<asked>& p) {
    const bool in_json = std::get<1>(p.param) == wire::form::json;
    return std::get<0>(p.param) + (in_json ? "_json" : "_cbor");
}

}  // namespace kinetide::testing
