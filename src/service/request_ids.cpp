#include "request_ids.hpp"

#include <openssl/evp.h>
#include <sys/random.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace kinetide::service {
namespace {

// xoshiro256**: ids need to differ, not to be secret, and come with every request.
class generator {
public:
    generator() {
        // Short of randomness at start-up, the address and the pattern below still set threads
        // apart.
        state_ = {reinterpret_cast<std::uintptr_t>(this), 0x9e3779b97f4a7c15ULL, 1, 2};
        (void)!getrandom(state_.data(), sizeof state_, GRND_NONBLOCK);
    }

    std::uint64_t next() {
        const std::uint64_t value = rotated(state_[1] * 5, 7) * 9;
        const std::uint64_t shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = rotated(state_[3], 45);
        return value;
    }

private:
    static std::uint64_t rotated(std::uint64_t x, int by) { return x << by | x >> (64 - by); }

    std::array<std::uint64_t, 4> state_{};
};

generator& chance() {
    thread_local generator g;
    return g;
}

}  // namespace

std::string new_request_id() {
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::string_view form = "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx";
    const std::uint64_t bits[2] = {chance().next(), chance().next()};
    std::string id(form);
    std::size_t nibble = 0;
    for (char& c : id) {
        if (c != 'x') continue;
        c = digits[bits[nibble / 16] >> (nibble % 16 * 4) & 15U];
        ++nibble;
    }
    return id;
}

std::string new_extended_id() {
    std::array<std::uint64_t, 9> bits;
    for (std::uint64_t& b : bits) b = chance().next();
    std::string id(sizeof bits / 3 * 4, '\0');
    // It also writes the NUL behind them.
    EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(id.data()),
        reinterpret_cast<const unsigned char*>(bits.data()),
        sizeof bits);
    return id;
}

}  // namespace kinetide::service
