// One name in the spellings of flags, variables and keys.
#pragma once

#include <string>
#include <string_view>

namespace kinetide::program {

// `prefix` and `name`, with `dash` for each hyphen of the name, and its letters as wanted.
[[nodiscard]] inline std::string spelled(
    std::string_view prefix, std::string_view name, char dash, bool upper) {
    std::string out(prefix);
    for (const char c : name) {
        const bool lower = c >= 'a' && c <= 'z';
        out += c == '-' ? dash : upper && lower ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
}

}  // namespace kinetide::program
