// Answers in both forms.  CBOR is read back by another library.

#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "answers.hpp"
#include "forms.hpp"

namespace kinetide::wire_testing {
namespace {

using wire::form;

// The other library does not know tag 1, which stands before each time.
nlohmann::json read_cbor(std::string bytes) {
    for (std::size_t at = 0; (at = bytes.find("bAt\xc1")) != std::string::npos;) {
        bytes.erase(at + 3, 1);
    }
    return nlohmann::json::from_cbor(bytes);
}

TEST(wire_json_answers, are_compact) {
    answer a = full_answer(2);
    EXPECT_EQ(
        encoded(form::json, a),
        "{\"Text\":\"a\\\"b\",\"Texts\":[\"x\",\"\",\"\xc3\xa9\"],\"Numbers\":[\"00007\","
        "\"12345\"],\"Inner\":[{\"Mode\":\"BLUE\",\"Hours\":3},{\"Mode\":\"GREEN\"}],"
        "\"Behind\":-9000000000,\"Limit\":-1,\"More\":true,\"Type\":\"GREEN\","
        "\"At\":1603149588.042,\"Records\":[{\"Number\":\"00000\",\"At\":1603149588,\"Data\":\"\","
        "\"Key\":\"k\\\"\xc3\xa9\\n\"},{\"Number\":\"00001\",\"At\":1603149588.001,"
        "\"Data\":\"eg==\"}]}");
}

TEST(wire_json_answers, leave_out_what_has_no_value) {
    EXPECT_EQ(
        encoded(form::json, answer{}),
        R"({"Text":"","Texts":[],"Numbers":[],"Limit":0,"More":false,"Type":"RED","At":0})");
    EXPECT_EQ(encoded(form::json, empty_answer{}), "{}");
    answer a;
    a.records = page{0};
    EXPECT_TRUE(encoded(form::json, a).ends_with(R"("Records":[]})"));
}

TEST(wire_json_answers, escape_what_must_be) {
    answer a;
    for (int c = 0; c < 0x80; ++c) a.text += static_cast<char>(c);
    a.text += "/\xc3\xa9\xf0\x9f\x98\x80";
    const std::string out = encoded(form::json, a);
    EXPECT_EQ(nlohmann::json::parse(out)["Text"].get<std::string>(), a.text);
    EXPECT_NE(out.find("\\u0000\\u0001"), std::string::npos);
    EXPECT_NE(out.find("\\b\\t\\n\\u000b\\f\\r"), std::string::npos);
    EXPECT_NE(out.find("\x7f/\xc3\xa9\xf0\x9f\x98\x80"), std::string::npos);
}

TEST(wire_json_answers, find_each_special_character_at_each_place) {
    for (std::size_t place = 0; place < 40; ++place) {
        for (const char c : {'"', '\\', '\n', '\x1f', ' ', '\x7f'}) {
            answer a;
            a.text = std::string(40, 'x');
            a.text[place] = c;
            const auto back = nlohmann::json::parse(encoded(form::json, a));
            ASSERT_EQ(back["Text"].get<std::string>(), a.text);
        }
    }
}

TEST(wire_json_answers, write_times_as_plain_decimals) {
    const auto at = [](std::int64_t ms) {
        const std::string out = encoded(form::json, answer{.at = instant{ms}});
        const std::size_t start = out.find("\"At\":") + 5;
        return out.substr(start, out.find('}') - start);
    };
    EXPECT_EQ(at(0), "0");
    EXPECT_EQ(at(1), "0.001");
    EXPECT_EQ(at(10), "0.01");
    EXPECT_EQ(at(1603149588000), "1603149588");
    EXPECT_EQ(at(1603149588500), "1603149588.5");
    EXPECT_EQ(at(1603149588042), "1603149588.042");
    EXPECT_EQ(at(-1), "-0.001");
    EXPECT_EQ(at(-1500), "-1.5");
    EXPECT_EQ(at(std::numeric_limits<std::int64_t>::min()), "-9223372036854775.808");
}

TEST(wire_cbor_answers, say_the_same) {
    for (const std::uint32_t records : {0U, 1U, 30U, 300U}) {
        const answer a = full_answer(records);
        auto from_text = nlohmann::json::parse(encoded(form::json, a));
        auto from_bytes = read_cbor(encoded(form::cbor, a));
        make_bytes(from_text);
        from_text["At"] = a.at.ms;
        for (auto& r : from_text["Records"]) {
            r["At"] = std::llround(r["At"].get<double>() * 1000);
        }
        EXPECT_EQ(from_bytes, from_text);
    }
    EXPECT_EQ(encoded(form::cbor, empty_answer{}), "\xa0");
}

TEST(wire_cbor_answers, write_times_as_tagged_integers) {
    const std::string out = encoded(form::cbor, answer{.at = instant{1603149588042}});
    EXPECT_TRUE(out.ends_with(bytes_of("62 4174 c1 1b 000001754329664a")));
}

TEST(wire_cbor_answers, write_the_shortest_integers) {
    const auto limit = [](int value) {
        const std::string out = encoded(form::cbor, answer{.limit = value});
        const std::size_t start = out.find("eLimit") + 6;
        return out.substr(start, out.find("dMore") - start);
    };
    EXPECT_EQ(limit(23), bytes_of("17"));
    EXPECT_EQ(limit(24), bytes_of("18 18"));
    EXPECT_EQ(limit(255), bytes_of("18 ff"));
    EXPECT_EQ(limit(256), bytes_of("19 0100"));
    EXPECT_EQ(limit(65536), bytes_of("1a 00010000"));
    EXPECT_EQ(limit(-24), bytes_of("37"));
    EXPECT_EQ(limit(-25), bytes_of("38 18"));
    EXPECT_EQ(limit(std::numeric_limits<int>::min()), bytes_of("3a 7fffffff"));
}

TEST(wire_errors, have_a_type_and_perhaps_a_message) {
    const std::string message = "no \"such\" stream";
    EXPECT_EQ(
        wire::encode_error(form::json, "ResourceNotFoundException", &message, false),
        R"({"__type":"ResourceNotFoundException","message":"no \"such\" stream"})");
    EXPECT_EQ(
        wire::encode_error(form::json, "SerializationException", &message, true),
        R"({"__type":"SerializationException","Message":"no \"such\" stream"})");
    EXPECT_EQ(
        wire::encode_error(form::json, "SerializationException", nullptr, true),
        R"({"__type":"SerializationException"})");
    EXPECT_EQ(
        read_cbor(wire::encode_error(form::cbor, "X", &message, false)),
        (nlohmann::json{{"__type", "X"}, {"message", message}}));
    EXPECT_EQ(
        read_cbor(wire::encode_error(form::cbor, "X", nullptr, false)),
        (nlohmann::json{{"__type", "X"}}));
}

TEST(wire_encode, appends) {
    std::string out = "before";
    wire::encode(form::json, empty_answer{}, out);
    EXPECT_EQ(out, "before{}");
}

}  // namespace
}  // namespace kinetide::wire_testing
