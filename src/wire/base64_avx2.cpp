// Base64 in blocks of 24 bytes against 32 characters, after Mula and Lemire, "Faster Base64
// Encoding and Decoding using AVX2 Instructions".

#include "base64.hpp"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace kinetide::wire::base64_parts {

#if defined(__x86_64__)

namespace {

// Stores write 32 bytes of which 24 count, and loads read 28: the loops stop this far before the
// end.
constexpr std::size_t decode_reserve = 32 + 16;
constexpr std::size_t encode_reserve = 28;

// clang-format off
__attribute__((target("avx2"))) __m256i in_both_lanes(__m128i lane) {
    return _mm256_broadcastsi128_si256(lane);
}

__attribute__((target("avx2"))) __m256i spread_to_sextets(__m256i in) {
    in = _mm256_shuffle_epi8(in, in_both_lanes(_mm_set_epi8(
        10, 11, 9, 10, 7, 8, 6, 7, 4, 5, 3, 4, 1, 2, 0, 1)));
    const __m256i ac = _mm256_mulhi_epu16(
        _mm256_and_si256(in, _mm256_set1_epi32(0x0fc0fc00)), _mm256_set1_epi32(0x04000040));
    const __m256i bd = _mm256_mullo_epi16(
        _mm256_and_si256(in, _mm256_set1_epi32(0x003f03f0)), _mm256_set1_epi32(0x01000010));
    return _mm256_or_si256(ac, bd);
}

// Adds to each sextet the distance of its part of the alphabet.
__attribute__((target("avx2"))) __m256i sextets_to_text(__m256i sextets) {
    const __m256i distances = in_both_lanes(_mm_setr_epi8(
        'a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
        '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0));
    __m256i part = _mm256_subs_epu8(sextets, _mm256_set1_epi8(51));
    const __m256i upper = _mm256_cmpgt_epi8(_mm256_set1_epi8(26), sextets);
    part = _mm256_or_si256(part, _mm256_and_si256(upper, _mm256_set1_epi8(13)));
    return _mm256_add_epi8(sextets, _mm256_shuffle_epi8(distances, part));
}

__attribute__((target("avx2"))) __m256i pack_sextets(__m256i sextets) {
    const __m256i pairs = _mm256_maddubs_epi16(sextets, _mm256_set1_epi32(0x01400140));
    const __m256i quads = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000));
    const __m256i bytes = _mm256_shuffle_epi8(quads, in_both_lanes(_mm_setr_epi8(
        2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1)));
    return _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, -1, -1));
}
// clang-format on

__attribute__((target("avx2"))) __m128i load(const unsigned char* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}

// The sextets of 32 characters, or false where one is none of the alphabet: where the sets that its
// two halves allow have something in common (bit sets `low_sets` and `high_sets`).
__attribute__((target("avx2"))) bool text_to_sextets(const char* from, __m256i& sextets) {
    // clang-format off
    const __m256i low_sets = in_both_lanes(_mm_setr_epi8(
        0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a));
    const __m256i high_sets = in_both_lanes(_mm_setr_epi8(
        0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10));
    const __m256i distances = in_both_lanes(_mm_setr_epi8(
        0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0));
    // clang-format on
    const __m256i slash = _mm256_set1_epi8('/');
    const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
    const __m256i high_half = _mm256_and_si256(_mm256_srli_epi32(text, 4), slash);
    const __m256i low_half = _mm256_and_si256(text, slash);
    const __m256i high = _mm256_shuffle_epi8(high_sets, high_half);
    const __m256i low = _mm256_shuffle_epi8(low_sets, low_half);
    if (_mm256_testz_si256(low, high) == 0) return false;
    const __m256i part = _mm256_add_epi8(_mm256_cmpeq_epi8(text, slash), high_half);
    sextets = _mm256_add_epi8(text, _mm256_shuffle_epi8(distances, part));
    return true;
}

}  // namespace

__attribute__((target("avx2"))) std::size_t encode_avx2(
    const unsigned char* in, std::size_t size, char* out) {
    std::size_t done = 0;
    for (; size - done >= encode_reserve; done += 24, out += 32) {
        const __m128i low = load(in + done);
        const __m128i high = load(in + done + 12);
        const __m256i text = sextets_to_text(spread_to_sextets(_mm256_set_m128i(high, low)));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), text);
    }
    const std::size_t end = std::min(size - size % 3, done + 24);
    if (done == 0 || done == end) return done;
    // Once more without reading beyond its end, which may overlap the block before.
    const unsigned char* const last = in + end - 24;
    const __m128i low = load(last);
    const __m128i high = _mm_srli_si128(load(last + 8), 4);
    const __m256i text = sextets_to_text(spread_to_sextets(_mm256_set_m128i(high, low)));
    out -= (24 - (end - done)) / 3 * 4;
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), text);
    return end;
}

__attribute__((target("avx2"))) std::size_t decode_avx2(
    const char* in, std::size_t size, char* out) {
    std::size_t done = 0;
    __m256i sextets;
    for (; size - done >= decode_reserve; done += 32, out += 24) {
        if (!text_to_sextets(in + done, sextets)) return done;
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), pack_sextets(sextets));
    }
    // Once more without writing beyond its end, which may overlap the block before; the last four
    // characters may be padding.
    const std::size_t end = std::min(size - 4, done + 32);
    if (done == 0 || done == end || !text_to_sextets(in + end - 32, sextets)) return done;
    const __m256i bytes = pack_sextets(sextets);
    out -= 24 - (end - done) / 4 * 3;
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm256_castsi256_si128(bytes));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out + 16), _mm256_extracti128_si256(bytes, 1));
    return end;
}

#else

std::size_t encode_avx2(const unsigned char*, std::size_t, char*) { return 0; }
std::size_t decode_avx2(const char*, std::size_t, char*) { return 0; }

#endif

}  // namespace kinetide::wire::base64_parts
