// Broken constraints: each kind at its limit and one past it, the printing of values and paths, the
// order of the parts and the cap of ten.

#include <string>

#include <gtest/gtest.h>

#include "forms.hpp"
#include "shapes.hpp"

namespace kinetide::wire_testing {
namespace {

using wire::form;

class wire_validation : public ::testing::TestWithParam<form> {
protected:
    static std::string told(std::string_view json) {
        return decoded(GetParam(), in_form(GetParam(), json));
    }
    static void expect_good(std::string_view json) { EXPECT_EQ(told(json).front(), '{') << json; }
    static void expect_one(std::string_view json, const std::string& part) {
        EXPECT_EQ(told(json), "validation: 1 validation error detected: " + part);
    }
};
INSTANTIATE_TEST_SUITE_P(form, wire_validation, ::testing::Values(form::json, form::cbor));

TEST_P(wire_validation, length_of_text) {
    expect_good(R"({"StreamName":"a"})");
    expect_good(R"({"StreamName":"abcdefgh"})");
    expect_one(
        R"({"StreamName":"abcdefghi"})",
        "Value 'abcdefghi' at 'streamName' failed to satisfy constraint: Member must have length "
        "less than or equal to 8");
    expect_one(
        R"({"StreamARN":""})",
        "Value '' at 'streamARN' failed to satisfy constraint: Member must have length greater "
        "than or equal to 1");
}

// Characters beyond the basic plane are two units.
TEST_P(wire_validation, length_counts_utf16_units) {
    expect_good(R"({"Keys":["éééé"]})");
    expect_good(R"({"Keys":["\uD83D\uDE00\uD83D\uDE00"]})");
    EXPECT_TRUE(told(R"({"Keys":["\uD83D\uDE00\uD83D\uDE00a"]})").starts_with("validation"));
    expect_good(R"({"Keys":["漢漢漢漢"]})");
    EXPECT_TRUE(told(R"({"Keys":["漢漢漢漢漢"]})").starts_with("validation"));
}

TEST_P(wire_validation, length_of_blob) {
    expect_good(R"({"Blob":""})");
    expect_good(R"({"Blob":"QUJDREVGR0hJ"})");
    expect_one(
        R"({"Blob":"QUJDREVGR0hJSg=="})",
        "Value 'java.nio.HeapByteBuffer[pos=0 lim=10 cap=10]' at 'blob' failed to satisfy "
        "constraint: Member must have length less than or equal to 9");
}

TEST_P(wire_validation, range) {
    expect_good(R"({"Limit":1})");
    expect_good(R"({"Limit":100})");
    expect_one(
        R"({"Limit":0})",
        "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than "
        "or equal to 1");
    expect_one(
        R"({"Limit":101})",
        "Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or "
        "equal to 100");
    expect_good(R"({"Inner":{"Mode":"RED","Hours":9223372036854775807}})");
    expect_one(
        R"({"Inner":{"Mode":"RED","Hours":-1}})",
        "Value '-1' at 'inner.hours' failed to satisfy constraint: Member must have value greater "
        "than or equal to 1");
}

TEST_P(wire_validation, pattern_comes_before_length) {
    expect_one(
        R"({"StreamName":"A"})",
        "Value 'A' at 'streamName' failed to satisfy constraint: Member must satisfy regular "
        "expression pattern: [a-z]+");
    EXPECT_EQ(
        told(R"({"StreamName":""})"),
        "validation: 2 validation errors detected: Value '' at 'streamName' failed to satisfy "
        "constraint: Member must satisfy regular expression pattern: [a-z]+; Value '' at "
        "'streamName' failed to satisfy constraint: Member must have length greater than or equal "
        "to 1");
}

TEST_P(wire_validation, enumeration) {
    expect_good(R"({"Type":"GREEN"})");
    expect_one(
        R"({"Type":"green"})",
        "Value 'green' at 'type' failed to satisfy constraint: Member must satisfy enum value "
        "set: [BLUE, RED, GREEN]");
    expect_one(
        R"({"Colors":["RED","PINK"]})",
        "Value '[RED, PINK]' at 'colors' failed to satisfy constraint: Member must satisfy "
        "constraint: [Member must satisfy enum value set: [BLUE, RED, GREEN]]");
}

TEST_P(wire_validation, count_of_a_list) {
    expect_good(R"({"Keys":["a"]})");
    expect_good(R"({"Keys":["a","b","c"]})");
    expect_one(
        R"({"Keys":[]})",
        "Value '[]' at 'keys' failed to satisfy constraint: Member must have length greater than "
        "or equal to 1");
    expect_one(
        R"({"Keys":["a","b","c","d"]})",
        "Value '[a, b, c, d]' at 'keys' failed to satisfy constraint: Member must have length "
        "less than or equal to 3");
}

TEST_P(wire_validation, each_of_a_list) {
    expect_good(R"({"Keys":["abcd"]})");
    const std::string phrase =
        " at 'keys' failed to satisfy constraint: Member must satisfy constraint: [Member must "
        "have length less than or equal to 4, Member must have length greater than or equal to 1]";
    expect_one(R"({"Keys":["a",""]})", "Value '[a, ]'" + phrase);
    expect_one(R"({"Keys":["abcde","a"]})", "Value '[abcde, a]'" + phrase);
    expect_one(R"({"Keys":["a",null]})", "Value '[a, null]'" + phrase);
}

TEST_P(wire_validation, map) {
    expect_good(R"({"Tags":{"a":""}})");
    expect_good(R"({"Tags":{"abcd":"12345","b":"2"}})");
    expect_one(
        R"({"Tags":{}})",
        "Value '{}' at 'tags' failed to satisfy constraint: Member must have length greater than "
        "or equal to 1");
    expect_one(
        R"({"Tags":{"a":"1","b":"2","c":"3"}})",
        "Value '{a=1, b=2, c=3}' at 'tags' failed to satisfy constraint: Member must have length "
        "less than or equal to 2");
    expect_one(
        R"({"Tags":{"":"1"}})",
        "Value '{=1}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: "
        "[Member must have length less than or equal to 4, Member must have length greater than "
        "or equal to 1]");
    const std::string value_phrase =
        " at 'tags' failed to satisfy constraint: Map value must satisfy constraint: [Member must "
        "have length less than or equal to 5, Member must have length greater than or equal to 0]";
    expect_one(R"({"Tags":{"a":"123456"}})", "Value '{a=123456}'" + value_phrase);
    expect_one(R"({"Tags":{"a":null}})", "Value '{a=null}'" + value_phrase);
}

TEST_P(wire_validation, members_of_a_list_are_numbered_from_one) {
    expect_one(
        R"({"Records":[{"Data":""},{"Data":"","PartitionKey":"abcde"}]})",
        "Value 'abcde' at 'records.2.member.partitionKey' failed to satisfy constraint: Member "
        "must have length less than or equal to 4");
    expect_one(
        R"({"Records":[{}]})",
        "Value null at 'records.1.member.data' failed to satisfy constraint: Member must not be "
        "null");
    expect_one(
        R"({"Records":[null]})",
        "Value null at 'records.1.member' failed to satisfy constraint: Member must not be null");
}

TEST_P(wire_validation, structures_are_printed_by_member_name) {
    expect_one(
        R"({"Records":[{"Data":"aGVsbG8=","PartitionKey":"k"},{"Data":""},{"Data":""},
            {"Data":"","ExplicitHashKey":"h"}]})",
        "Value '[Entry(data=java.nio.HeapByteBuffer[pos=0 lim=5 cap=5], explicitHashKey=null, "
        "partitionKey=k), Entry(data=java.nio.HeapByteBuffer[pos=0 lim=0 cap=0], "
        "explicitHashKey=null, partitionKey=null), Entry(data=java.nio.HeapByteBuffer[pos=0 lim=0 "
        "cap=0], explicitHashKey=null, partitionKey=null), "
        "Entry(data=java.nio.HeapByteBuffer[pos=0 lim=0 cap=0], explicitHashKey=h, "
        "partitionKey=null)]' at 'records' failed to satisfy constraint: Member must have length "
        "less than or equal to 3");
}

TEST_P(wire_validation, order_is_that_of_declaration) {
    const std::string words = told(R"({"Limit":0,"Records":[],"StreamARN":""})");
    EXPECT_TRUE(words.starts_with("validation: 3 validation errors detected: ")) << words;
    EXPECT_LT(words.find("'streamARN'"), words.find("'records'"));
    EXPECT_LT(words.find("'records'"), words.find("'limit'"));
}

// As with 501 records of empty keys: the list first, then the first nine keys.
TEST_P(wire_validation, tells_ten_at_most) {
    std::string body = R"({"Limit":0,"Records":[)";
    for (int i = 0; i < 12; ++i) {
        body += (i == 0 ? "" : ",") + std::string(R"({"Data":"","PartitionKey":""})");
    }
    const std::string words = told(body + "]}");
    EXPECT_TRUE(words.starts_with("validation: 10 validation errors detected: ")) << words;
    EXPECT_NE(words.find("'records' failed"), std::string::npos);
    EXPECT_NE(words.find("'records.9.member.partitionKey'"), std::string::npos);
    EXPECT_EQ(words.find("'records.10.member"), std::string::npos);
    EXPECT_EQ(words.find("'limit'"), std::string::npos);
}

TEST_P(wire_validation, required_members_must_not_be_null) {
    const std::string absent = decoded<strict_request>(GetParam(), in_form(GetParam(), "{}"));
    EXPECT_TRUE(
        absent.starts_with("validation: 10 validation errors detected: Value null at "
                           "'name' failed to satisfy constraint: Member must not be null; "))
        << absent;
    const std::string null =
        decoded<strict_request>(GetParam(), in_form(GetParam(), R"({"Name":null,"Limit":null})"));
    EXPECT_EQ(absent, null);
    expect_one(
        R"({"Inner":{}})",
        "Value null at 'inner.mode' failed to satisfy constraint: Member must not be null");
}

TEST_P(wire_validation, saturated_numbers_are_told_as_such) {
    expect_one(
        R"({"Limit":100000000000})",
        "Value '2147483647' at 'limit' failed to satisfy constraint: Member must have value less "
        "than or equal to 100");
    expect_one(
        R"({"Limit":-100000000000})",
        "Value '-2147483648' at 'limit' failed to satisfy constraint: Member must have value "
        "greater than or equal to 1");
}

}  // namespace
}  // namespace kinetide::wire_testing
