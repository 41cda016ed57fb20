#include "tokens.hpp"

#include <algorithm>
#include <cctype>

namespace kinetide::leases {
namespace {

bool in_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
           c == '[' || c == ']';
}

// Within a character of several bytes: no text may be cut there.
bool is_inner_byte(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

void tokens::next() {
    while (end_ < text_.size() && is_blank(text_[end_])) ++end_;
    const std::size_t start = end_;
    if (start == text_.size()) {
        now_ = {};
        return;
    }
    const char first = text_[end_++];
    if (first == '#' || first == ':' || in_word(first)) {
        while (end_ < text_.size() && in_word(text_[end_])) ++end_;
    } else if (end_ < text_.size() && (first == '<' || first == '>')) {
        const char second = text_[end_];
        if (second == '=' || (first == '<' && second == '>')) ++end_;
    } else {
        while (end_ < text_.size() && is_inner_byte(text_[end_])) ++end_;
    }
    now_ = text_.substr(start, end_ - start);
}

bool tokens::at_word(std::string_view upper) const {
    return std::equal(now_.begin(), now_.end(), upper.begin(), upper.end(), [](char a, char b) {
        return std::toupper(static_cast<unsigned char>(a)) == b;
    });
}

bool tokens::take(std::string_view sign) {
    if (now_ != sign) return false;
    next();
    return true;
}

bool tokens::take_word(std::string_view upper) {
    if (!at_word(upper)) return false;
    next();
    return true;
}

std::string_view tokens::near() const {
    constexpr std::size_t shown = 40;
    const std::string_view rest = text_.substr(end_ - now_.size());
    std::size_t cut = std::min(rest.size(), shown);
    while (cut < rest.size() && is_inner_byte(rest[cut])) --cut;
    return rest.substr(0, cut);
}

}  // namespace kinetide::leases
