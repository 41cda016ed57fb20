#include <kinetide/engine/token.hpp>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <cstring>
#include <memory>
#include <stdexcept>
#include <utility>

namespace kinetide::engine {
namespace {

constexpr std::size_t mac_bytes = 16;
constexpr std::size_t text_bytes_max = 512;
constexpr std::size_t account_bytes = 12;
constexpr char version = 1;
constexpr std::string_view prefix{"\0\0\0\0\0\0\0\1", 8};

void put_number(std::string& out, std::uint64_t value, int bytes) {
    for (int i = bytes; i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i) & 0xff));
}

void put_short_text(std::string& out, std::string_view text) {
    out.push_back(static_cast<char>(text.size()));
    out.append(text);
}

// Takes from the front; after running short everything is zero and `good` is false.
struct taker {
    std::string_view rest;
    bool good = true;

    std::string_view bytes(std::size_t count) {
        if (rest.size() < count) {
            good = false;
            return {};
        }
        const std::string_view taken = rest.substr(0, count);
        rest.remove_prefix(count);
        return taken;
    }
    std::uint64_t number(std::size_t count) {
        std::uint64_t value = 0;
        for (const char c : bytes(count)) value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }
    std::string_view short_text() { return bytes(number(1)); }
};

using key_bytes = std::array<unsigned char, 32>;

// HMAC-SHA256 whose key is taken in once a thread: that is a third of what a token of this length
// takes, and fetching the algorithm anew most of the rest.
class keyed_mac {
public:
    std::array<unsigned char, mac_bytes> of(std::string_view text, const key_bytes& key) {
        begin(key);
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        std::size_t size = 0;
        check(EVP_MAC_update(
            context_.get(), reinterpret_cast<const unsigned char*>(text.data()), text.size()));
        check(EVP_MAC_final(context_.get(), digest.data(), &size, digest.size()));
        std::array<unsigned char, mac_bytes> mac{};
        std::memcpy(mac.data(), digest.data(), mac.size());
        return mac;
    }

private:
    struct release {
        void operator()(EVP_MAC_CTX* c) const { EVP_MAC_CTX_free(c); }
    };

    static void check(int good) {
        if (good != 1) throw std::runtime_error("OpenSSL has no HMAC-SHA256");
    }

    void begin(const key_bytes& key) {
        if (context_ && key == key_)
            return check(EVP_MAC_init(context_.get(), nullptr, 0, nullptr));
        context_.reset();
        EVP_MAC* const hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
        std::unique_ptr<EVP_MAC_CTX, release> fresh(EVP_MAC_CTX_new(hmac));
        EVP_MAC_free(hmac);
        char digest[] = "SHA256";
        const OSSL_PARAM settings[] = {
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
            OSSL_PARAM_construct_end()};
        check(EVP_MAC_init(fresh.get(), key.data(), key.size(), settings));
        key_ = key;
        context_ = std::move(fresh);
    }

    std::unique_ptr<EVP_MAC_CTX, release> context_;
    key_bytes key_{};
};

std::array<unsigned char, mac_bytes> mac_of(std::string_view text, const key_bytes& key) {
    thread_local keyed_mac mac;
    return mac.of(text, key);
}

std::string base64_of(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(out.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()),
        static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

// Canonical base64 only: what decodes must encode to the same text, so that no second spelling of a
// token is taken.
std::optional<std::string> bytes_of_base64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0 || text.size() > text_bytes_max) return std::nullopt;
    std::string out(text.size() / 4 * 3, '\0');
    const int size = EVP_DecodeBlock(
        reinterpret_cast<unsigned char*>(out.data()),
        reinterpret_cast<const unsigned char*>(text.data()),
        static_cast<int>(text.size()));
    if (size < 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : (text.ends_with('=') ? 1 : 0);
    out.resize(static_cast<std::size_t>(size) - padding);
    if (base64_of(out) != text) return std::nullopt;
    return out;
}

}  // namespace

token_signer::token_signer(const std::array<unsigned char, 32>& key) : key_(key) {}

std::string token_signer::sign(const token& t) const {
    std::string out(prefix);
    out.push_back(version);
    out.push_back(static_cast<char>(t.kind));
    put_number(out, static_cast<std::uint64_t>(t.issued.ms), 8);
    put_number(out, t.nonce, 8);
    put_number(out, t.stream.generation, 8);
    put_number(out, t.shard.index, 4);
    put_number(out, t.position, 8);
    put_number(out, t.filter, 1);
    put_number(out, static_cast<std::uint64_t>(t.filter_at.ms), 8);
    out.append(t.stream.tenant.account_id);
    put_short_text(out, t.stream.tenant.region);
    put_short_text(out, t.stream.name);
    put_short_text(out, t.after);
    const auto mac = mac_of(out, key_);
    out.append(reinterpret_cast<const char*>(mac.data()), mac.size());
    return base64_of(out);
}

std::optional<token> token_signer::open(std::string_view text, token_kind kind) const {
    const auto bytes = bytes_of_base64(text);
    if (!bytes || bytes->size() < prefix.size() + mac_bytes) return std::nullopt;
    const std::string_view all = *bytes;
    const std::string_view content = all.substr(0, all.size() - mac_bytes);
    const auto mac = mac_of(content, key_);
    if (CRYPTO_memcmp(mac.data(), all.data() + content.size(), mac_bytes) != 0) return std::nullopt;

    taker from{content};
    if (from.bytes(prefix.size()) != prefix || from.number(1) != version) return std::nullopt;
    if (from.number(1) != static_cast<std::uint64_t>(kind)) return std::nullopt;
    token t;
    t.kind = kind;
    t.issued.ms = static_cast<std::int64_t>(from.number(8));
    t.nonce = from.number(8);
    t.stream.generation = from.number(8);
    t.shard.index = static_cast<std::uint32_t>(from.number(4));
    t.position = from.number(8);
    t.filter = static_cast<std::uint8_t>(from.number(1));
    t.filter_at.ms = static_cast<std::int64_t>(from.number(8));
    t.stream.tenant.account_id = from.bytes(account_bytes);
    t.stream.tenant.region = from.short_text();
    t.stream.name = from.short_text();
    t.after = from.short_text();
    if (!from.good || !from.rest.empty()) return std::nullopt;
    return t;
}

}  // namespace kinetide::engine
