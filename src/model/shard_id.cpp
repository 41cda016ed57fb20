#include <kinetide/model/shard_id.hpp>

#include <cstring>

#include <kinetide/base/decimal.hpp>

namespace kinetide {
namespace {

constexpr std::string_view prefix = "shardId-";
constexpr std::size_t digits = 12;

}  // namespace

std::size_t shard_id::write_text(char* out) const {
    std::memcpy(out, prefix.data(), prefix.size());
    constexpr std::uint32_t ten_to_8 = 100'000'000;
    char* const number = out + prefix.size();
    std::memcpy(number, "00", 2);
    number[2] = static_cast<char>('0' + index / ten_to_8 / 10);
    number[3] = static_cast<char>('0' + index / ten_to_8 % 10);
    write_eight_digits(index % ten_to_8, number + 4);
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
