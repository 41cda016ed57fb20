#include <kinetide/model/hash_key.hpp>

// MD5() is deprecated in OpenSSL 3, but it alone needs no context and no fetch: 0.1 us a key
// against 0.3 us of EVP_Q_digest.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/md5.h>

#include <cstring>

namespace kinetide {

std::size_t hash_key::write_text(char* out) const {
    const std::string digits = to_decimal(value);
    std::memcpy(out, digits.data(), digits.size());
    return digits.size();
}

hash_key hash_key::of_partition_key(std::string_view key) {
    unsigned char digest[MD5_DIGEST_LENGTH];
    MD5(reinterpret_cast<const unsigned char*>(key.data()), key.size(), digest);
    uint128 value = 0;
    for (const unsigned char byte : digest) value = value << 8 | byte;
    return {value};
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
