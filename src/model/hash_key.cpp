#include <kinetide/model/hash_key.hpp>

// MD5() is deprecated in OpenSSL 3, but it alone needs no context and no fetch: 0.1 us a key
// against 0.3 us of EVP_Q_digest.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/md5.h>

#include <kinetide/base/avx2.hpp>

#include "md5_lanes.hpp"

namespace kinetide {

std::size_t hash_key::write_text(char* out) const { return write_decimal(value, out); }

hash_key hash_key::of_partition_key(std::string_view key) {
    unsigned char digest[MD5_DIGEST_LENGTH];
    MD5(reinterpret_cast<const unsigned char*>(key.data()), key.size(), digest);
    uint128 value = 0;
    for (const unsigned char byte : digest) value = value << 8 | byte;
    return {value};
}

void key_hasher::add(std::string_view key, hash_key& to) {
    if (key.size() > md5_lanes::text_bytes_max || !has_avx2()) {
        to = hash_key::of_partition_key(key);
        return;
    }
    keys_[pending_] = key;
    to_[pending_] = &to;
    if (++pending_ == at_once) finish();
}

void key_hasher::finish() {
    constexpr std::size_t worth_it = 3;
    if (pending_ >= worth_it) {
        hash_at_once();
    } else {
        for (std::size_t i = 0; i < pending_; ++i) *to_[i] = hash_key::of_partition_key(keys_[i]);
    }
    pending_ = 0;
}

void key_hasher::hash_at_once() {
    static_assert(at_once == md5_lanes::lanes);
    std::array<std::array<std::uint32_t, 4>, at_once> digests;
    md5_lanes::digest(keys_, digests);
    for (std::size_t i = 0; i < pending_; ++i) {
        uint128 value = 0;
        // The digest is the words' bytes from the least significant one.
        for (const std::uint32_t word : digests[i]) value = value << 32U | __builtin_bswap32(word);
        *to_[i] = {value};
    }
}

hash_range hash_range::of_initial_shard(std::size_t index, std::size_t count) {
    // floor(2^128 / count) without a 129-bit number.
    const auto n = static_cast<uint128>(count);
    const uint128 width = uint128_max / n + (uint128_max % n == n - 1 ? 1 : 0);
    if (count == 1) return {{0}, {uint128_max}};
    const auto i = static_cast<uint128>(index);
    const bool last = index + 1 == count;
    return {{i * width}, {last ? uint128_max : (i + 1) * width - 1}};
}

}  // namespace kinetide
