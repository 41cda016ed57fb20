// The HTTP/1.x front: whatever bytes come, in whatever pieces, the verdict is that of the whole,
// and what is let through has nothing in it that a handler or the guard could trip over.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <kinetide/http/guard.hpp>
#include <string>
#include <string_view>

#include "../../src/http/http1_parser.hpp"

namespace {

using namespace kinetide::http;

// Small, so that inputs reach them.
limits small_limits() {
    limits l;
    l.body_bytes_max = 100'000;
    l.header_bytes_max = 1'000;
    l.header_fields_max = 10;
    l.target_bytes_max = 200;
    return l;
}

void demand(bool holds) {
    if (!holds) std::abort();
}

void check_head(const request& r, const limits& bounds) {
    demand(!r.method.empty() && r.target.size() <= bounds.target_bytes_max);
    demand(r.target.front() == '/' || r.target == "*");
    demand(r.fields.size() <= bounds.header_fields_max + 1);  // the Host of an absolute target
    for (const field& f : r.fields) {
        demand(!f.name.empty() && f.value.find_first_of("\r\n") == std::string_view::npos);
        demand(f.value.find('\0') == std::string_view::npos);
    }
}

// Feeds in pieces of `piece` bytes; one character or more an event.
std::string verdict(std::string_view bytes, std::size_t piece) {
    static const limits bounds = small_limits();
    static const guard door({{".example.com"}, {"http://page.example.com"}});
    spare_buffers spares(bounds.body_bytes_max);
    http1_parser parser(bounds, spares);
    std::string told;
    while (true) {
        switch (parser.next()) {
            case http1_parser::step::more: {
                (void)parser.owes_continue();
                if (bytes.empty()) return told;
                const auto room = parser.room();
                demand(!room.empty());
                const std::size_t fed = std::min({room.size(), bytes.size(), piece});
                std::copy_n(bytes.data(), fed, room.data());
                parser.received(fed);
                bytes.remove_prefix(fed);
                break;
            }
            case http1_parser::step::head: {
                check_head(parser.asked(), bounds);
                const std::string refusal = door.refusal_of(parser.asked());
                demand(refusal.size() < 300);
                told += refusal.empty() ? 'h' : 'g';
                told += parser.asked().target;
                break;
            }
            case http1_parser::step::complete:
                demand(parser.asked().body.size() <= bounds.body_bytes_max);
                told += 'c';
                told += parser.asked().body;
                parser.finish();
                break;
            case http1_parser::step::refused:
                // 0: not HTTP, so not answered.
                demand(parser.why().status == 0 || parser.why().status >= 400);
                demand(!parser.why().reason.empty());
                return told + std::to_string(parser.why().status);
        }
        demand(parser.bytes_held() <= 3 * bounds.body_bytes_max);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    // The first byte says how the rest is cut.
    const std::string_view rest = bytes.substr(1);
    const std::string whole = verdict(rest, rest.size() + 1);
    demand(verdict(rest, std::size_t{data[0]} + 1) == whole);
    demand(verdict(rest, 1) == whole);
    return 0;
}
