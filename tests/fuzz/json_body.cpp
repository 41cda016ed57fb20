// JSON bodies: whatever the fast pass calls good, the plain pass decodes to the same values.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "../unit/wire/both_passes.hpp"

namespace {

template <class T>
void check(std::string_view body) {
    using namespace kinetide;
    const std::string difference = wire_testing::disagreement<T>(wire::form::json, body);
    if (!difference.empty()) {
        std::fprintf(stderr, "%s\n", difference.c_str());
        std::abort();
    }
    // A body that is no object is no request, and the other way round only if it says so.
    const bool unparsable = wire_testing::decoded<T>(wire::form::json, body) == "unparsable";
    if (unparsable == wire::parses_to_object(wire::form::json, body)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    check<kinetide::wire_testing::request>(body);
    check<kinetide::wire_testing::strict_request>(body);
    return 0;
}
