#include "text.hpp"

#include <cstring>

namespace kinetide::wire {

const char* behind_character(const char* at, const char* end) {
    const auto byte = [at](std::ptrdiff_t i) { return static_cast<unsigned char>(at[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return at + 1;

    std::ptrdiff_t size = 0;
    unsigned least = 0x80;  // the second byte's bounds depend on the first
    unsigned most = 0xbf;
    if (first >= 0xc2 && first <= 0xdf) {
        size = 2;
    } else if (first >= 0xe0 && first <= 0xef) {
        size = 3;
        if (first == 0xe0) least = 0xa0;
        if (first == 0xed) most = 0x9f;
    } else if (first >= 0xf0 && first <= 0xf4) {
        size = 4;
        if (first == 0xf0) least = 0x90;
        if (first == 0xf4) most = 0x8f;
    } else {
        return nullptr;
    }
    if (end - at < size || byte(1) < least || byte(1) > most) return nullptr;
    for (std::ptrdiff_t i = 2; i < size; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) return nullptr;
    }
    return at + size;
}

bool is_utf8(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        std::uint64_t eight = 0;
        while (end - at >= 8) {
            std::memcpy(&eight, at, 8);
            if ((eight & 0x8080808080808080U) != 0) break;
            at += 8;
        }
        if (at == end) break;
        if (static_cast<unsigned char>(*at) < 0x80) {
            ++at;
            continue;
        }
        at = behind_character(at, end);
        if (at == nullptr) return false;
    }
    return true;
}

std::size_t utf16_units(std::string_view text) {
    std::size_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        units += (byte & 0xc0U) != 0x80U ? 1U : 0U;
        units += byte >= 0xf0U ? 1U : 0U;
    }
    return units;
}

char* write_utf8(std::uint32_t code_point, char* out) {
    const auto put = [&out](std::uint32_t byte) { *out++ = static_cast<char>(byte); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xc0U | code_point >> 6U);
        put(0x80U | (code_point & 0x3fU));
    } else if (code_point < 0x10000) {
        put(0xe0U | code_point >> 12U);
        put(0x80U | (code_point >> 6U & 0x3fU));
        put(0x80U | (code_point & 0x3fU));
    } else {
        put(0xf0U | code_point >> 18U);
        put(0x80U | (code_point >> 12U & 0x3fU));
        put(0x80U | (code_point >> 6U & 0x3fU));
        put(0x80U | (code_point & 0x3fU));
    }
    return out;
}

}  // namespace kinetide::wire
