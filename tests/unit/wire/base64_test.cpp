// Base64 against OpenSSL's: every length over many blocks, every alignment, every character at
// every place; and the vector parts against the plain ones.

#include "../../../src/wire/base64.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <kinetide/base/avx2.hpp>

namespace kinetide::wire_testing {
namespace {

std::string random_bytes(std::size_t size, unsigned seed) {
    std::mt19937 chance(seed);
    std::string bytes(size, '\0');
    for (char& c : bytes) c = static_cast<char>(chance());
    return bytes;
}

std::string openssl_encoded(const std::string& bytes) {
    std::string out(bytes.size() / 3 * 4 + 5, '\0');  // it also writes a NUL
    const int size = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(out.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()),
        static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::string encoded_at(const std::string& bytes, std::size_t offset) {
    // Exact room at an odd place, so that a sanitizer sees every step too far.
    std::vector<char> in(offset + bytes.size());
    std::copy(bytes.begin(), bytes.end(), in.begin() + static_cast<std::ptrdiff_t>(offset));
    std::vector<char> out(offset + wire::base64_size(bytes.size()));
    wire::base64_encode({in.data() + offset, bytes.size()}, out.data() + offset);
    return {out.data() + offset, out.size() - offset};
}

std::optional<std::string> decoded_at(const std::string& text, std::size_t offset) {
    std::vector<char> in(offset + text.size());
    std::copy(text.begin(), text.end(), in.begin() + static_cast<std::ptrdiff_t>(offset));
    std::vector<char> out(offset + text.size() / 4 * 3);
    const std::size_t size =
        wire::base64_decode({in.data() + offset, text.size()}, out.data() + offset);
    if (size == wire::not_base64) return std::nullopt;
    return std::string(out.data() + offset, size);
}

bool is_of_alphabet(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
}

TEST(wire_base64, agrees_with_openssl_at_all_lengths_and_alignments) {
    for (std::size_t size = 0; size <= 300; ++size) {
        const std::string bytes = random_bytes(size, static_cast<unsigned>(size));
        const std::string text = openssl_encoded(bytes);
        for (std::size_t offset = 0; offset < 33; offset += size < 150 ? 1 : 7) {
            ASSERT_EQ(encoded_at(bytes, offset), text) << size << " at " << offset;
            ASSERT_EQ(decoded_at(text, offset), bytes) << size << " at " << offset;
        }
    }
}

TEST(wire_base64, agrees_with_openssl_on_a_large_piece) {
    const std::string bytes = random_bytes(100'001, 7);
    const std::string text = openssl_encoded(bytes);
    EXPECT_EQ(encoded_at(bytes, 0), text);
    EXPECT_EQ(decoded_at(text, 0), bytes);
}

TEST(wire_base64, refuses_every_foreign_character_at_every_place) {
    const std::string good = openssl_encoded(random_bytes(96, 3));  // no padding
    ASSERT_EQ(good.size(), 128U);
    for (std::size_t place = 0; place < good.size(); ++place) {
        for (int c = 0; c < 256; ++c) {
            std::string text = good;
            text[place] = static_cast<char>(c);
            const bool pads = c == '=' && place + 1 == text.size();
            if (pads) continue;  // judged below
            ASSERT_EQ(decoded_at(text, 0).has_value(), is_of_alphabet(c)) << c << " at " << place;
        }
    }
}

TEST(wire_base64, refuses_lengths_that_are_no_multiple_of_four) {
    const std::string good = openssl_encoded(random_bytes(96, 3));
    for (std::size_t size = 0; size < good.size(); ++size) {
        EXPECT_EQ(decoded_at(good.substr(0, size), 0).has_value(), size % 4 == 0) << size;
    }
}

TEST(wire_base64, is_strict_about_padding) {
    EXPECT_EQ(decoded_at("", 0), "");
    EXPECT_EQ(decoded_at("YQ==", 0), "a");
    EXPECT_EQ(decoded_at("YWI=", 0), "ab");
    EXPECT_EQ(decoded_at("YWJj", 0), "abc");
    for (const char* misplaced : {"====", "Y===", "=Q==", "Y=Q=", "YQ=a", "YQ==YWJj"}) {
        EXPECT_FALSE(decoded_at(misplaced, 0)) << misplaced;
    }
    for (const char* bits_left_over : {"YR==", "YWJ="}) {
        EXPECT_FALSE(decoded_at(bits_left_over, 0)) << bits_left_over;
    }
}

TEST(wire_base64, vector_and_plain_parts_agree) {
    if (!has_avx2()) GTEST_SKIP();
    for (std::size_t size = 0; size <= 400; ++size) {
        const std::string bytes = random_bytes(size, static_cast<unsigned>(size + 1000));
        const auto* const in = reinterpret_cast<const unsigned char*>(bytes.data());
        std::string plain(wire::base64_size(size), '\0');
        wire::base64_parts::encode_scalar(in, size, plain.data());
        ASSERT_EQ(plain, encoded_at(bytes, 0));

        std::string back(plain.size() / 4 * 3, '\0');
        const std::size_t got =
            wire::base64_parts::decode_scalar(plain.data(), plain.size(), back.data());
        ASSERT_NE(got, wire::not_base64);
        ASSERT_EQ(back.substr(0, got), bytes);
    }
}

}  // namespace
}  // namespace kinetide::wire_testing
