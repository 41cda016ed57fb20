// JSON bodies: what is taken, what is not, and the rules chosen where the service is silent.

#include <string>

#include <gtest/gtest.h>

#include "both_passes.hpp"
#include "shapes.hpp"

namespace kinetide::wire_testing {
namespace {

using wire::form;

// As a client might send it; all of it on the fast pass.
constexpr std::string_view everything =
    R"({"StreamName":"orders","StreamARN":"arn","Records":[{"PartitionKey":"k\u00e9",)"
    R"("ExplicitHashKey":"h","Data":"aGVsbG8="},{"Data":"aGk="}],"DryRun":true,"Limit":7,)"
    R"("Hours":8000000000,"At":1603149588.042,"Type":"BLUE","Blob":"","Tags":{"a":"b"},)"
    R"("Keys":["x","y"],"Colors":["RED"],"Numbers":[1,-2],"Inner":{"Mode":"GREEN","Hours":3}})";

TEST(wire_json, decodes_every_kind_on_the_fast_pass) {
    EXPECT_TRUE(is_fast<request>(form::json, everything));
    std::string plain_text(everything);
    plain_text.replace(plain_text.find("\\u00e9"), 6, "\u00e9");
    EXPECT_EQ(from_json(everything), plain_text);
    EXPECT_EQ(disagreement<request>(form::json, everything), "");
}

TEST(wire_json, views_the_body_where_it_can) {
    const std::string body = R"({"StreamName":"orders","Keys":["a\/b"]})";
    wire::arena memory;
    const auto answer = wire::decode<request>(form::json, body, memory);
    const auto& r = std::get<request>(answer);
    EXPECT_EQ(r.stream.name->data(), body.data() + body.find("orders"));
    EXPECT_EQ((*r.keys)[0], "a/b");
}

TEST(wire_json, takes_blanks_anywhere) {
    EXPECT_EQ(
        from_json(" \t\r\n{ \"Limit\" :\t1 ,\n\"Keys\" : [ \"a\" , \"b\" ] } \r\n"),
        R"({"Limit":1,"Keys":["a","b"]})");
}

TEST(wire_json, ignores_unknown_members_but_not_their_grammar) {
    EXPECT_EQ(
        from_json(R"({"x":{"y":[1,2.5e-3,true,false,null,"\u0041\\",{}]},"Limit":1,"z":[]})"),
        R"({"Limit":1})");
    EXPECT_TRUE(is_fast<request>(form::json, R"({"x":{"y":[1,-2.5e+3,true,{}]},"Limit":1})"));
    for (const char* broken :
         {R"({"x":01})",       R"({"x":1.})",      R"({"x":.5})",    R"({"x":+1})",
          R"({"x":1e})",       R"({"x":tru})",     R"({"x":nulls})", R"({"x":[1,]})",
          R"({"x":[,1]})",     R"({"x":{"y"}})",   R"({"x":{y:1}})", R"({"x":"\x"})",
          R"({"x":"\u12g4"})", "{\"x\":\"\x01\"}", "{\"x\":\"\n\"}", R"({"x":1,})",
          R"({"x":1 "y":2})",  R"({"x" 1})",       R"({'x':1})",     R"({"x":1}/**/)",
          R"({"x":NaN})",      R"({"x":1]})"}) {
        EXPECT_EQ(from_json(broken), "unparsable") << broken;
    }
}

TEST(wire_json, wants_an_object_and_nothing_behind_it) {
    for (const char* body :
         {"", " ", "hello", "true", "null", "1", "\"a\"", "[]", "{} {}", "{}x"}) {
        EXPECT_EQ(from_json(body), "unparsable") << body;
        EXPECT_FALSE(wire::parses_to_object(form::json, body)) << body;
    }
    EXPECT_TRUE(wire::parses_to_object(form::json, "{}"));
    using namespace std::string_view_literals;
    EXPECT_EQ(from_json("{}\0"sv), "unparsable");
    EXPECT_EQ(from_json("{}\0{"sv), "unparsable");
    EXPECT_EQ(from_json("{\"x\":\"\0\"}"sv), "unparsable");
}

TEST(wire_json, is_unparsable_wherever_it_is_cut) {
    for (std::size_t size = 0; size < everything.size(); ++size) {
        ASSERT_EQ(from_json(everything.substr(0, size)), "unparsable") << size;
    }
}

TEST(wire_json, nests_thirty_two_deep) {
    const auto nested = [](std::size_t depth, std::string_view open, std::string_view close) {
        std::string body = "{\"x\":";
        for (std::size_t i = 1; i < depth; ++i) body += open;
        body += "1";
        for (std::size_t i = 1; i < depth; ++i) body += close;
        return body + "}";
    };
    for (const auto& [open, close] : {std::pair("[", "]"), std::pair("{\"y\":", "}")}) {
        EXPECT_EQ(from_json(nested(32, open, close)), "{}");
        EXPECT_TRUE(is_fast<request>(form::json, nested(32, open, close)));
        EXPECT_EQ(from_json(nested(33, open, close)), "unparsable");
        EXPECT_EQ(from_json(nested(100'000, open, close)), "unparsable");
    }
    EXPECT_EQ(from_json(std::string(1'000'000, '[')), "unparsable");
}

TEST(wire_json, holds_so_many_values_and_no_more) {
    const auto with_values = [](std::size_t count) {  // beside the object and the list
        std::string body = "{\"x\":[1";
        for (std::size_t i = 1; i < count - 2; ++i) body += ",1";
        return body + "]}";
    };
    EXPECT_EQ(from_json(with_values(wire::values_max)), "{}");
    EXPECT_TRUE(is_fast<request>(form::json, with_values(wire::values_max)));
    EXPECT_FALSE(is_fast<request>(form::json, with_values(wire::values_max + 1)));
    EXPECT_EQ(from_json(with_values(wire::values_max + 1)), "unparsable");
}

TEST(wire_json, takes_the_last_of_members_given_twice) {
    EXPECT_EQ(from_json(R"({"Limit":1,"Limit":2})"), R"({"Limit":2})");
    EXPECT_EQ(from_json(R"({"Limit":"bad","Limit":2})"), R"({"Limit":2})");
    EXPECT_EQ(from_json(R"({"Limit":1,"Limit":null})"), "{}");
    EXPECT_EQ(
        from_json(R"({"Inner":{"Mode":"RED","Hours":1},"Inner":{"Mode":"BLUE"}})"),
        R"({"Inner":{"Mode":"BLUE"}})");
    EXPECT_EQ(from_json(R"({"Tags":{"a":"1","b":"2","a":"3"}})"), R"({"Tags":{"a":"3","b":"2"}})");
    EXPECT_EQ(from_json(R"({"Limi\u0074":1,"Limit":2})"), R"({"Limit":2})");
}

TEST(wire_json, null_is_absent) {
    EXPECT_EQ(
        from_json(R"({"StreamName":null,"Records":null,"DryRun":null,"Tags":null,"Inner":null})"),
        "{}");
}

TEST(wire_json, reads_escapes) {
    EXPECT_EQ(from_json(R"({"Keys":["\u00e9\/\n"]})"), "{\"Keys\":[\"\u00e9/\\n\"]}");
    EXPECT_EQ(from_json(R"({"Keys":["\"\\\b\f"]})"), R"({"Keys":["\"\\\b\f"]})");
    EXPECT_EQ(from_json(R"({"Keys":["\uD83D\ude00"]})"), "{\"Keys\":[\"\U0001F600\"]}");
    EXPECT_EQ(from_json(R"({"Keys":["\u0000"]})"), R"({"Keys":["\u0000"]})");
    EXPECT_EQ(from_json(R"({"\u004cimit":3})"), R"({"Limit":3})");
    EXPECT_EQ(from_json(R"({"Blob":"\/\/\/\/"})"), R"({"Blob":"////"})");
    EXPECT_TRUE(is_fast<request>(form::json, R"({"Blob":"\/\/\/\/","Keys":["\u00e9"]})"));
}

// As Java does when it writes UTF-8.
TEST(wire_json, lone_surrogates_become_question_marks) {
    const std::pair<const char*, const char*> cases[] = {
        {R"(\ud800)", "?"},
        {R"(\udc00)", "?"},
        {R"(\ud800x)", "?x"},
        {R"(\ud800\n)", "?\\n"},
        {R"(\udc00\ud800)", "??"},
        {R"(\ud800\ud83d\ude00)", "?\U0001F600"},
    };
    for (const auto& [given, taken] : cases) {
        const std::string body = "{\"Keys\":[\"" + std::string(given) + "\"]}";
        EXPECT_EQ(from_json(body), "{\"Keys\":[\"" + std::string(taken) + "\"]}");
        EXPECT_TRUE(is_fast<request>(form::json, body));
        EXPECT_EQ(disagreement<request>(form::json, body), "");
        EXPECT_EQ(from_json("{\"x\":\"" + std::string(given) + "\"}"), "{}");
    }
}

TEST(wire_json, wants_utf8) {
    for (const char* bad :
         {"\x80",
          "\xc3",
          "\xc0\x80",
          "\xed\xa0\x80",
          "\xf4\x90\x80\x80",
          "\xf8\x88\x80\x80\x80",
          "\xe2\x82",
          "\xff"}) {
        const std::string text(bad);
        EXPECT_EQ(from_json("{\"Keys\":[\"" + text + "\"]}"), "unparsable");
        EXPECT_EQ(from_json("{\"x\":\"" + text + "\"}"), "unparsable");
        EXPECT_EQ(from_json("{\"" + text + "\":1}"), "unparsable");
    }
    EXPECT_EQ(from_json("{\"Keys\":[\"\xf4\x8f\xbf\xbf\"]}"), "{\"Keys\":[\"\xf4\x8f\xbf\xbf\"]}");
}

TEST(wire_json, rounds_and_holds_numbers) {
    const auto hours = [](const std::string& number) {
        return from_json("{\"Hours\":" + number + "}");
    };
    EXPECT_EQ(hours("1.9"), R"({"Hours":1})");
    EXPECT_EQ(hours("-1.1"), R"({"Hours":-2})");
    EXPECT_EQ(hours("-0.0"), R"({"Hours":0})");
    EXPECT_EQ(hours("1.5e3"), R"({"Hours":1500})");
    EXPECT_EQ(hours("12345e-2"), R"({"Hours":123})");
    EXPECT_EQ(hours("9223372036854775807"), R"({"Hours":9223372036854775807})");
    EXPECT_EQ(hours("9223372036854775808"), R"({"Hours":9223372036854775807})");
    EXPECT_EQ(hours("-9223372036854775809"), R"({"Hours":-9223372036854775808})");
    EXPECT_EQ(hours("99999999999999999999999"), R"({"Hours":9223372036854775807})");
    EXPECT_EQ(hours("1e999"), R"({"Hours":9223372036854775807})");
    EXPECT_EQ(hours("-1e999"), R"({"Hours":-9223372036854775808})");
    EXPECT_EQ(hours("1e-999"), R"({"Hours":0})");
    EXPECT_EQ(hours("-1e-99999999999999999999"), R"({"Hours":-1})");
    EXPECT_EQ(hours("1" + std::string(400, '0')), R"({"Hours":9223372036854775807})");
    EXPECT_EQ(from_json(R"({"x":1e999,"y":[-1e9999]})"), "{}");
    EXPECT_EQ(
        from_json(R"({"Numbers":[100000000000,-100000000000,2147483648]})"),
        R"({"Numbers":[2147483647,-2147483648,2147483647]})");
    EXPECT_TRUE(is_fast<request>(form::json, R"({"Numbers":[100000000000,-2147483649]})"));
    EXPECT_EQ(hours("1e999x"), "unparsable");
    EXPECT_EQ(hours("01e999"), "unparsable");
}

TEST(wire_json, reads_times_to_the_millisecond) {
    const auto at = [](const std::string& number) { return from_json("{\"At\":" + number + "}"); };
    EXPECT_EQ(at("1603149588"), R"({"At":1603149588})");
    EXPECT_EQ(at("1603149588.0"), R"({"At":1603149588})");
    EXPECT_EQ(at("1603149588.042"), R"({"At":1603149588.042})");
    EXPECT_EQ(at("1603149588.0429999999"), R"({"At":1603149588.042})");
    EXPECT_EQ(at("1.603149588042E9"), R"({"At":1603149588.042})");
    EXPECT_EQ(at("-0.001"), R"({"At":-0.001})");
    EXPECT_EQ(at("-1.5"), R"({"At":-1.5})");
    EXPECT_EQ(at("1e999"), R"({"At":9007199254740.992})");
    EXPECT_EQ(at("99999999999999"), R"({"At":9007199254740.992})");
    EXPECT_TRUE(is_fast<request>(form::json, R"({"At":1603149588.042})"));
}

TEST(wire_json, takes_words_for_booleans) {
    for (const char* word : {"true", "TRUE", "1", "yes", "Yes"}) {
        EXPECT_EQ(from_json("{\"DryRun\":\"" + std::string(word) + "\"}"), R"({"DryRun":true})");
    }
    for (const char* word : {"false", "False", "0", "no", "NO"}) {
        EXPECT_EQ(from_json("{\"DryRun\":\"" + std::string(word) + "\"}"), R"({"DryRun":false})");
    }
}

TEST(wire_json, skips_a_byte_order_mark) {
    EXPECT_EQ(from_json("\xef\xbb\xbf{\"Limit\":1}"), R"({"Limit":1})");
}

TEST(wire_json, many_unknown_or_repeated_members_cost_no_more_than_their_size) {
    std::string body = "{\"DryRun\":\"yes\"";  // for the plain pass
    for (int i = 0; i < 100'000; ++i) body += ",\"Limit\":" + std::to_string(i % 100 + 1);
    EXPECT_EQ(from_json(body + "}"), R"({"DryRun":true,"Limit":100})");
}

}  // namespace
}  // namespace kinetide::wire_testing
