// Where a record goes: a point in 0 ... 2^128-1, and the ranges that shards hold of it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include <kinetide/base/uint128.hpp>

namespace kinetide {

struct hash_key {
    uint128 value = 0;

    friend constexpr bool operator==(hash_key, hash_key) = default;
    friend constexpr auto operator<=>(hash_key a, hash_key b) {
        return a.value < b.value ? -1 : (a.value > b.value ? 1 : 0);
    }

    static constexpr std::size_t text_bytes_max = 39;
    std::size_t write_text(char* out) const;

    // MD5 of the key's UTF-8 bytes, read as a big-endian number.
    static hash_key of_partition_key(std::string_view key);
};

// MD5 of many keys, in less than half the time of one by one.
class key_hasher {
public:
    // `to` is set by the time of finish() and stays where it is until then.
    void add(std::string_view key, hash_key& to);
    void finish();

private:
    static constexpr std::size_t at_once = 8;

    void hash_at_once();

    std::array<std::string_view, at_once> keys_;
    std::array<hash_key*, at_once> to_{};
    std::size_t pending_ = 0;
};

// Both ends belong to it.
struct hash_range {
    hash_key start;
    hash_key end;

    [[nodiscard]] constexpr bool holds(hash_key k) const {
        return start.value <= k.value && k.value <= end.value;
    }
    friend constexpr bool operator==(const hash_range&, const hash_range&) = default;

    // Range `index` of `count` equal ones; the last takes what division leaves.
    static hash_range of_initial_shard(std::size_t index, std::size_t count);
};

}  // namespace kinetide
