// UTF-8, and the search for a string's end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace kinetide::wire {

// Behind the well-formed character that starts at `at`, which is before `end`; nullptr when there
// is none.  Surrogates, overlong forms and what is above U+10FFFF are not well-formed.
const char* behind_character(const char* at, const char* end);

bool is_utf8(std::string_view text);

// Units of UTF-16 that well-formed UTF-8 comes to.
std::size_t utf16_units(std::string_view text);

// Writes 1 to 4 bytes; behind them.
char* write_utf8(std::uint32_t code_point, char* out);

// The first quote, backslash, control character or (where `beyond_ascii`) byte of a longer
// character; `end` when there is none.
template <bool beyond_ascii>
const char* find_special(const char* at, const char* end) {
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    for (; end - at >= 16; at += 16) {
        const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        __m128i special =
            _mm_or_si128(_mm_cmpeq_epi8(text, quote), _mm_cmpeq_epi8(text, backslash));
        if constexpr (beyond_ascii) {  // as signed numbers these are below 0
            special = _mm_or_si128(special, _mm_cmplt_epi8(text, _mm_set1_epi8(0x20)));
        } else {
            const __m128i control = _mm_set1_epi8(0x1f);
            special = _mm_or_si128(special, _mm_cmpeq_epi8(_mm_min_epu8(text, control), text));
        }
        const int found = _mm_movemask_epi8(special);
        if (found != 0) return at + __builtin_ctz(static_cast<unsigned>(found));
    }
#endif
    for (; at != end; ++at) {
        const auto c = static_cast<unsigned char>(*at);
        if (c == '"' || c == '\\' || c < 0x20 || (beyond_ascii && c >= 0x80)) break;
    }
    return at;
}

}  // namespace kinetide::wire
