#include "base64.hpp"

#include <array>
#include <cstdint>

#include <kinetide/base/avx2.hpp>

namespace kinetide::wire {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::uint8_t foreign = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
    std::array<std::uint8_t, 256> values{};
    values.fill(foreign);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return values;
}
constexpr std::array<std::uint8_t, 256> value_table = make_values();

std::uint32_t value_of(char c) { return value_table[static_cast<unsigned char>(c)]; }

// The last quantum, which may be padded.
std::size_t decode_last(const char* in, char* out) {
    const std::size_t pads = in[3] != '=' ? 0U : in[2] != '=' ? 1U : 2U;
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::uint32_t value = i < 4 - pads ? value_of(in[i]) : 0;
        if (value == foreign) return not_base64;
        bits = bits << 6U | value;
    }
    const std::uint32_t left_over = pads == 0 ? 0U : pads == 1 ? 0xffU : 0xffffU;
    if ((bits & left_over) != 0) return not_base64;
    for (std::size_t i = 0; i < 3 - pads; ++i) out[i] = static_cast<char>(bits >> (16 - 8 * i));
    return 3 - pads;
}

}  // namespace

namespace base64_parts {

void encode_scalar(const unsigned char* in, std::size_t size, char* out) {
    for (; size >= 3; size -= 3, in += 3) {
        const std::uint32_t bits = std::uint32_t{in[0]} << 16U | std::uint32_t{in[1]} << 8U | in[2];
        *out++ = alphabet[bits >> 18U];
        *out++ = alphabet[bits >> 12U & 63U];
        *out++ = alphabet[bits >> 6U & 63U];
        *out++ = alphabet[bits & 63U];
    }
    if (size == 0) return;
    const std::uint32_t bits =
        std::uint32_t{in[0]} << 16U | (size == 2 ? std::uint32_t{in[1]} << 8U : 0U);
    *out++ = alphabet[bits >> 18U];
    *out++ = alphabet[bits >> 12U & 63U];
    *out++ = size == 2 ? alphabet[bits >> 6U & 63U] : '=';
    *out++ = '=';
}

std::size_t decode_scalar(const char* in, std::size_t size, char* out) {
    if (size % 4 != 0) return not_base64;
    if (size == 0) return 0;
    char* const start = out;
    for (; size > 4; size -= 4, in += 4) {
        const std::uint32_t a = value_of(in[0]);
        const std::uint32_t b = value_of(in[1]);
        const std::uint32_t c = value_of(in[2]);
        const std::uint32_t d = value_of(in[3]);
        if (((a | b | c | d) & 0xc0U) != 0) return not_base64;
        const std::uint32_t bits = a << 18U | b << 12U | c << 6U | d;
        *out++ = static_cast<char>(bits >> 16U);
        *out++ = static_cast<char>(bits >> 8U);
        *out++ = static_cast<char>(bits);
    }
    const std::size_t last = decode_last(in, out);
    return last == not_base64 ? not_base64 : static_cast<std::size_t>(out - start) + last;
}

}  // namespace base64_parts

void base64_encode(blob_view bytes, char* out) {
    const auto* in = reinterpret_cast<const unsigned char*>(bytes.data);
    std::size_t size = bytes.size;
    if (has_avx2()) {
        const std::size_t done = base64_parts::encode_avx2(in, size, out);
        in += done;
        size -= done;
        out += done / 3 * 4;
    }
    base64_parts::encode_scalar(in, size, out);
}

std::size_t base64_decode(std::string_view text, char* out) {
    if (text.size() % 4 != 0) return not_base64;
    std::size_t done = 0;
    if (has_avx2()) {
        done = base64_parts::decode_avx2(text.data(), text.size(), out);
    }
    const std::size_t before = done / 4 * 3;
    const std::size_t rest =
        base64_parts::decode_scalar(text.data() + done, text.size() - done, out + before);
    return rest == not_base64 ? not_base64 : before + rest;
}

}  // namespace kinetide::wire
