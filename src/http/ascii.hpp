// Text as HTTP compares it: ASCII, without case, whatever the locale.
#pragma once

#include <algorithm>
#include <string_view>

namespace kinetide::http {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool is_letter(char c) {
    const char l = lower(c);
    return l >= 'a' && l <= 'z';
}

// What may stand in no header: all below space but the tab, and DEL.
constexpr bool is_control(char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
}

constexpr bool same_text(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return lower(x) == lower(y);
           });
}

constexpr bool ends_with_text(std::string_view text, std::string_view ending) {
    return text.size() >= ending.size() &&
           same_text(text.substr(text.size() - ending.size()), ending);
}

}  // namespace kinetide::http
