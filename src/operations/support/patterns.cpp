#include <kinetide/operations/patterns.hpp>

#include <algorithm>

namespace kinetide::operations::patterns {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What \s matches in Java's expressions.
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

bool is_decimal(std::string_view text, std::size_t digits_max) {
    if (text == "0") return true;
    return !text.empty() && text.size() <= digits_max && text.front() != '0' &&
           std::all_of(text.begin(), text.end(), is_digit);
}

bool is_hash_key(std::string_view text) {
    constexpr std::size_t digits_max = 39;
    return is_decimal(text, digits_max);
}

bool is_sequence_number(std::string_view text) {
    constexpr std::size_t digits_max = 129;
    return is_decimal(text, digits_max);
}

bool is_stream_arn(std::string_view text) {
    // `.*` takes colons too, so the account is any 12 digits before ":stream/".
    constexpr std::string_view head = "arn:aws";
    constexpr std::string_view service = ":kinesis:";
    constexpr std::string_view resource = ":stream/";
    constexpr std::size_t account_digits = 12;
    // `.` stops at line ends.
    if (!text.starts_with(head)) return false;
    for (auto at = text.find(resource); at != std::string_view::npos;
         at = text.find(resource, at + 1)) {
        const std::string_view before = text.substr(0, at);
        const std::string_view tail = text.substr(at + resource.size());
        if (tail.empty() || std::any_of(tail.begin(), tail.end(), is_space)) continue;
        if (before.size() < account_digits + 1) continue;
        const std::string_view account = before.substr(before.size() - account_digits);
        const std::string_view rest = before.substr(0, before.size() - account_digits);
        if (!is_account_id(account) || !rest.ends_with(':')) continue;
        if (rest.find_first_of("\r\n") != std::string_view::npos) continue;
        const auto kinesis = rest.substr(head.size()).find(service);
        if (kinesis != std::string_view::npos) return true;
    }
    return false;
}

bool is_stream_id(std::string_view text) {
    constexpr std::size_t length = 24;
    constexpr std::size_t dash_at = 20;
    if (text.size() != length || text[dash_at] != '-') return false;
    return std::all_of(text.begin(), text.end(), [&](const char& c) {
        const bool dash = &c == text.data() + dash_at;
        return dash || is_digit(c) || (c >= 'a' && c <= 'z');
    });
}

}  // namespace kinetide::operations::patterns
