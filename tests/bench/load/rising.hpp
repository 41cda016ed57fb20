// That the sequence numbers of a shard rise: within an answer, and from one answer of a slot to the
// next, which was asked for behind it.
#pragma once

#include <array>
#include <cstring>
#include <string_view>
#include <vector>

namespace kinetide::load {

class rising {
public:
    // False when `number` is no sequence number, or not above the last one.
    bool above(std::size_t shard, std::string_view number) {
        if (number.size() != digits) return false;
        if (shard >= last_.size()) last_.resize(shard + 1, zero());
        char* const last = last_[shard].data();
        if (std::memcmp(number.data(), last, digits) <= 0) return false;
        std::memcpy(last, number.data(), digits);
        return true;
    }
    void forget() { last_.clear(); }

private:
    static constexpr std::size_t digits = 56;
    static constexpr std::array<char, digits> zero() {
        std::array<char, digits> all{};
        all.fill('0');
        return all;
    }
    std::vector<std::array<char, digits>> last_;
};

}  // namespace kinetide::load
