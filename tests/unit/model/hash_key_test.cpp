// MD5 routing and ranges, held against figures of the service.

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <kinetide/model/arn.hpp>
#include <kinetide/model/hash_key.hpp>

namespace kinetide::testing {
namespace {

std::string text_of(hash_key k) { return to_decimal(k.value); }

TEST(hash_key, is_the_md5_of_the_partition_key) {
    EXPECT_EQ(text_of(hash_key::of_partition_key("a")), "16955237001963240173058271559858726497");
    EXPECT_EQ(
        text_of(hash_key::of_partition_key("foo")), "229609063533823256041787889330700985560");
}

// Every length through the longest that goes by eight, in groups of every size, against one by one.
TEST(key_hasher, agrees_with_one_by_one) {
    std::mt19937 chance(5);
    for (std::size_t count = 0; count <= 40; ++count) {
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < count; ++i) {
            std::string text((i * 7 + count) % 70, '\0');
            for (char& c : text) c = static_cast<char>(chance());
            texts.push_back(text);
        }
        std::vector<hash_key> keys(count);
        key_hasher hasher;
        for (std::size_t i = 0; i < count; ++i) hasher.add(texts[i], keys[i]);
        hasher.finish();
        for (std::size_t i = 0; i < count; ++i) {
            ASSERT_TRUE(keys[i] == hash_key::of_partition_key(texts[i]))
                << texts[i].size() << " bytes, " << i << " of " << count;
        }
    }
}

TEST(hash_key, initial_ranges_are_the_services) {
    EXPECT_EQ(
        text_of(hash_range::of_initial_shard(0, 1).end), "340282366920938463463374607431768211455");
    EXPECT_EQ(
        text_of(hash_range::of_initial_shard(0, 3).end), "113427455640312821154458202477256070484");
    EXPECT_EQ(
        text_of(hash_range::of_initial_shard(1, 3).end), "226854911280625642308916404954512140969");
    EXPECT_EQ(
        text_of(hash_range::of_initial_shard(0, 5).end), "68056473384187692692674921486353642290");
    EXPECT_EQ(
        text_of(hash_range::of_initial_shard(1, 2).start),
        "170141183460469231731687303715884105728");
}

TEST(uint128, reads_decimal_numbers_up_to_its_end) {
    EXPECT_TRUE(*parse_decimal("340282366920938463463374607431768211455") == uint128_max);
    EXPECT_FALSE(parse_decimal("340282366920938463463374607431768211456"));
    EXPECT_FALSE(parse_decimal("999999999999999999999999999999999999999"));
    EXPECT_FALSE(parse_decimal(""));
    EXPECT_FALSE(parse_decimal("1x"));
    EXPECT_EQ(to_decimal(0), "0");
    // Nineteen digits are made at a time: zeros inside must not get lost.
    std::string text = "1";
    for (uint128 power = 1; text.size() < 39; power *= 10, text += '0') {
        EXPECT_EQ(to_decimal(power), text);
        EXPECT_EQ(to_decimal(power * 10 - 1), std::string(text.size(), '9'));
        EXPECT_TRUE(*parse_decimal(to_decimal(power + 7)) == power + 7);
    }
}

TEST(stream_arn, reads_a_streams_arn_and_no_other) {
    const auto arn = stream_arn::parse("arn:aws:kinesis:us-east-1:123456789012:stream/a.b-c_1");
    ASSERT_TRUE(arn);
    EXPECT_EQ(arn->region, "us-east-1");
    EXPECT_EQ(arn->account_id, "123456789012");
    EXPECT_EQ(arn->stream_name, "a.b-c_1");
    EXPECT_EQ(arn->text(), "arn:aws:kinesis:us-east-1:123456789012:stream/a.b-c_1");
    for (const char* bad :
         {"",
          "arn",
          "arn:aws:s3:us-east-1:123456789012:stream/s",
          "arn:aws:kinesis:us-east-1:12345:stream/s",
          "arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1",
          "arn:aws:kinesis:us-east-1:123456789012:queue/s"}) {
        EXPECT_FALSE(stream_arn::parse(bad)) << bad;
    }
    EXPECT_EQ(partition_of("cn-north-1"), "aws-cn");
}

}  // namespace
}  // namespace kinetide::testing
