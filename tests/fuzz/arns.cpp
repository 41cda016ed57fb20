// ARNs as a peer may send them: whatever parses prints back, and the patterns that stand before the
// parsers let all of it through.

#include <cstddef>
#include <cstdint>
#include <kinetide/model/arn.hpp>
#include <kinetide/operations/patterns.hpp>
#include <string_view>

#include "input.hpp"

namespace {

using namespace kinetide;
using fuzzing::demand;
namespace patterns = operations::patterns;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzzing::input(data, size).text();
    // A pattern's `.` is no line end.
    const bool one_line = text.find_first_of("\r\n") == std::string_view::npos;

    const auto stream = stream_arn::parse(text);
    if (stream) {
        demand(stream->text() == text);
        demand(patterns::is_stream_arn(text) == one_line);
        demand(partition_of(stream->region).starts_with("aws"));
    }
    const auto consumer = consumer_arn::parse(text);
    if (consumer) {
        demand(consumer->text() == text && consumer->created_s >= 0);
        demand(patterns::is_consumer_arn(text) == one_line);
    }
    demand(!stream || !consumer);
    if (patterns::is_stream_arn(text) || patterns::is_consumer_arn(text)) {
        demand(one_line && patterns::is_resource_arn(text));
    }
    return 0;
}
