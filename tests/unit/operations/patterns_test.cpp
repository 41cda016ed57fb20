// What a pattern prints and what its predicate does are the same.

#include <gtest/gtest.h>

#include <kinetide/operations/patterns.hpp>
#include <random>
#include <regex>
#include <string>
#include <vector>

namespace kinetide::testing {
namespace {

namespace patterns = operations::patterns;

struct both {
    wire::pattern pattern;
    std::regex expression;
};

const std::vector<both>& all_patterns() {
    static const std::vector<both> all = [] {
        std::vector<both> made;
        for (const wire::pattern& p :
             {patterns::name,
              patterns::hash_key,
              patterns::sequence_number,
              patterns::stream_arn,
              patterns::consumer_arn,
              patterns::resource_arn,
              patterns::stream_id}) {
            made.push_back({p, std::regex(std::string(p.text))});
        }
        return made;
    }();
    return all;
}

void expect_agreement(const std::string& text) {
    for (const auto& [pattern, expression] : all_patterns()) {
        EXPECT_EQ(pattern.matches(text), std::regex_match(text, expression))
            << pattern.text << " of '" << text << "'";
    }
}

TEST(patterns, do_what_they_print) {
    for (const char* text :
         {"",
          "0",
          "01",
          "340282366920938463463374607431768211455",
          "a_b-c.D",
          "abcdefghij0123456789-xyz",
          "abcdefghij0123456789-xyZ",
          "arn:aws:kinesis:us-east-1:123456789012:stream/orders",
          "arn:aws-cn:kinesis::123456789012:stream/orders",
          "arn:aws:kinesis:123456789012:stream/orders",
          "arn:aws:kinesis:us-east-1:123456789012:stream/",
          "arn:aws:kinesis:us-east-1:123456789012:stream/a b",
          "arn:aws:kinesis:us-east-1:123456789012:stream/stream/",
          "arn:aws:kinesis:us-east-1:12345678901:stream/orders",
          "arn:aws:kinesis:us-east-1:123456789012:stream/orders/consumer/billing:1700000000",
          "arn:aws:kinesis:us-east-1:123456789012:stream/orders/consumer/billing",
          "arn:aws:kinesis:us-east-1:123456789012:channel/one",
          "arn:aws:kinesis:us-east-1:123456789012:a b queue/one",
          "arn:aws:kinesis:us-east-1:123456789012:queue/one two",
          "arn:aws:s3:us-east-1:123456789012:stream/orders"}) {
        expect_agreement(text);
    }
}

// The pieces of ARNs in any order.
TEST(patterns, do_what_they_print_for_whatever_is_pieced_together) {
    const std::vector<std::string> pieces{
        "arn:aws",
        "arn:aws-x",
        ":kinesis:",
        "us-east-1",
        ":",
        "123456789012",
        ":123456789012:",
        "stream/",
        "channel/",
        "queue/",
        "/consumer/",
        "n",
        " ",
        "\n",
        "7"};
    std::mt19937 random(1);
    for (int round = 0; round < 3000; ++round) {
        // Most begin well: what is behind that is the point.
        std::string text = round % 4 == 0 ? "" : "arn:aws:kinesis:r:123456789012:";
        for (auto i = random() % 9; i > 0; --i) text += pieces[random() % pieces.size()];
        expect_agreement(text);
    }
}

// A body of 16 MiB may be one ARN: looking at it takes one pass, not one for each of its parts.
TEST(patterns, take_time_in_proportion_to_the_text) {
    std::string text = "arn:aws";
    while (text.size() < std::size_t{16} << 20U) text += ":123456789012:stream/";
    EXPECT_FALSE(patterns::is_stream_arn(text + "x"));
    EXPECT_FALSE(patterns::is_resource_arn(text + "x"));
    text.insert(7, ":kinesis:");
    EXPECT_TRUE(patterns::is_stream_arn(text + "x"));
    EXPECT_FALSE(patterns::is_stream_arn(text + " x"));
}

}  // namespace
}  // namespace kinetide::testing
