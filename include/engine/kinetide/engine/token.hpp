// Shard iterators and paging tokens: self-contained and signed, so that any node with the key takes
// them, after a restart too.
//
// Bytes, big-endian: 00 00 00 00 00 00 00 01 (as AWS's begin) | version | kind | issue ms (8) |
// nonce (8) | generation (8) | shard (4) | position (8) | filter (1) | filter ms (8) |
// account (12) | region length (1) | region | name length (1) | name | after length (1) | after |
// HMAC-SHA256, first 16 bytes.
// As base64 at most 328 characters at the longest names; with `after` 500, the API allows 512.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <kinetide/base/clock.hpp>
#include <kinetide/engine/change.hpp>

namespace kinetide::engine {

enum class token_kind : std::uint8_t {
    shard_iterator = 1,
    list_streams = 2,
    list_shards = 3,
    list_consumers = 4
};

struct token {
    token_kind kind = token_kind::shard_iterator;
    instant issued;
    std::uint64_t nonce = 0;
    stream_id stream;
    shard_id shard;
    std::uint64_t position = 0;
    std::uint8_t filter = 0;  // ListShards: the filter it goes on with
    instant filter_at;
    std::string after;  // ListStreamConsumers: the name it goes on behind
};

class token_signer {
public:
    explicit token_signer(const std::array<unsigned char, 32>& key);

    // Any thread.
    [[nodiscard]] std::string sign(const token& t) const;
    // Nothing for what this key did not sign, or signed as another kind.
    [[nodiscard]] std::optional<token> open(std::string_view text, token_kind kind) const;

private:
    std::array<unsigned char, 32> key_;
};

}  // namespace kinetide::engine
