#include "event_frames.hpp"

#include <charconv>
#include <cstdint>
#include <stdexcept>

namespace kinetide::load {
namespace {

std::uint32_t big_endian(std::string_view bytes) {
    std::uint32_t n = 0;
    for (int i = 0; i < 4; ++i) n = n << 8U | static_cast<unsigned char>(bytes[std::size_t(i)]);
    return n;
}

}  // namespace

void event_frames::join() {
    while (true) {
        const std::string_view rest = std::string_view(chunks_).substr(read_);
        const std::size_t line_end = rest.find("\r\n");
        if (line_end == std::string_view::npos) break;
        std::size_t size = 0;
        std::from_chars(rest.data(), rest.data() + line_end, size, 16);
        if (size == 0) throw std::runtime_error("the subscription ended");
        if (rest.size() < line_end + 2 + size + 2) break;
        messages_ += rest.substr(line_end + 2, size);
        read_ += line_end + 2 + size + 2;
    }
    chunks_.erase(0, read_);
    read_ = 0;
}

std::string_view event_frames::next() {
    constexpr std::size_t prelude = 12;
    constexpr std::size_t check_sum = 4;
    std::string_view rest = std::string_view(messages_).substr(told_);
    if (rest.size() < prelude || rest.size() < big_endian(rest)) {
        messages_.erase(0, told_);
        told_ = 0;
        join();
        rest = messages_;
    }
    if (rest.size() < prelude) return {};
    const std::size_t size = big_endian(rest);
    if (rest.size() < size) return {};
    const std::size_t payload_at = prelude + big_endian(rest.substr(4));
    told_ += size;
    return rest.substr(payload_at, size - payload_at - check_sum);
}

}  // namespace kinetide::load
