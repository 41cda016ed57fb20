// Values of a wrong type: the texts as recorded from the real service, once per form where both can
// say it.  The first bad member in the body's order is the one told.

#include <string>

#include <gtest/gtest.h>

#include "forms.hpp"
#include "shapes.hpp"

namespace kinetide::wire_testing {
namespace {

using wire::form;

class wire_serialization : public ::testing::TestWithParam<form> {
protected:
    static std::string message(std::string_view json) {
        const std::string told = decoded(GetParam(), in_form(GetParam(), json));
        EXPECT_TRUE(told.starts_with("serialization: ")) << json << " gave " << told;
        return told.substr(told.find(' ') + 1);
    }
};
INSTANTIATE_TEST_SUITE_P(form, wire_serialization, ::testing::Values(form::json, form::cbor));

constexpr const char* list_found = "Start of list found where not expected";
constexpr const char* structure_found = "Start of structure or map found where not expected.";

TEST_P(wire_serialization, wants_a_string) {
    for (const char* name : {"StreamName", "Type"}) {  // an enumeration is a string first
        const auto with = [name](const std::string& value) {
            return message("{\"" + std::string(name) + "\":" + value + "}");
        };
        EXPECT_EQ(with("true"), "class java.lang.Boolean can not be converted to an String");
        EXPECT_EQ(
            with("1"),
            "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted "
            "to an String");
        EXPECT_EQ(
            with("1.5"),
            "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted "
            "to an String");
        EXPECT_EQ(with("[]"), list_found);
        EXPECT_EQ(with("{}"), structure_found);
    }
}

TEST_P(wire_serialization, wants_a_number) {
    EXPECT_EQ(
        message(R"({"Limit":"1"})"), "class java.lang.String can not be converted to an Integer");
    EXPECT_EQ(
        message(R"({"Limit":true})"), "class java.lang.Boolean can not be converted to an Integer");
    EXPECT_EQ(message(R"({"Limit":[1]})"), list_found);
    EXPECT_EQ(message(R"({"Limit":{"a":1}})"), structure_found);
    EXPECT_EQ(
        message(R"({"Hours":"1"})"), "class java.lang.String can not be converted to an Long");
    EXPECT_EQ(
        message(R"({"Hours":false})"), "class java.lang.Boolean can not be converted to an Long");
}

TEST_P(wire_serialization, wants_a_boolean) {
    EXPECT_EQ(
        message(R"({"DryRun":1})"),
        "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an "
        "Boolean");
    EXPECT_EQ(message(R"({"DryRun":"abc"})"), "'ABC' can not be converted to an Boolean");
    EXPECT_EQ(message(R"({"DryRun":""})"), "'' can not be converted to an Boolean");
    EXPECT_EQ(message(R"({"DryRun":[]})"), list_found);
    EXPECT_EQ(message(R"({"DryRun":{}})"), structure_found);
}

TEST_P(wire_serialization, wants_a_blob) {
    EXPECT_EQ(
        message(R"({"Blob":false})"), "class java.lang.Boolean can not be converted to a Blob");
    EXPECT_EQ(
        message(R"({"Blob":1})"),
        "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to a "
        "Blob");
    EXPECT_EQ(message(R"({"Blob":[]})"), list_found);
    EXPECT_EQ(message(R"({"Blob":{}})"), structure_found);
}

TEST_P(wire_serialization, wants_a_time) {
    EXPECT_EQ(
        message(R"({"At":"1"})"),
        "class java.lang.String can not be converted to milliseconds since epoch");
    EXPECT_EQ(
        message(R"({"At":true})"),
        "class java.lang.Boolean can not be converted to milliseconds since epoch");
    EXPECT_EQ(message(R"({"At":[]})"), list_found);
    EXPECT_EQ(message(R"({"At":{}})"), structure_found);
}

TEST_P(wire_serialization, wants_a_list) {
    for (const char* scalar : {"1", "\"a\"", "true", "1.5"}) {
        const std::string body = "{\"Keys\":" + std::string(scalar) + "}";
        EXPECT_EQ(message(body), "Expected list or null");
    }
    EXPECT_EQ(message(R"({"Records":{}})"), structure_found);
}

TEST_P(wire_serialization, wants_a_map) {
    EXPECT_EQ(message(R"({"Tags":"a"})"), "Expected map or null");
    EXPECT_EQ(message(R"({"Tags":3})"), "Expected map or null");
    EXPECT_EQ(message(R"({"Tags":[]})"), list_found);
    EXPECT_EQ(
        message(R"({"Tags":{"a":true}})"),
        "class java.lang.Boolean can not be converted to an String");
    EXPECT_EQ(message(R"({"Tags":{"a":{}}})"), structure_found);
}

TEST_P(wire_serialization, wants_a_structure) {
    EXPECT_EQ(message(R"({"Inner":"a"})"), "Expected null");
    EXPECT_EQ(message(R"({"Inner":0})"), "Expected null");
    EXPECT_EQ(message(R"({"Inner":[]})"), list_found);
    EXPECT_EQ(message(R"({"Records":["a"]})"), "Expected null");
    EXPECT_EQ(message(R"({"Records":[[]]})"), list_found);
}

TEST_P(wire_serialization, looks_into_lists) {
    EXPECT_EQ(
        message(R"({"Keys":["a",true]})"),
        "class java.lang.Boolean can not be converted to an String");
    EXPECT_EQ(
        message(R"({"Records":[{"Data":"","PartitionKey":"k"},{"Data":7}]})"),
        "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to a "
        "Blob");
}

TEST(wire_serialization_order, is_the_bodys) {
    EXPECT_EQ(
        from_json(R"({"Limit":"x","StreamName":true})"),
        "serialization: class java.lang.String can not be converted to an Integer");
    EXPECT_EQ(
        from_json(R"({"StreamName":true,"Limit":"x"})"),
        "serialization: class java.lang.Boolean can not be converted to an String");
}

TEST(wire_serialization_order, comes_before_constraints) {
    EXPECT_EQ(
        from_json(R"({"StreamName":"","Limit":"x"})"),
        "serialization: class java.lang.String can not be converted to an Integer");
}

TEST(wire_base64_in_json, says_what_is_wrong) {
    const auto with = [](const std::string& text) {
        const std::string head = "serialization: '" + text + "' can not be converted to a Blob: ";
        const std::string told = from_json("{\"Blob\":\"" + text + "\"}");
        EXPECT_TRUE(told.starts_with(head)) << told;
        return told.substr(std::min(head.size(), told.size()));
    };
    EXPECT_EQ(
        with("23456"), "Base64 encoded length is expected a multiple of 4 bytes but found: 5");
    EXPECT_EQ(with("=+/="), "Invalid Base64 character: '='");
    EXPECT_EQ(with("+/+="), "Invalid last non-pad Base64 character dectected");
    EXPECT_EQ(with("YR=="), "Invalid last non-pad Base64 character dectected");
    EXPECT_EQ(with("YQ=a"), "Invalid Base64 character: '='");
    EXPECT_EQ(with("a-bc"), "Invalid Base64 character: '-'");
    EXPECT_EQ(with("ab\u00e9c"), "Invalid Base64 character: '\u00e9'");
    EXPECT_EQ(with("===="), "Invalid Base64 character: '='");
}

// Chosen where the service is silent: Java's class names, as for JSON.
TEST(wire_cbor_strings, are_not_mixed_up) {
    const std::string bytes =
        "serialization: class java.nio.HeapByteBuffer can not be converted to ";
    EXPECT_EQ(
        decoded(form::cbor, bytes_of("a1 6a 53747265616d4e616d65 41 61")), bytes + "an String");
    EXPECT_EQ(decoded(form::cbor, bytes_of("a1 65 4c696d6974 41 61")), bytes + "an Integer");
    EXPECT_EQ(
        decoded(form::cbor, bytes_of("a1 62 4174 41 61")), bytes + "milliseconds since epoch");
    EXPECT_EQ(
        decoded(form::cbor, bytes_of("a1 64 426c6f62 64 59513d3d")),
        "serialization: class java.lang.String can not be converted to a Blob");
}

}  // namespace
}  // namespace kinetide::wire_testing
