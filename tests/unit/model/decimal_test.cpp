// Digits nineteen at a time against one digit at a time.

#include <kinetide/base/decimal.hpp>

#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include <kinetide/model/sequence_number.hpp>
#include <kinetide/model/shard_id.hpp>

namespace kinetide::testing {
namespace {

// `digits` digits of a number of hexadecimal digits, most significant first: multiplied and added.
std::string plain_decimal(const std::string& hex, std::size_t digits) {
    std::string reversed(digits, '0');
    for (const char h : hex) {
        unsigned carry = static_cast<unsigned>(std::stoul(std::string(1, h), nullptr, 16));
        for (char& c : reversed) {
            carry += 16 * static_cast<unsigned>(c - '0');
            c = static_cast<char>('0' + carry % 10);
            carry /= 10;
        }
        EXPECT_EQ(carry, 0U);
    }
    return {reversed.rbegin(), reversed.rend()};
}

std::string hex(std::uint64_t value, std::size_t digits) {
    std::string out(digits, '0');
    for (std::size_t i = digits; i-- > 0; value >>= 4U) out[i] = "0123456789abcdef"[value & 15U];
    return out;
}

// As the header has it: prefix, creation, low nibble of the shard, counter, zero, time, shard, 2.
std::string plain_text(const sequence_number& n) {
    return plain_decimal(
        "2" + hex(static_cast<std::uint64_t>(n.shard_creation_s), 9) + hex(n.shard.index & 15U, 1) +
            hex(n.counter, 16) + "00" + hex(static_cast<std::uint64_t>(n.time_s), 9) +
            hex(n.shard.index, 8) + "2",
        sequence_number::text_bytes_max);
}

TEST(decimal, divides_as_the_processor_does) {
    std::mt19937_64 chance(1);
    const auto check = [](std::uint64_t high, std::uint64_t low) {
        const uint128 value = static_cast<uint128>(high) << 64U | low;
        const division d = divide_by_ten_to_19(high, low);
        ASSERT_EQ(d.quotient, static_cast<std::uint64_t>(value / ten_to_19)) << high << ' ' << low;
        ASSERT_EQ(d.rest, static_cast<std::uint64_t>(value % ten_to_19)) << high << ' ' << low;
    };
    const std::uint64_t edges[] = {0, 1, ten_to_19 - 1, ten_to_19, ten_to_19 + 1, ~0ULL - 1, ~0ULL};
    for (const std::uint64_t high : edges) {
        for (const std::uint64_t low : edges) {
            if (high < ten_to_19) check(high, low);
        }
    }
    for (int i = 0; i < 100'000; ++i) check(chance() % ten_to_19, chance());
}

TEST(decimal, writes_all_digits_of_a_part) {
    std::mt19937_64 chance(2);
    for (int i = 0; i < 100'000; ++i) {
        const std::uint64_t value = (chance() % ten_to_19) >> (i % 64);
        std::string text(19, ' ');
        write_nineteen_digits(value, text.data());
        const std::string plain = std::to_string(value);
        ASSERT_EQ(text, std::string(19 - plain.size(), '0') + plain);
        if (plain.size() > 18) continue;
        text.resize(18);
        write_eighteen_digits(value, text.data());
        ASSERT_EQ(text, std::string(18 - plain.size(), '0') + plain);
    }
}

TEST(decimal, writes_sequence_numbers_of_all_kinds) {
    std::mt19937_64 chance(3);
    constexpr std::uint64_t thirty_six_bits = (1ULL << 36U) - 1;
    const auto random_time = [&] {
        return static_cast<std::int64_t>(chance() & thirty_six_bits >> (chance() % 36));
    };
    for (int i = 0; i < 20'000; ++i) {
        const sequence_number n{
            random_time(),
            chance() >> (1 + chance() % 63),
            random_time(),
            {static_cast<std::uint32_t>(chance() >> (32 + chance() % 32))}};
        ASSERT_EQ(n.text(), plain_text(n));
    }
    const sequence_number largest{
        static_cast<std::int64_t>(thirty_six_bits),
        ~std::uint64_t{0},
        static_cast<std::int64_t>(thirty_six_bits),
        {~std::uint32_t{0}}};
    EXPECT_EQ(largest.text(), plain_text(largest));
    EXPECT_EQ(largest.shard.text(), "shardId-004294967295");
}

}  // namespace
}  // namespace kinetide::testing
