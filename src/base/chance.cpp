#include <kinetide/base/chance.hpp>

#include <sys/random.h>

#include <cstring>
#include <stdexcept>

namespace kinetide {
namespace {

// The finalizer of splitmix64: every bit of the input moves every bit of the output.
constexpr std::uint64_t mixed(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

}  // namespace

chance::chance(std::optional<std::uint64_t> seed) {
    if (seed) {
        std::uint64_t state = *seed;
        for (std::size_t i = 0; i < secret_.size(); i += sizeof state) {
            state = mixed(state);
            std::memcpy(secret_.data() + i, &state, sizeof state);
        }
    } else if (
        getrandom(secret_.data(), secret_.size(), 0) != static_cast<ssize_t>(secret_.size())) {
        throw std::runtime_error("the system gives no randomness (getrandom failed)");
    }
    std::memcpy(&key_, secret_.data(), sizeof key_);
    key_ = mixed(key_ ^ 0x6b696e6574696465ULL);
}

std::uint64_t chance::draw(
    std::string_view kind, std::uint64_t object, std::uint64_t counter) const {
    std::uint64_t h = key_;
    for (const char c : kind) h = mixed(h ^ static_cast<unsigned char>(c));
    return mixed(mixed(h ^ object) ^ counter);
}

}  // namespace kinetide
