// `shardId-000000000007`: a shard's index in its stream, rising from 0, never used twice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kinetide {

struct shard_id {
    std::uint32_t index = 0;

    friend constexpr auto operator<=>(shard_id, shard_id) = default;

    static constexpr std::size_t text_bytes_max = 20;
    std::size_t write_text(char* out) const;
    [[nodiscard]] std::string text() const;

    // Lenient as the service is: what follows the first '-' (or all of it, without one) in decimal,
    // up to 2147483647.  Nothing for anything else.
    static std::optional<shard_id> parse(std::string_view text);
};

}  // namespace kinetide
