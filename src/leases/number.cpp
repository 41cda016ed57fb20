#include "number.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace kinetide::leases {
namespace {

constexpr std::size_t digits_max = 38;
constexpr int exponent_max = 126;   // 9.99E+125
constexpr int exponent_min = -129;  // 1E-130

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end - at;
}

// The exponent behind the digits; nothing when it is not one.
std::optional<int> exponent_in(std::string_view text) {
    if (text.empty()) return 0;
    if (text[0] != 'e' && text[0] != 'E') return std::nullopt;
    text.remove_prefix(1);
    if (text.starts_with('+')) text.remove_prefix(1);
    int exponent = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    constexpr int sane = 10'000;
    return std::clamp(exponent, -sane, sane);
}

// Digit by digit from the right; both have the same length.
std::string sum_of(std::string a, const std::string& b) {
    int carry = 0;
    for (std::size_t i = a.size(); i-- > 0;) {
        const int digit = (a[i] - '0') + (b[i] - '0') + carry;
        a[i] = static_cast<char>('0' + digit % 10);
        carry = digit / 10;
    }
    return (carry != 0 ? "1" : "0") + a;
}

// The same for a difference; `a` is the larger one.
std::string difference_of(std::string a, const std::string& b) {
    int borrow = 0;
    for (std::size_t i = a.size(); i-- > 0;) {
        int digit = (a[i] - '0') - (b[i] - '0') - borrow;
        borrow = digit < 0 ? 1 : 0;
        if (digit < 0) digit += 10;
        a[i] = static_cast<char>('0' + digit);
    }
    return "0" + a;
}

}  // namespace

std::optional<number> number::parse(std::string_view text) {
    std::size_t at = 0;
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) at = 1;
    const std::size_t whole = digits_at(text, at);
    std::string digits(text.substr(at, whole));
    at += whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = digits_at(text, ++at);
        digits.append(text.substr(at, fraction));
        at += fraction;
    }
    const auto exponent = exponent_in(text.substr(at));
    constexpr std::size_t text_max = 4096;
    if (digits.empty() || digits.size() > text_max || !exponent) return std::nullopt;
    return normal(negative, std::move(digits), static_cast<int>(whole) + *exponent);
}

std::optional<number> number::normal(bool negative, std::string digits, int exponent) {
    number n;
    const std::size_t first = digits.find_first_not_of('0');
    if (first == std::string::npos) return n;
    n.negative_ = negative;
    n.digits_ = digits.substr(first, digits.find_last_not_of('0') - first + 1);
    n.exponent_ = exponent - static_cast<int>(first);
    const bool kept = n.digits_.size() <= digits_max && n.exponent_ <= exponent_max &&
                      n.exponent_ >= exponent_min;
    return kept ? std::optional(n) : std::nullopt;
}

std::strong_ordering operator<=>(const number& a, const number& b) {
    return a.sortable() <=> b.sortable();
}

std::string number::sortable() const {
    if (digits_.empty()) return "1";
    constexpr int middle = 500;
    std::string out = (negative_ ? "0" : "2") + std::to_string(middle + exponent_) + digits_;
    if (!negative_) return out;
    // Larger magnitudes come first: each digit is turned round, and a longer text is the smaller.
    for (char& c : out) {
        if (&c != out.data()) c = static_cast<char>('9' - (c - '0'));
    }
    return out + "~";
}

// The digits from the place of ten to the `first` down to that of ten to the `last`.
std::string number::padded(int last, int first) const {
    const auto zeros = [](int count) {
        return std::string(static_cast<std::size_t>(std::max(count, 0)), '0');
    };
    const int lowest = exponent_ - static_cast<int>(digits_.size());
    return zeros(first - exponent_) + digits_ + zeros(lowest - last);
}

std::optional<number> number::plus(const number& other) const {
    if (digits_.empty()) return other;
    if (other.digits_.empty()) return *this;
    const int first = std::max(exponent_, other.exponent_);
    const int last = std::min(
        exponent_ - static_cast<int>(digits_.size()),
        other.exponent_ - static_cast<int>(other.digits_.size()));
    const std::string mine = padded(last, first);
    const std::string theirs = other.padded(last, first);
    if (negative_ == other.negative_) return normal(negative_, sum_of(mine, theirs), first + 1);
    if (mine >= theirs) return normal(negative_, difference_of(mine, theirs), first + 1);
    return normal(other.negative_, difference_of(theirs, mine), first + 1);
}

std::string number::text() const {
    if (digits_.empty()) return "0";
    const int lowest = exponent_ - static_cast<int>(digits_.size());
    std::string out = padded(std::min(lowest, 0), std::max(exponent_, 1));
    if (lowest < 0) out.insert(out.size() - static_cast<std::size_t>(-lowest), ".");
    return negative_ ? "-" + out : out;
}

}  // namespace kinetide::leases
