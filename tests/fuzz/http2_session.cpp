// A connection's bytes behind HTTP/2's preface: whatever comes, in whatever pieces, requests are
// the same ones, what is held stays bounded, and what is answered is in the limits.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "../../src/http/first_bytes.hpp"
#include "../../src/http/http2_machine.hpp"

namespace {

using namespace kinetide::http;

void demand(bool holds) {
    if (!holds) std::abort();
}

// Small, so that inputs reach them.
limits small_limits() {
    limits l;
    l.body_bytes_max = 10'000;
    l.header_bytes_max = 1'000;
    l.header_fields_max = 10;
    l.target_bytes_max = 200;
    return l;
}
const limits bounds = small_limits();

class seen_stream final : public http2_stream {
public:
    [[nodiscard]] const request& asked() const { return request_; }
};

// Notes each request and answers it with its body.
class echo final : public http2_machine::listener {
public:
    std::shared_ptr<http2_stream> open() override { return std::make_shared<seen_stream>(); }
    void head(http2_stream& s) override {
        const request& r = static_cast<seen_stream&>(s).asked();
        demand(r.target.size() <= bounds.target_bytes_max);
        demand(r.fields.size() <= bounds.header_fields_max);
        for (const field& f : r.fields) {
            demand(!f.name.empty() && f.value.find_first_of("\r\n") == std::string_view::npos);
        }
    }
    void whole(http2_stream& s) override {
        const request& r = static_cast<seen_stream&>(s).asked();
        demand(r.body.size() <= bounds.body_bytes_max);
        told.append(r.method).append(" ").append(r.target).append(" ").append(r.body).append("\n");
        response answer;
        answer.body = r.body;
        machine->answer(s.id(), std::move(answer));
    }
    void moved(http2_stream&) override {}
    void gone(http2_stream&) override {}

    std::string told;
    http2_machine* machine = nullptr;
};

std::string verdict(std::string_view bytes, std::size_t piece) {
    echo listener;
    http2_machine machine(bounds, listener);
    listener.machine = &machine;
    std::string out;
    while (!bytes.empty()) {
        const std::string_view some = bytes.substr(0, piece);
        bytes.remove_prefix(some.size());
        if (!machine.received(some)) break;
        machine.produce(out, out.size() + 64 * 1024);
        demand(machine.body_bytes_held() <= 32U * 1024 * 1024);
        demand(machine.stream_count() <= 1024);
    }
    return std::move(listener.told);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (std::size_t n = 0; n <= std::min(size, http2_preface.size()); ++n) {
        const protocol p = protocol_of(bytes.substr(0, n));
        // What is clear stays so, whatever follows.
        if (p != protocol::unclear) demand(protocol_of(bytes) == p);
    }
    // The preface is not worth finding out.
    const std::string whole = std::string(http2_preface) + std::string(bytes);
    // Where a connection ends, nghttp2 takes what is left of the same piece, and no other piece.
    const std::string at_once = verdict(whole, whole.size());
    const std::string in_pieces = verdict(whole, 7);
    demand(at_once.starts_with(in_pieces) || in_pieces.starts_with(at_once));
    return 0;
}
