// Bodies of the three protocols as trees, and answers back: what is told the same becomes the same,
// and nothing that a peer can send costs more than it should.

#include <kinetide/metrics/protocol.hpp>

#include <gtest/gtest.h>
#include <zlib.h>

#include <nlohmann/json.hpp>

namespace kinetide::metrics {
namespace {

using json = nlohmann::json;

const naming names{"urn:test", "Call", "id-1"};

std::string gzip(const std::string& text) {
    z_stream z{};
    deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string in = text;
    std::string out(text.size() + 1000, '\0');
    z.next_in = reinterpret_cast<Bytef*>(in.data());
    z.avail_in = static_cast<uInt>(in.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
    out.resize(out.size() - z.avail_out);
    deflateEnd(&z);
    return out;
}

TEST(metric_forms, nest_by_their_dots) {
    const auto tree = parse(protocol::query, "A=1&L.member.2.N=x&L.member.10.N=y&&E=");
    ASSERT_TRUE(tree.has_value());
    EXPECT_EQ(
        *tree, json::parse(R"({"A":"1","E":"","L":{"member":{"2":{"N":"x"},"10":{"N":"y"}}}})"));
}

TEST(metric_forms, are_decoded_in_names_and_values) {
    const auto tree = parse(protocol::query, "a%2e%62=%C3%BC+%26%3d&c=100%&d=%zz%4");
    ASSERT_TRUE(tree.has_value());
    EXPECT_EQ((*tree)["a"]["b"], "\xc3\xbc &=");
    EXPECT_EQ((*tree)["c"], "100%");
    EXPECT_EQ((*tree)["d"], "%zz%4");
}

TEST(metric_forms, are_refused_when_a_name_says_two_things) {
    for (const char* body : {"a=1&a=2", "a=1&a.b=2", "a.b=2&a=1"}) {
        EXPECT_FALSE(parse(protocol::query, body).has_value()) << body;
    }
    std::string deep = "a";
    for (int i = 0; i < 15; ++i) deep += ".a";
    EXPECT_TRUE(parse(protocol::query, deep + "=1").has_value());
    EXPECT_FALSE(parse(protocol::query, deep + ".a=1").has_value());
}

TEST(metric_forms, give_single_values) {
    EXPECT_EQ(form_value("Version=1&Action=A%42&Action=C", "Action"), "AB");
    EXPECT_EQ(form_value("XAction=1", "Action"), std::nullopt);
    EXPECT_EQ(form_value("Action", "Action"), "");
}

TEST(metric_cbor, comes_with_and_without_lengths_and_with_tagged_times) {
    const json expected = json::parse(R"({"N":"ab","T":1.5,"L":[1,-2]})");
    const std::string halves(
        "\xa3"
        "aNbab"
        "aT\xc1\xf9\x3e\x00"
        "aL\x82\x01\x21",
        17);
    const std::string doubles(
        "\xbf"
        "aN\x7f"
        "aaab\xff"
        "aT\xc1\xfb\x3f\xf8\0\0\0\0\0\0"
        "aL\x9f\x01\x21\xff\xff",
        28);
    EXPECT_EQ(parse(protocol::cbor, halves), expected);
    EXPECT_EQ(parse(protocol::cbor, doubles), expected);
    EXPECT_EQ(parse(protocol::cbor, ""), json::object());
    for (std::size_t cut = 1; cut < doubles.size(); ++cut) {
        EXPECT_FALSE(parse(protocol::cbor, doubles.substr(0, cut)).has_value()) << cut;
    }
    EXPECT_FALSE(parse(protocol::cbor, doubles + "\x01").has_value());
}

TEST(metric_cbor, is_refused_when_it_is_too_deep_or_says_it_is_longer_than_it_is) {
    EXPECT_FALSE(parse(protocol::cbor, std::string(1'000'000, '\xc1')).has_value());
    EXPECT_FALSE(parse(protocol::cbor, std::string(1'000'000, '\x9f')).has_value());
    EXPECT_FALSE(parse(protocol::cbor, std::string(1'000'000, '\x81')).has_value());
    const std::string eight_bytes = "\xff\xff\xff\xff\xff\xff\xff\xff";
    for (const char type : {'\x5b', '\x7b', '\x9b', '\xbb'}) {
        EXPECT_FALSE(parse(protocol::cbor, "\xa1\x61L" + (type + eight_bytes)).has_value());
    }
    EXPECT_FALSE(parse(protocol::cbor, "\x81\x01").has_value()) << "no map";
}

TEST(metric_json, is_an_object_and_not_too_deep) {
    EXPECT_EQ(parse(protocol::json, R"({"a":[1]})"), json::parse(R"({"a":[1]})"));
    for (const char* body : {"", "[]", "1", "{", "{}x"}) {
        EXPECT_FALSE(parse(protocol::json, body).has_value()) << body;
    }
    const std::string deep = R"({"a":)" + std::string(500'000, '[');
    EXPECT_FALSE(parse(protocol::json, deep).has_value());
    EXPECT_FALSE(parse(protocol::json, deep + std::string(500'000, ']') + "}").has_value());
}

TEST(metric_gzip, is_undone_up_to_a_bound) {
    const std::string text(100'000, 'x');
    EXPECT_EQ(inflate(gzip(text), 100'000), text);
    EXPECT_EQ(inflate(gzip(text), 99'999), std::nullopt);
    EXPECT_EQ(inflate(gzip(text).substr(0, 50), 100'000), std::nullopt);
    EXPECT_EQ(inflate("not gzip", 100), std::nullopt);
    EXPECT_EQ(inflate("", 100), std::nullopt);
}

TEST(metric_times, are_read_as_clients_write_them) {
    const instant t{1'767'225'600'000};
    EXPECT_EQ(parse_time("2026-01-01T00:00:00Z"), t);
    EXPECT_EQ(parse_time("2026-01-01T00:00:00"), t);
    EXPECT_EQ(parse_time("2026-01-01T00:00:00.25Z"), t + 250);
    EXPECT_EQ(parse_time("2026-01-01T00:00:00.123456789Z"), t + 123);
    EXPECT_EQ(parse_time("2026-01-01T01:30:00+01:30"), t);
    EXPECT_EQ(parse_time("2025-12-31T23:00:00-0100"), t);
    for (const char* text :
         {"",
          "2026",
          "2026-01-01",
          "2026-13-01T00:00:00Z",
          "2026-02-30T00:00:00Z",
          "2026-01-01T24:00:00Z",
          "2026-01-01T00:60:00Z",
          "2026-01-01T00:00:00Zx",
          "2026-01-01T00:00:-1Z",
          "2026-01-01T00:00:00+1",
          "+026-01-01T00:00:00Z",
          "1969-12-31T23:59:59Z",
          "9999-12-31T23:59:59-00:01"}) {
        EXPECT_EQ(parse_time(text), std::nullopt) << text;
    }
    EXPECT_EQ(time_text(t + 59'999), "2026-01-01T00:00:59Z");
    EXPECT_EQ(time_text({1'709'210'096'000}), "2024-02-29T12:34:56Z");
}

TEST(metric_answers, take_the_form_of_the_question) {
    const value_members answer{
        {"T", instant{1'500}},
        {"L", value_list{1.5, 2.0}},
        {"S", value_members{{"N", "<a & \"b\">\n"}}}};
    EXPECT_EQ(
        encode(protocol::query, answer, names),
        R"(<CallResponse xmlns="urn:test"><CallResult><T>1970-01-01T00:00:01Z</T>)"
        R"(<L><member>1.5</member><member>2.0</member></L>)"
        R"(<S><N>&lt;a &amp; &quot;b&quot;&gt;&#xA;</N></S></CallResult>)"
        R"(<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></CallResponse>)");
    EXPECT_EQ(
        encode(protocol::json, answer, names),
        R"({"T":1.5,"L":[1.5,2.0],"S":{"N":"<a & \"b\">\n"}})");
    const std::string cbor = encode(protocol::cbor, answer, names);
    EXPECT_TRUE(
        cbor.starts_with("\xa3"
                         "aT\xc1\xfb\x3f\xf8"))
        << "a time is tagged seconds";
    EXPECT_EQ(
        parse(protocol::cbor, cbor),
        json::parse(R"({"T":1.5,"L":[1.5,2.0],"S":{"N":"<a & \"b\">\n"}})"));
}

TEST(metric_answers, are_short_where_there_is_nothing_to_say) {
    EXPECT_EQ(
        encode(protocol::query, {}, names),
        R"(<CallResponse xmlns="urn:test"><ResponseMetadata><RequestId>id-1</RequestId>)"
        R"(</ResponseMetadata></CallResponse>)");
    EXPECT_EQ(encode(protocol::json, {}, names), "{}");
    EXPECT_EQ(encode(protocol::cbor, {}, names), "\xa0");
}

TEST(metric_answers, have_long_texts_and_lists_in_cbor) {
    for (const std::size_t size : {23U, 24U, 255U, 256U, 70'000U}) {
        const std::string text(size, 'x');
        const value_members answer{{"S", text}, {"L", value_list(size, value(1.0))}};
        const auto back = parse(protocol::cbor, encode(protocol::cbor, answer, names));
        ASSERT_TRUE(back.has_value()) << size;
        EXPECT_EQ((*back)["S"], text);
        EXPECT_EQ((*back)["L"].size(), size);
    }
}

TEST(metric_answers, name_errors_as_each_protocol_does) {
    const refusal r{"InvalidParameterValueException", "no <b>"};
    EXPECT_EQ(
        encode_error(protocol::query, r, names),
        R"(<ErrorResponse xmlns="urn:test"><Error><Type>Sender</Type>)"
        R"(<Code>InvalidParameterValue</Code><Message>no &lt;b&gt;</Message></Error>)"
        R"(<RequestId>id-1</RequestId></ErrorResponse>)");
    const json named = {{"__type", "InvalidParameterValueException"}, {"message", "no <b>"}};
    EXPECT_EQ(json::parse(encode_error(protocol::json, r, names)), named);
    EXPECT_EQ(parse(protocol::cbor, encode_error(protocol::cbor, r, names)), named);
}

}  // namespace
}  // namespace kinetide::metrics
