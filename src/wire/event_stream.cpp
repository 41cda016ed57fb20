#include <kinetide/wire/event_stream.hpp>

#include <zlib.h>
#include <array>
#include <utility>

namespace kinetide::wire {
namespace {

constexpr std::size_t crc_bytes = 4;
constexpr std::size_t prelude_bytes = 8;  // without its CRC

void put_u16(std::string& out, std::size_t value) {
    out.push_back(static_cast<char>(value >> 8U & 0xffU));
    out.push_back(static_cast<char>(value & 0xffU));
}

void put_u32(std::string& out, std::size_t value) {
    put_u16(out, value >> 16U);
    put_u16(out, value & 0xffffU);
}

void put_header(std::string& out, std::string_view name, std::string_view value) {
    constexpr char text_type = 7;
    out.push_back(static_cast<char>(name.size()));
    out.append(name).push_back(text_type);
    put_u16(out, value.size());
    out.append(value);
}

std::uint32_t crc_over(std::uint32_t before, std::string_view bytes) {
    const auto* const at = reinterpret_cast<const Bytef*>(bytes.data());
    return static_cast<std::uint32_t>(crc32_z(before, at, bytes.size()));
}

// In the order that the service sends them.
std::string headers_of(message_kind kind, std::string_view type) {
    const bool event = kind == message_kind::event;
    std::string headers;
    put_header(headers, event ? ":event-type" : ":exception-type", type);
    put_header(headers, ":content-type", "application/json");
    put_header(headers, ":message-type", event ? "event" : "exception");
    return headers;
}

}  // namespace

event_message::event_message(
    message_kind kind, std::string_view type, std::unique_ptr<body> payload)
    : payload_(std::move(payload)) {
    const std::string headers = headers_of(kind, type);
    size_ = prelude_bytes + crc_bytes + headers.size() + payload_->size() + crc_bytes;
    put_u32(head_, size_);
    put_u32(head_, headers.size());
    put_u32(head_, crc_over(0, head_));
    head_ += headers;
}

std::uint64_t event_message::size() const { return size_; }

bool event_message::next(std::string& out, std::size_t wanted) {
    const std::size_t start = out.size();
    if (!head_.empty()) out += std::exchange(head_, {});
    const bool more = payload_->next(out, wanted);
    crc_ = crc_over(crc_, std::string_view(out).substr(start));
    if (!more) put_u32(out, crc_);
    return more;
}

}  // namespace kinetide::wire
