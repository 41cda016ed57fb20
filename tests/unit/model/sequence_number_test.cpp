// The layout of version 2, held against numbers that the real service gave.

#include <gtest/gtest.h>

#include <kinetide/base/uint128.hpp>
#include <kinetide/model/sequence_number.hpp>

namespace kinetide::testing {
namespace {

TEST(sequence_number, reads_and_writes_a_number_of_the_service) {
    constexpr std::string_view text = "49590338271490256608559692538361571095921575989136588898";
    const auto parsed = parse_sequence_number(text);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->version, 2);
    EXPECT_EQ(parsed->number.shard_creation_s, 0x05bf4e5c2);
    EXPECT_EQ(parsed->number.counter, 0x67648a17ULL);
    EXPECT_EQ(parsed->number.time_s, 0x05c181eea);
    EXPECT_EQ(parsed->number.shard.index, 6U);
    EXPECT_EQ(parsed->number.text(), text);
}

TEST(sequence_number, shards_of_one_stream_start_a_known_step_apart) {
    const std::int64_t created_s = 1'542'776'258;
    const std::string step = "22300745198530623141535718272648361505980432";
    for (std::uint32_t i = 1; i < 16; ++i) {
        const sequence_number before{created_s, 0, created_s, {i - 1}};
        const sequence_number after{created_s, 0, created_s, {i}};
        // Decimal addition of the step, digit by digit.
        std::string sum = before.text();
        int carry = 0;
        for (std::size_t d = 0; d < sum.size(); ++d) {
            char& digit = sum[sum.size() - 1 - d];
            const int more = d < step.size() ? step[step.size() - 1 - d] - '0' : 0;
            const int total = digit - '0' + more + carry;
            digit = static_cast<char>('0' + total % 10);
            carry = total / 10;
        }
        EXPECT_EQ(sum, after.text());
    }
}

TEST(sequence_number, compares_as_its_text_does) {
    const sequence_number numbers[] = {
        {100, 0, 100, {1}},
        {100, 1, 100, {1}},
        {100, 1, 101, {1}},
        {100, sequence_number::counter_of_end, 100, {1}},
        {100, 0, 100, {2}},
        {101, 0, 101, {0}},
    };
    for (const auto& a : numbers) {
        for (const auto& b : numbers) {
            EXPECT_EQ(a < b, a.text() < b.text()) << a.text() << " " << b.text();
            EXPECT_EQ(a == b, a.text() == b.text());
        }
    }
}

TEST(sequence_number, tells_older_versions_and_refuses_what_is_none) {
    const auto five = parse_sequence_number("5");
    ASSERT_TRUE(five);
    EXPECT_EQ(five->version, 0);
    EXPECT_EQ(five->number.shard.index, 5U);

    EXPECT_FALSE(parse_sequence_number(""));
    EXPECT_FALSE(parse_sequence_number("12a"));
    EXPECT_FALSE(parse_sequence_number(std::string(129, '9')));
    const std::string good = "49590338271490256608559692538361571095921575989136588898";
    ASSERT_TRUE(parse_sequence_number(good));
    // The same with 3 for its first hex digit, 16 to the 46 more.
    EXPECT_FALSE(parse_sequence_number("74110266925344478342293244972766518033821401944074223714"));
    // Right length, but neither of the versions in its last digit.
    EXPECT_FALSE(parse_sequence_number("49590338271490256608559692538361571095921575989136588899"));
}

TEST(shard_id, reads_leniently_and_writes_twelve_digits) {
    EXPECT_EQ(shard_id{7}.text(), "shardId-000000000007");
    for (const char* good : {"0", "shard-0", "shardId-0", "whatever-0", "shardId-000000000000"}) {
        const auto id = shard_id::parse(good);
        ASSERT_TRUE(id) << good;
        EXPECT_EQ(id->index, 0U);
    }
    EXPECT_EQ(shard_id::parse("a-00002147483647")->index, 2147483647U);
    EXPECT_EQ(shard_id::parse("-00002147483647")->index, 2147483647U);
    for (const char* bad : {"", "2147483648", "shardId-002147483648", "ABKLFD8", "2.14E4", "a-"}) {
        EXPECT_FALSE(shard_id::parse(bad)) << bad;
    }
}

}  // namespace
}  // namespace kinetide::testing
