// Tokens open only as what they were signed as, whole and unchanged.

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <kinetide/base/chance.hpp>
#include <kinetide/engine/token.hpp>

namespace kinetide::testing {
namespace {

const engine::token_signer signer(chance(7).secret());

engine::token longest() {
    engine::token t;
    t.issued = {1'800'000'000'000};
    t.nonce = ~0ULL;
    t.stream = {{"123456789012", std::string(32, 'r')}, std::string(128, 'n'), 42};
    t.shard = {99};
    t.position = 1ULL << 62;
    return t;
}

TEST(token, opens_as_it_was_signed) {
    const engine::token t = longest();
    const auto opened = signer.open(signer.sign(t), engine::token_kind::shard_iterator);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->issued, t.issued);
    EXPECT_EQ(opened->stream.name, t.stream.name);
    EXPECT_EQ(opened->stream.tenant, t.stream.tenant);
    EXPECT_EQ(opened->stream.generation, 42U);
    EXPECT_EQ(opened->shard.index, 99U);
    EXPECT_EQ(opened->position, 1ULL << 62);
}

TEST(token, fits_an_iterator_at_the_longest_names_and_begins_as_the_services_do) {
    const std::string text = signer.sign(longest());
    EXPECT_LE(text.size(), 512U);
    EXPECT_TRUE(text.starts_with("AAAAAAAAAAE"));  // 00 00 00 00 00 00 00 01
}

TEST(token, keeps_the_name_that_a_list_goes_on_behind) {
    engine::token t = longest();
    t.kind = engine::token_kind::list_consumers;
    t.after = std::string(128, 'c');
    const std::string text = signer.sign(t);
    EXPECT_LE(text.size(), 512U);
    const auto opened = signer.open(text, engine::token_kind::list_consumers);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->after, t.after);
    EXPECT_EQ(opened->stream.name, t.stream.name);
    EXPECT_FALSE(signer.open(text, engine::token_kind::list_shards));
}

TEST(token, refuses_any_changed_character) {
    const std::string text = signer.sign(longest());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string damaged = text;
        damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(signer.open(damaged, engine::token_kind::shard_iterator)) << "at " << i;
    }
}

TEST(token, refuses_any_shortened_or_lengthened_text) {
    const std::string text = signer.sign(longest());
    for (std::size_t size = 0; size < text.size(); ++size) {
        EXPECT_FALSE(signer.open(text.substr(0, size), engine::token_kind::shard_iterator));
    }
    EXPECT_FALSE(signer.open(text + "AAAA", engine::token_kind::shard_iterator));
    EXPECT_FALSE(signer.open(text + "=", engine::token_kind::shard_iterator));
}

// Two keys in turn, each against HMAC() at once.
TEST(token, is_signed_by_the_key_at_hand) {
    for (int round = 0; round < 3; ++round) {
        for (const unsigned seed : {7U, 8U, 8U}) {
            const auto key = chance(seed).secret();
            std::string text = engine::token_signer(key).sign(longest());
            std::string bytes(text.size() / 4 * 3, '\0');
            EVP_DecodeBlock(
                reinterpret_cast<unsigned char*>(bytes.data()),
                reinterpret_cast<const unsigned char*>(text.data()),
                static_cast<int>(text.size()));
            const auto pads = static_cast<std::size_t>(std::count(text.begin(), text.end(), '='));
            bytes.resize(bytes.size() - pads);
            const std::string mac = bytes.substr(bytes.size() - 16);
            unsigned char whole[EVP_MAX_MD_SIZE];
            ASSERT_TRUE(HMAC(
                EVP_sha256(),
                key.data(),
                static_cast<int>(key.size()),
                reinterpret_cast<const unsigned char*>(bytes.data()),
                bytes.size() - mac.size(),
                whole,
                nullptr));
            EXPECT_EQ(mac, std::string(reinterpret_cast<const char*>(whole), mac.size()));
        }
    }
}

TEST(token, refuses_another_kind_and_another_key) {
    const std::string text = signer.sign(longest());
    EXPECT_FALSE(signer.open(text, engine::token_kind::list_shards));
    EXPECT_FALSE(
        engine::token_signer(chance(8).secret()).open(text, engine::token_kind::shard_iterator));
}

}  // namespace
}  // namespace kinetide::testing
