// The alphabets of names, as predicates: what the service's patterns say.
#pragma once

#include <algorithm>
#include <string_view>

namespace kinetide {

// [a-zA-Z0-9_.-]+
constexpr bool is_name_text(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '-';
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

constexpr bool is_stream_name(std::string_view text) {
    constexpr std::size_t length_max = 128;
    return text.size() <= length_max && is_name_text(text);
}

// \d{12}
constexpr bool is_account_id(std::string_view text) {
    constexpr std::size_t length = 12;
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() == length && std::all_of(text.begin(), text.end(), digit);
}

}  // namespace kinetide
