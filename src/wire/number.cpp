#include "number.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kinetide::wire {
namespace {

constexpr std::int64_t number_max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t number_min = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t time_max_ms = std::int64_t{1} << 53U;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

const char* behind_digits(const char* at, const char* end) {
    while (at != end && is_digit(*at)) ++at;
    return at;
}

// An exponent beyond this decides the value whatever the digits are: no body is as long.
constexpr std::int64_t exponent_max = 1'000'000'000'000;

std::int64_t read_exponent(std::string_view digits) {
    const bool negative = digits.front() == '-';
    if (negative || digits.front() == '+') digits.remove_prefix(1);
    std::int64_t exponent = 0;
    for (const char c : digits) exponent = std::min(exponent * 10 + (c - '0'), exponent_max);
    return negative ? -exponent : exponent;
}

// A magnitude that grows digit by digit and stops at the top.
class magnitude {
public:
    void append(unsigned digit) {
        if (value_ > (top - digit) / 10) {
            value_ = top;
        } else if (value_ != top) {
            value_ = value_ * 10 + digit;
        }
    }
    void append_zeros(std::int64_t count) {
        if (value_ == 0) return;
        for (; count > 0 && value_ != top; --count) append(0);
    }
    [[nodiscard]] std::int64_t rounded_down(bool negative, bool inexact) const {
        if (!negative) return value_ > most ? number_max : static_cast<std::int64_t>(value_);
        const std::uint64_t away = inexact && value_ != top ? value_ + 1 : value_;
        return away > most ? number_min : -static_cast<std::int64_t>(away);
    }

private:
    static constexpr std::uint64_t top = ~std::uint64_t{0};
    static constexpr std::uint64_t most = static_cast<std::uint64_t>(number_max);
    std::uint64_t value_ = 0;
};

}  // namespace

const char* behind_json_number(const char* at, const char* end) {
    if (at != end && *at == '-') ++at;
    if (at == end || !is_digit(*at)) return nullptr;
    at = *at == '0' ? at + 1 : behind_digits(at, end);
    if (at != end && *at == '.') {
        const char* const fraction = ++at;
        at = behind_digits(at, end);
        if (at == fraction) return nullptr;
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end && (*at == '+' || *at == '-')) ++at;
        const char* const exponent = at;
        at = behind_digits(at, end);
        if (at == exponent) return nullptr;
    }
    return at;
}

std::int64_t floor_of_json_number(std::string_view number, int shift) {
    const bool negative = number.front() == '-';
    if (negative) number.remove_prefix(1);

    std::int64_t exponent = shift;
    const std::size_t mark = number.find_first_of("eE");
    if (mark != std::string_view::npos) {
        exponent += read_exponent(number.substr(mark + 1));
        number = number.substr(0, mark);
    }
    const std::size_t point = number.find('.');
    const std::size_t digits = number.size() - (point == std::string_view::npos ? 0 : 1);
    const std::size_t before_point = std::min(point, number.size());

    // That many digits stand before the point once the exponent has moved it.
    const std::int64_t whole_digits = static_cast<std::int64_t>(before_point) + exponent;
    magnitude value;
    bool inexact = false;
    std::int64_t index = 0;
    for (const char c : number) {
        if (c == '.') continue;
        if (index++ < whole_digits) {
            value.append(static_cast<unsigned>(c - '0'));
        } else {
            inexact = inexact || c != '0';
        }
    }
    value.append_zeros(whole_digits - static_cast<std::int64_t>(digits));
    return value.rounded_down(negative, inexact);
}

std::int64_t floor_of_double(double number) {
    if (std::isnan(number)) return 0;
    const double whole = std::floor(number);
    if (whole >= 0x1p63) return number_max;
    if (whole < -0x1p63) return number_min;
    return static_cast<std::int64_t>(whole);
}

std::int64_t ms_of_seconds(double seconds) { return floor_of_double(std::round(seconds * 1000)); }

std::int64_t bounded_ms(std::int64_t ms) { return std::clamp(ms, -time_max_ms, time_max_ms); }

std::int32_t bounded_integer(std::int64_t number) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(
        number,
        std::numeric_limits<std::int32_t>::min(),
        std::numeric_limits<std::int32_t>::max()));
}

}  // namespace kinetide::wire
