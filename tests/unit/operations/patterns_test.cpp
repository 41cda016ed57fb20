// The plain predicates say what the service's regular expressions say.

#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

#include <kinetide/operations/patterns.hpp>

namespace kinetide::testing {
namespace {

namespace patterns = operations::patterns;

// The text with each piece left out, doubled, and replaced by each of the others.
std::vector<std::string> variations(const std::vector<std::string>& pieces) {
    std::vector<std::vector<std::string>> all{pieces};
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        auto changed = pieces;
        changed[i] += pieces[i];
        all.push_back(changed);
        for (const char* other : {"", ":", "/", "x", "\n", " ", "1", "consumer/", "stream/"}) {
            changed[i] = other;
            all.push_back(changed);
        }
        for (std::size_t j = 0; j < i; ++j) {
            changed = pieces;
            std::swap(changed[i], changed[j]);
            all.push_back(changed);
        }
    }
    std::vector<std::string> texts;
    for (const auto& one : all) {
        texts.emplace_back();
        for (const std::string& piece : one) texts.back() += piece;
    }
    return texts;
}

void expect_agreement(const wire::pattern& p, const std::vector<std::string>& pieces) {
    const std::regex expression{std::string(p.text)};
    int matching = 0;
    for (const std::string& text : variations(pieces)) {
        const bool matches = std::regex_match(text, expression);
        EXPECT_EQ(p.matches(text), matches) << text;
        matching += matches ? 1 : 0;
    }
    EXPECT_GT(matching, 1) << p.text;
}

const std::vector<std::string> head{
    "arn", ":", "aws", "-cn", ":", "kinesis", ":", "us-east-1", ":", "123456789012", ":"};

std::vector<std::string> behind_head(const std::vector<std::string>& tail) {
    auto all = head;
    all.insert(all.end(), tail.begin(), tail.end());
    return all;
}

TEST(patterns, of_a_consumers_arn) {
    expect_agreement(
        patterns::consumer_arn,
        behind_head({"stream", "/", "orders", "/", "consumer", "/", "billing", ":", "42"}));
}

TEST(patterns, of_a_streams_arn) {
    expect_agreement(patterns::stream_arn, behind_head({"stream", "/", "orders"}));
}

TEST(patterns, of_names_and_numbers) {
    expect_agreement(patterns::name, {"a", "Z", "0", "_", ".", "-"});
    expect_agreement(patterns::hash_key, {"1", "0", std::string(18, '9')});
    expect_agreement(patterns::sequence_number, {"2", "0", std::string(63, '9')});
    expect_agreement(patterns::stream_id, {"abcdefghij", "0123456789", "-", "x", "yz"});
}

}  // namespace
}  // namespace kinetide::testing
