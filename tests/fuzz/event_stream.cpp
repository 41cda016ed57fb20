// The test kit's decoder of event streams: whatever bytes come, in whatever pieces, the messages
// are the same ones, and what is no message is refused.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "../support/event_stream.hpp"

namespace {

std::string told(std::string_view bytes, std::size_t piece) {
    kinetide::testing::event_decoder decoder;
    std::string out;
    try {
        while (!bytes.empty()) {
            decoder.feed(bytes.substr(0, piece));
            bytes.remove_prefix(std::min(piece, bytes.size()));
            while (const auto message = decoder.next()) {
                for (const auto& [name, value] : message->headers) {
                    out.append(name).append("=").append(value).append(" ");
                }
                out.append(message->payload).append("\n");
            }
        }
    } catch (const std::runtime_error&) {
        out += "refused";
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (told(bytes, size + 1) != told(bytes, 3)) std::abort();
    return 0;
}
