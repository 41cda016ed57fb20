#include "tokens.hpp"

#include <algorithm>
#include <cctype>

namespace kinetide::leases {
namespace {

bool in_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
           c == '[' || c == ']';
}

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
    const std::size_t start = end_ - now_.size();
    return text_.substr(start, shown);
}

}  // namespace kinetide::leases
