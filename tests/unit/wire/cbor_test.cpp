// CBOR bodies: every way in which a client may write one, and what is not well-formed.

#include <string>

#include <gtest/gtest.h>

#include "both_passes.hpp"
#include "forms.hpp"
#include "shapes.hpp"

namespace kinetide::wire_testing {
namespace {

using wire::form;

std::string from_cbor(std::string_view hex) { return decoded(form::cbor, bytes_of(hex)); }

constexpr const char* everything =
    R"({"StreamName":"orders","StreamARN":"arn","Records":[{"PartitionKey":"k\u00e9",)"
    R"("ExplicitHashKey":"h","Data":"aGVsbG8="},{"Data":"aGk="}],"DryRun":true,"Limit":7,)"
    R"("Hours":8000000000,"Type":"BLUE","Blob":"","Tags":{"a":"b"},)"
    R"("Keys":["x","y"],"Colors":["RED"],"Numbers":[1,-2],"Inner":{"Mode":"GREEN","Hours":3}})";

TEST(wire_cbor, says_the_same_as_json) {
    const std::string body = in_form(form::cbor, everything);
    EXPECT_EQ(decoded(form::cbor, body), from_json(everything));
    EXPECT_TRUE(is_fast<request>(form::cbor, body));
    EXPECT_EQ(disagreement<request>(form::cbor, body), "");
}

TEST(wire_cbor, is_unparsable_wherever_it_is_cut) {
    const std::string body = in_form(form::cbor, everything);
    for (std::size_t size = 0; size < body.size(); ++size) {
        ASSERT_EQ(decoded(form::cbor, body.substr(0, size)), "unparsable") << size;
    }
    EXPECT_EQ(decoded(form::cbor, body + '\0'), "unparsable");
}

TEST(wire_cbor, takes_indefinite_lengths) {
    // {_ "Keys": [_ (_ "a", "", "b"), "c"], (_ "Li", "mit"): 7, "Blob": (_ h'01', h'0203')}
    const char* hex =
        "bf 64 4b657973 9f 7f 61 61 60 61 62 ff 61 63 ff"
        "   7f 62 4c69 63 6d6974 ff 07 64 426c6f62 5f 41 01 42 0203 ff ff";
    EXPECT_EQ(from_cbor(hex), R"({"Limit":7,"Blob":"AQID","Keys":["ab","c"]})");
    EXPECT_TRUE(is_fast<request>(form::cbor, bytes_of(hex)));
    EXPECT_EQ(from_cbor("bf ff"), "{}");
    EXPECT_EQ(from_cbor("a1 64 4b657973 9f 7f ff 61 61 ff"), from_json(R"({"Keys":["","a"]})"));
}

TEST(wire_cbor, chunks_are_definite_and_of_their_kind) {
    EXPECT_EQ(from_cbor("a1 61 78 7f 7f 61 61 ff ff"), "unparsable");
    EXPECT_EQ(from_cbor("a1 61 78 7f 41 61 ff"), "unparsable");
    EXPECT_EQ(from_cbor("a1 61 78 7f 01 ff"), "unparsable");
    EXPECT_EQ(from_cbor("a1 61 78 7f 61 61"), "unparsable");
    EXPECT_EQ(decoded(form::cbor, "\xa1\x61x" + std::string(1'000'000, '\x7f')), "unparsable");
}

TEST(wire_cbor, takes_integers_of_any_width) {
    EXPECT_EQ(from_cbor("a1 65 4c696d6974 18 07"), R"({"Limit":7})");
    EXPECT_EQ(from_cbor("a1 65 4c696d6974 19 0007"), R"({"Limit":7})");
    EXPECT_EQ(from_cbor("a1 65 4c696d6974 1a 00000007"), R"({"Limit":7})");
    EXPECT_EQ(from_cbor("a1 65 4c696d6974 1b 0000000000000007"), R"({"Limit":7})");
    EXPECT_EQ(from_cbor("a1 65 486f757273 26"), R"({"Hours":-7})");
    EXPECT_EQ(from_cbor("a1 65 486f757273 38 ff"), R"({"Hours":-256})");
    EXPECT_EQ(
        from_cbor("a1 65 486f757273 1b ffffffffffffffff"), R"({"Hours":9223372036854775807})");
    EXPECT_EQ(
        from_cbor("a1 65 486f757273 3b ffffffffffffffff"), R"({"Hours":-9223372036854775808})");
    EXPECT_EQ(
        from_cbor("a1 67 4e756d62657273 82 1b 00000000ffffffff 3b 00000000ffffffff"),
        R"({"Numbers":[2147483647,-2147483648]})");
}

TEST(wire_cbor, takes_floats_for_numbers) {
    const auto hours = [](std::string_view hex) {
        return from_cbor("a1 65 486f757273 " + std::string(hex));
    };
    EXPECT_EQ(hours("f9 3e00"), R"({"Hours":1})");   // 1.5
    EXPECT_EQ(hours("f9 be00"), R"({"Hours":-2})");  // -1.5
    EXPECT_EQ(hours("f9 0001"), R"({"Hours":0})");   // the least half
    EXPECT_EQ(hours("fa 47c35000"), R"({"Hours":100000})");
    EXPECT_EQ(hours("fb c010666666666666"), R"({"Hours":-5})");  // -4.1
    EXPECT_EQ(hours("f9 7c00"), R"({"Hours":9223372036854775807})");
    EXPECT_EQ(hours("f9 fc00"), R"({"Hours":-9223372036854775808})");
    EXPECT_EQ(hours("f9 7e00"), R"({"Hours":0})");  // NaN
}

TEST(wire_cbor, times_are_milliseconds_as_integers_and_seconds_as_floats) {
    const std::string expected = R"({"At":1603149588.042})";
    EXPECT_EQ(from_cbor("a1 62 4174 c1 1b 000001754329664a"), expected);
    EXPECT_EQ(from_cbor("a1 62 4174 1b 000001754329664a"), expected);
    EXPECT_EQ(from_cbor("a1 62 4174 c1 fb 41d7e387c502b021"), expected);
    EXPECT_EQ(from_cbor("a1 62 4174 c1 00"), R"({"At":0})");
    EXPECT_EQ(from_cbor("a1 62 4174 c1 20"), R"({"At":-0.001})");
    EXPECT_EQ(from_cbor("a1 62 4174 c1 1b ffffffffffffffff"), R"({"At":9007199254740.992})");
}

TEST(wire_cbor, reads_over_tags) {
    EXPECT_EQ(from_cbor("d9d9f7 a1 65 4c696d6974 07"), R"({"Limit":7})");
    EXPECT_EQ(from_cbor("c0 c1 da 00010000 a1 65 4c696d6974 c2 c3 07"), R"({"Limit":7})");
    EXPECT_EQ(from_cbor("a1 65 4c696d6974 c1"), "unparsable");
    EXPECT_EQ(from_cbor("bf 65 4c696d6974 c1 ff"), "unparsable");
    EXPECT_EQ(from_cbor("a1 c1 65 4c696d6974 07"), "unparsable") << "names have none";
    EXPECT_EQ(decoded(form::cbor, std::string(1'000'000, '\xc1')), "unparsable");
    EXPECT_EQ(decoded(form::cbor, std::string(1'000'000, '\xc1') + '\xa0'), "{}");
}

TEST(wire_cbor, null_and_its_kin_are_absent) {
    for (const char* nothing : {"f6", "f7", "e0", "f3", "f8 20", "f8 ff", "c1 f6"}) {
        EXPECT_EQ(from_cbor("a1 65 4c696d6974 " + std::string(nothing)), "{}") << nothing;
        EXPECT_EQ(from_cbor("a1 61 78 " + std::string(nothing)), "{}") << nothing;
    }
}

TEST(wire_cbor, refuses_what_is_not_well_formed) {
    for (const char* bad :
         {"a1 61 78 f8 1f",       // a simple value that has a shorter form
          "a1 61 78 1c",          // reserved
          "a1 61 78 fc",          // reserved
          "a1 61 78 1f",          // no integer is indefinite
          "a1 61 78 df 00",       // no tag either
          "a1 61 78 ff",          // a break where nothing is open
          "bf 61 78 ff",          // half a member
          "a1 01 01",             // a name that is no text
          "a1 61 80 01",          // not UTF-8
          "a1 61 78 62 c3 28",    // not UTF-8
          "a2 61 78 01",          // fewer than claimed
          "bb ffffffffffffffff",  // many fewer
          "a1 61 78 9b ffffffffffffffff 01",
          "a1 61 78 7b ffffffffffffffff 61",
          "a1 64 426c6f62 5b 7fffffffffffffff 61",
          "a0 00",  // more than an item
          "80",
          "01",
          "f6",
          "60"}) {
        EXPECT_EQ(from_cbor(bad), "unparsable") << bad;
        EXPECT_FALSE(wire::parses_to_object(form::cbor, bytes_of(bad))) << bad;
    }
    EXPECT_TRUE(wire::parses_to_object(form::cbor, "\xa0"));
}

TEST(wire_cbor, nests_thirty_two_deep) {
    const auto nested = [](std::size_t depth, const std::string& open, const std::string& close) {
        std::string body = "\xa1\x61x";
        for (std::size_t i = 1; i < depth; ++i) body += open;
        body += '\x01';
        for (std::size_t i = 1; i < depth; ++i) body += close;
        return body;
    };
    for (const auto& [open, close] :
         {std::pair("\x81", ""), std::pair("\x9f", "\xff"), std::pair("\xa1\x61y", "")}) {
        EXPECT_EQ(decoded(form::cbor, nested(32, open, close)), "{}");
        EXPECT_TRUE(is_fast<request>(form::cbor, nested(32, open, close)));
        EXPECT_EQ(decoded(form::cbor, nested(33, open, close)), "unparsable");
        EXPECT_EQ(decoded(form::cbor, nested(100'000, open, close)), "unparsable");
    }
}

TEST(wire_cbor, takes_the_last_of_members_given_twice) {
    EXPECT_EQ(from_cbor("a2 65 4c696d6974 07 65 4c696d6974 08"), R"({"Limit":8})");
    EXPECT_EQ(from_cbor("a2 65 4c696d6974 61 61 65 4c696d6974 f6"), "{}");
}

TEST(wire_cbor, takes_words_for_booleans) {
    EXPECT_EQ(from_cbor("a1 66 44727952756e 63 596573"), R"({"DryRun":true})");
    EXPECT_EQ(from_cbor("a1 66 44727952756e f4"), R"({"DryRun":false})");
}

}  // namespace
}  // namespace kinetide::wire_testing
