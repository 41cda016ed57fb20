// Messages of application/vnd.amazon.eventstream, big-endian:
//
//   u32 bytes in all | u32 bytes of headers | u32 CRC-32 of these 8 bytes
//   headers: u8 name length, name, u8 7 (text), u16 value length, value
//   payload | u32 CRC-32 of all before
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <kinetide/wire/body.hpp>

namespace kinetide::wire {

enum class message_kind { event, exception };

// One message, encoded while it is sent.  One thread at a time.
class event_message {
public:
    // `type` is the event's or the exception's.  The payload is JSON, of at most 24 MB.
    event_message(message_kind kind, std::string_view type, std::unique_ptr<body> payload);

    // Of the whole message, in bytes.
    [[nodiscard]] std::uint64_t size() const;

    // Appends about `wanted` bytes.  False when these were the last ones.
    bool next(std::string& out, std::size_t wanted);

private:
    std::string head_;  // empty once it is written
    std::uint64_t size_ = 0;
    std::unique_ptr<body> payload_;
    std::uint32_t crc_ = 0;
};

}  // namespace kinetide::wire
