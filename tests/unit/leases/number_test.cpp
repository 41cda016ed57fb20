// Numbers are decimal and exact, as DynamoDB keeps them.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "leases/number.hpp"

namespace kinetide::testing {
namespace {

using leases::number;

std::string shown(const std::string& text) {
    const auto n = number::parse(text);
    return n ? n->text() : "none";
}

std::string sum(const std::string& a, const std::string& b) {
    const auto total = number::parse(a)->plus(*number::parse(b));
    return total ? total->text() : "none";
}

TEST(lease_number, has_one_spelling) {
    EXPECT_EQ(shown("1.0"), "1");
    EXPECT_EQ(shown("-0.0"), "0");
    EXPECT_EQ(shown("007"), "7");
    EXPECT_EQ(shown("1.0E-4"), "0.0001");
    EXPECT_EQ(shown("-12.50"), "-12.5");
    EXPECT_EQ(shown("1e3"), "1000");
    EXPECT_EQ(shown(".5"), "0.5");
}

TEST(lease_number, is_nothing_else) {
    for (const char* text : {"", "-", ".", "e5", "1e", "1 ", " 1", "0x1", "1.2.3", "NaN", "--1"}) {
        EXPECT_FALSE(number::parse(text)) << text;
    }
}

TEST(lease_number, has_38_digits_and_a_bounded_magnitude) {
    EXPECT_TRUE(number::parse(std::string(38, '9')));
    EXPECT_FALSE(number::parse(std::string(39, '9')));
    EXPECT_TRUE(number::parse("9.9e125"));
    EXPECT_FALSE(number::parse("1e126"));
    EXPECT_TRUE(number::parse("1e-130"));
    EXPECT_FALSE(number::parse("1e-131"));
    EXPECT_FALSE(number::parse("1e99999999999999999999"));
}

TEST(lease_number, is_compared_by_its_worth) {
    const std::vector<std::string> rising{
        "-1e125", "-1000", "-12.5", "-1.2", "-1", "-0.5", "-1e-130", "0",  "1e-130", "0.05",
        "0.5",    "1",     "1.05",  "1.2",  "9",  "10",   "12.5",    "99", "100",    "1e125"};
    for (std::size_t i = 0; i < rising.size(); ++i) {
        for (std::size_t j = 0; j < rising.size(); ++j) {
            EXPECT_EQ(*number::parse(rising[i]) < *number::parse(rising[j]), i < j)
                << rising[i] << " and " << rising[j];
        }
    }
    EXPECT_EQ(*number::parse("1.0"), *number::parse("1"));
}

TEST(lease_number, adds_exactly) {
    EXPECT_EQ(sum("0.1", "0.2"), "0.3");
    EXPECT_EQ(sum("999", "1"), "1000");
    EXPECT_EQ(sum("1", "-1"), "0");
    EXPECT_EQ(sum("-5", "3.25"), "-1.75");
    EXPECT_EQ(sum("100", "-0.01"), "99.99");
    EXPECT_EQ(sum("0", "7"), "7");
    EXPECT_EQ(sum(std::string(38, '9'), "1"), "1" + std::string(38, '0'));
    EXPECT_EQ(sum(std::string(38, '9'), "0.1"), "none");
    EXPECT_EQ(sum("9e125", "1e125"), "none");
}

}  // namespace
}  // namespace kinetide::testing
