#include "text.hpp"

#include <openssl/evp.h>

#include <charconv>
#include <random>

namespace kinetide::load {
namespace {

// Behind the name and what is between it and its value.  False when it is not there.
bool skip_to_value(std::string_view& rest, std::string_view member, bool cbor) {
    const std::size_t at = rest.find(member);
    if (at == std::string_view::npos) return false;
    rest.remove_prefix(at + member.size());
    if (cbor) return true;
    while (rest.starts_with('"') || rest.starts_with(' ')) rest.remove_prefix(1);
    if (!rest.starts_with(':')) return false;
    rest.remove_prefix(1);
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    return true;
}

// The argument of a CBOR item's head, up to 16 bits; -1 for others.
long long take_head(std::string_view& rest, unsigned major) {
    if (rest.empty()) return -1;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const unsigned low = byte(0) & 31U;
    if (byte(0) >> 5U != major) return -1;
    const std::size_t more = low < 24 ? 0 : low == 24 ? 1 : low == 25 ? 2 : rest.size();
    if (more >= rest.size()) return -1;
    const long long value = more == 0 ? low : more == 1 ? byte(1) : byte(1) << 8U | byte(2);
    rest.remove_prefix(1 + more);
    return value;
}

}  // namespace

std::string_view take_text(std::string_view& rest, std::string_view member, bool cbor) {
    if (!skip_to_value(rest, member, cbor)) return {};
    std::size_t size = 0;
    if (cbor) {
        const long long n = take_head(rest, 3);
        if (n < 0) return {};
        size = static_cast<std::size_t>(n);
    } else {
        if (!rest.starts_with('"')) return {};
        rest.remove_prefix(1);
        size = rest.find('"');
    }
    if (size > rest.size()) return {};
    const std::string_view value = rest.substr(0, size);
    rest.remove_prefix(size);
    return value;
}

long long take_number(std::string_view& rest, std::string_view member, bool cbor) {
    if (!skip_to_value(rest, member, cbor)) return -1;
    if (cbor) return take_head(rest, 0);
    long long n = -1;
    std::from_chars(rest.data(), rest.data() + rest.size(), n);
    return n;
}

std::string random_bytes(std::size_t count) {
    static std::mt19937_64 chance(1);
    std::string bytes(count, '\0');
    for (char& c : bytes) c = static_cast<char>(chance());
    return bytes;
}

std::string base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(text.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()),
        static_cast<int>(bytes.size()));
    text.pop_back();
    return text;
}

}  // namespace kinetide::load
