// UTF-8 and numbers, the small words that both passes speak.

#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "../../../src/wire/number.hpp"
#include "../../../src/wire/text.hpp"

namespace kinetide::wire_testing {
namespace {

TEST(wire_utf8, every_code_point_is_well_formed_but_surrogates) {
    for (std::uint32_t c = 0; c <= 0x10ffff + 16; ++c) {
        char bytes[4];
        const char* const end = wire::write_utf8(c, bytes);
        const std::string_view text(bytes, static_cast<std::size_t>(end - bytes));
        const bool good = (c < 0xd800 || c > 0xdfff) && c <= 0x10ffff;
        ASSERT_EQ(wire::is_utf8(text), good) << c;
        ASSERT_EQ(wire::behind_character(bytes, end), good ? end : nullptr) << c;
        if (!good) continue;
        ASSERT_EQ(wire::utf16_units(text), c >= 0x10000 ? 2U : 1U) << c;
        if (text.size() > 1) {
            ASSERT_FALSE(wire::is_utf8(text.substr(0, text.size() - 1)));
        }
    }
}

TEST(wire_utf8, overlong_forms_are_not) {
    for (const char* bad : {"\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf"}) {
        EXPECT_FALSE(wire::is_utf8(bad));
    }
}

TEST(wire_utf8, is_judged_at_every_place) {
    for (std::size_t place = 0; place < 30; ++place) {
        std::string text(30, 'a');
        text[place] = '\x80';
        EXPECT_FALSE(wire::is_utf8(text));
        text.insert(place, 1, '\xc3');
        EXPECT_TRUE(wire::is_utf8(text));
    }
}

TEST(wire_search, finds_each_special_byte_at_each_place) {
    for (std::size_t place = 0; place < 50; ++place) {
        for (int c = 0; c < 256; ++c) {
            std::string text(50, 'a');
            text[place] = static_cast<char>(c);
            const char* const end = text.data() + text.size();
            const char* const at = text.data() + place;
            const bool special = c < 0x20 || c == '"' || c == '\\';
            ASSERT_EQ(wire::find_special<false>(text.data(), end), special ? at : end);
            ASSERT_EQ(wire::find_special<true>(text.data(), end), special || c >= 0x80 ? at : end);
        }
    }
}

TEST(wire_numbers, follow_the_grammar) {
    for (const char* good : {"0", "-0", "10", "1.0", "-1.25e-7", "1E+9", "0e0"}) {
        const std::string text(good);
        EXPECT_EQ(
            wire::behind_json_number(text.data(), text.data() + text.size()),
            text.data() + text.size());
    }
    for (const char* bad : {"", "-", "a", ".1", "1.", "1.e1", "1e", "1e+", "+1", "-a"}) {
        const std::string text(bad);
        EXPECT_EQ(wire::behind_json_number(text.data(), text.data() + text.size()), nullptr) << bad;
    }
    const std::string zeros = "007";
    EXPECT_EQ(wire::behind_json_number(zeros.data(), zeros.data() + 3), zeros.data() + 1);
}

TEST(wire_numbers, are_rounded_down_exactly) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    const auto floor = [](const std::string& number, int shift) {
        return wire::floor_of_json_number(number, shift);
    };
    EXPECT_EQ(floor("1.999999999999999999999999999999", 0), 1);
    EXPECT_EQ(floor("-1.000000000000000000000000000001", 0), -2);
    EXPECT_EQ(floor("9223372036854775807.9", 0), most);
    EXPECT_EQ(floor("9223372036854775808", 0), most);
    EXPECT_EQ(floor("-9223372036854775808", 0), least);
    EXPECT_EQ(floor("-9223372036854775808.1", 0), least);
    EXPECT_EQ(floor("9223372036854775.807", 3), most);
    EXPECT_EQ(floor("0.0000000000000000000000000000123e30", 0), 12);
    EXPECT_EQ(floor("123456789e-5", 0), 1234);
    EXPECT_EQ(floor("0e99999999999999999999", 0), 0);
    EXPECT_EQ(floor("1e-99999999999999999999", 3), 0);
    EXPECT_EQ(floor("18446744073709551616", 0), most);
    EXPECT_EQ(floor(std::string(1000, '9'), 0), most);
    EXPECT_EQ(floor("1603149588.0425", 3), 1603149588042);
}

TEST(wire_numbers, of_doubles_are_held_within_bounds) {
    EXPECT_EQ(wire::floor_of_double(-0.5), -1);
    EXPECT_EQ(wire::floor_of_double(0x1p63), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(wire::floor_of_double(-0x1p63), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(wire::floor_of_double(-0x1p64), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(wire::floor_of_double(std::numeric_limits<double>::quiet_NaN()), 0);
    EXPECT_EQ(wire::ms_of_seconds(1603149588.042), 1603149588042);
    EXPECT_EQ(wire::bounded_integer(std::int64_t{1} << 40U), 2147483647);
}

}  // namespace
}  // namespace kinetide::wire_testing
