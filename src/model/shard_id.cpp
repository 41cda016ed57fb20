#include <kinetide/model/shard_id.hpp>

#include <cstring>

namespace kinetide {
namespace {

constexpr std::string_view prefix = "shardId-";
constexpr std::size_t digits = 12;

}  // namespace

std::size_t shard_id::write_text(char* out) const {
    std::memcpy(out, prefix.data(), prefix.size());
    std::uint32_t rest = index;
    for (std::size_t i = digits; i-- > 0;) {
        out[prefix.size() + i] = static_cast<char>('0' + rest % 10);
        rest /= 10;
    }
    return prefix.size() + digits;
}

std::string shard_id::text() const {
    char buffer[text_bytes_max];
    return {buffer, write_text(buffer)};
}

std::optional<shard_id> shard_id::parse(std::string_view text) {
    constexpr std::uint64_t index_max = 2147483647;
    const auto dash = text.find('-');
    if (dash != std::string_view::npos) text.remove_prefix(dash + 1);
    if (text.empty()) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
        if (value > index_max) return std::nullopt;
    }
    return shard_id{static_cast<std::uint32_t>(value)};
}

}  // namespace kinetide
