// Exact over the clock: one second's worth, refilled by the millisecond.

#include <gtest/gtest.h>

#include <kinetide/engine/token_bucket.hpp>

namespace kinetide::testing {
namespace {

constexpr instant start{1'800'000'000'000};

TEST(token_bucket, gives_one_seconds_worth_and_refills_by_the_millisecond) {
    engine::token_bucket bucket(1000);
    for (int i = 0; i < 1000; ++i) {
        ASSERT_TRUE(bucket.has(1, start));
        bucket.take(1);
    }
    EXPECT_FALSE(bucket.has(1, start));
    EXPECT_TRUE(bucket.has(1, start + 1));
    EXPECT_FALSE(bucket.has(2, start + 1));
    EXPECT_TRUE(bucket.has(1000, start + 1000));
    EXPECT_TRUE(bucket.has(1000, start + 10'000'000)) << "never more than a second's worth";
}

TEST(token_bucket, lets_a_larger_amount_pass_when_full_and_waits_out_the_debt) {
    engine::token_bucket bucket(100);
    ASSERT_TRUE(bucket.has(1000, start));
    bucket.take(1000);
    EXPECT_FALSE(bucket.has(1, start + 9'000));
    EXPECT_TRUE(bucket.has(1, start + 9'010));
    EXPECT_FALSE(bucket.has(1000, start + 9'999));
    EXPECT_TRUE(bucket.has(1000, start + 10'000));
}

TEST(token_bucket, refills_nothing_when_the_clock_goes_back) {
    engine::token_bucket bucket(10);
    ASSERT_TRUE(bucket.has(10, start));
    bucket.take(10);
    EXPECT_FALSE(bucket.has(1, start - 3'600'000));
    EXPECT_TRUE(bucket.has(1, start - 3'600'000 + 100));
}

TEST(token_bucket, refills_no_millisecond_twice_for_a_caller_that_is_late) {
    engine::token_bucket bucket(1000);
    ASSERT_TRUE(bucket.has(1000, start));
    bucket.take(1000);
    EXPECT_TRUE(bucket.has(20, start + 20));
    EXPECT_FALSE(bucket.has(21, start));
    EXPECT_FALSE(bucket.has(21, start + 20));
    EXPECT_TRUE(bucket.has(21, start + 21));
}

TEST(token_bucket, has_what_is_paid_for_whole) {
    engine::token_bucket bucket(100);
    ASSERT_TRUE(bucket.has(1, start));
    bucket.take_whole(500);
    EXPECT_FALSE(bucket.has(1, start + 5'000));
    EXPECT_TRUE(bucket.has(1, start + 5'010));
    bucket.take_whole(1);
    EXPECT_FALSE(bucket.has(1, start + 5'010));
}

TEST(token_bucket, says_when_an_amount_passes) {
    engine::token_bucket bucket(100);
    EXPECT_EQ(bucket.passes_at(100, start), start);
    bucket.take(100);
    EXPECT_EQ(bucket.passes_at(7, start), start + 70);
    EXPECT_EQ(bucket.passes_at(1'000, start), start + 1'000) << "when it is full";
    EXPECT_FALSE(bucket.has(7, start + 69));
    EXPECT_TRUE(bucket.has(7, start + 70));

    engine::token_bucket odd(3);
    ASSERT_TRUE(odd.has(3, start));
    odd.take(3);
    EXPECT_EQ(odd.passes_at(1, start), start + 334);
    EXPECT_FALSE(odd.has(1, start + 333));
    EXPECT_TRUE(odd.has(1, start + 334));
}

}  // namespace
}  // namespace kinetide::testing
