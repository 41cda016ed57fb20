// Tokens as a peer may send them, and as one who holds the key could: whatever opens is what was
// signed, and nothing else opens.  An input is taken as a token's text, as content that we sign,
// and as a token's values.

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <kinetide/base/chance.hpp>
#include <kinetide/engine/token.hpp>
#include <string>
#include <string_view>

#include "input.hpp"

namespace {

using namespace kinetide;
using fuzzing::demand;

using engine::token;
using engine::token_kind;
using engine::token_signer;

const std::array<unsigned char, 32>& key() {
    static const chance fixed(1);
    return fixed.secret();
}

// Some of these no token has.
constexpr std::uint64_t kinds = 8;

// How many kinds it opens as.
std::size_t check_text(std::string_view text) {
    static const token_signer ours(key());
    static const token_signer other(chance(2).secret());
    std::size_t opened = 0;
    for (std::uint64_t number = 0; number < kinds; ++number) {
        const auto kind = static_cast<token_kind>(number);
        const auto t = ours.open(text, kind);
        if (!t) continue;
        demand(t->kind == kind && ours.sign(*t) == text);
        demand(!other.open(text, kind));
        ++opened;
    }
    demand(opened <= 1);
    return opened;
}

std::string base64_of(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(text.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()),
        static_cast<int>(bytes.size()));
    text.pop_back();
    return text;
}

// Any content, under a true signature.
std::string signed_content(std::string_view content) {
    constexpr std::size_t mac_bytes = 16;
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    HMAC(
        EVP_sha256(),
        key().data(),
        static_cast<int>(key().size()),
        reinterpret_cast<const unsigned char*>(content.data()),
        content.size(),
        mac.data(),
        &size);
    std::string bytes(content);
    bytes.append(reinterpret_cast<const char*>(mac.data()), mac_bytes);
    return base64_of(bytes);
}

token taken_token(fuzzing::input& in) {
    token t;
    t.kind = static_cast<token_kind>(in.number(1) % kinds);
    t.issued.ms = static_cast<std::int64_t>(in.number(8));
    t.nonce = in.number(8);
    t.stream.generation = in.number(8);
    t.shard.index = static_cast<std::uint32_t>(in.number(4));
    t.position = in.number(8);
    t.filter = static_cast<std::uint8_t>(in.number(1));
    t.filter_at.ms = static_cast<std::int64_t>(in.number(8));
    t.stream.tenant.account_id = in.bytes(12);
    t.stream.tenant.account_id.resize(12, '0');
    t.stream.tenant.region = in.short_text(32);
    t.stream.name = in.short_text(128);
    t.after = in.short_text(128);
    return t;
}

// Every value comes back, and no text but this one brings it.
void check_values(fuzzing::input in) {
    static const token_signer ours(key());
    const token t = taken_token(in);
    std::string text = ours.sign(t);
    demand(check_text(text) == 1);
    const auto back = ours.open(text, t.kind);
    demand(back && back->issued == t.issued && back->nonce == t.nonce);
    demand(back->stream.tenant == t.stream.tenant && back->stream.name == t.stream.name);
    demand(back->stream.generation == t.stream.generation && back->shard == t.shard);
    demand(back->position == t.position);
    demand(back->filter == t.filter && back->filter_at == t.filter_at && back->after == t.after);

    const std::size_t at = in.number(2) % text.size();
    text[at] = static_cast<char>(text[at] ^ 1 << in.number(1) % 8);
    demand(check_text(text) == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzzing::input in(data, size);
    check_text(in.text());
    check_text(signed_content(in.text()));
    check_values(in);
    return 0;
}
