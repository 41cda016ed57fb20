#include <kinetide/operations/patterns.hpp>

#include <algorithm>

namespace kinetide::operations::patterns {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What \s matches in Java's expressions.
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Cuts the longest tail of such characters off; what it was.
template <class Predicate>
std::string_view take_tail(std::string_view& text, Predicate belongs) {
    std::size_t start = text.size();
    while (start > 0 && belongs(text[start - 1])) --start;
    const std::string_view tail = text.substr(start);
    text.remove_suffix(tail.size());
    return tail;
}

bool drop_suffix(std::string_view& text, std::string_view suffix) {
    if (!text.ends_with(suffix)) return false;
    text.remove_suffix(suffix.size());
    return true;
}

// arn:aws.*:kinesis:.*:\d{12}:.*
bool begins_as_arn(std::string_view text) {
    constexpr std::string_view head = "arn:aws";
    constexpr std::string_view service = ":kinesis:";
    constexpr std::size_t account_digits = 12;
    if (!text.starts_with(head) || text.find_first_of("\r\n") != std::string_view::npos)
        return false;
    const auto kinesis = text.find(service, head.size());
    if (kinesis == std::string_view::npos) return false;
    const std::string_view rest = text.substr(kinesis + service.size());
    for (auto at = rest.find(':'); at != std::string_view::npos; at = rest.find(':', at + 1)) {
        const std::string_view behind = rest.substr(at + 1);
        if (behind.size() <= account_digits || behind[account_digits] != ':') continue;
        if (is_account_id(behind.substr(0, account_digits))) return true;
    }
    return false;
}

// Where a word stands last with something behind it.
std::size_t last_before_tail(std::string_view text, std::string_view word) {
    if (text.size() <= word.size()) return std::string_view::npos;
    return text.rfind(word, text.size() - word.size() - 1);
}

// .*:\d{12}
bool ends_in_account(std::string_view text) {
    constexpr std::size_t digits = 12;
    return text.size() > digits && text[text.size() - digits - 1] == ':' &&
           is_account_id(text.substr(text.size() - digits));
}

// \S*
bool is_unbroken(std::string_view text) { return std::none_of(text.begin(), text.end(), is_space); }

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

// The last account that a resource follows decides: earlier ones have its tail in theirs, and more
// of a tail or less of a beginning helps none.
bool is_stream_arn(std::string_view text) {
    constexpr std::string_view resource = ":stream/";
    auto at = last_before_tail(text, resource);
    while (at != std::string_view::npos && !ends_in_account(text.substr(0, at))) {
        at = at == 0 ? std::string_view::npos : text.rfind(resource, at - 1);
    }
    if (at == std::string_view::npos) return false;
    return begins_as_arn(text.substr(0, at + 1)) && is_unbroken(text.substr(at + resource.size()));
}

bool is_resource_arn(std::string_view text) {
    for (const std::string_view resource : {"stream/", "channel/", "queue/"}) {
        const auto at = last_before_tail(text, resource);
        if (at == std::string_view::npos) continue;
        const bool good =
            begins_as_arn(text.substr(0, at)) && is_unbroken(text.substr(at + resource.size()));
        if (good) return true;
    }
    return false;
}

bool is_consumer_arn(std::string_view text) {
    // From its end, where no character can belong to two parts.
    const auto of_name = [](char c) { return is_name_text({&c, 1}); };
    return !take_tail(text, is_digit).empty() && drop_suffix(text, ":") &&
           !take_tail(text, of_name).empty() && drop_suffix(text, "/consumer/") &&
           !take_tail(text, of_name).empty() && drop_suffix(text, "stream/") && begins_as_arn(text);
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
