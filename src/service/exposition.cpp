#include "exposition.hpp"

#include <array>
#include <charconv>

namespace kinetide::service {
namespace {

void escape(std::string_view value, std::string& out) {
    for (const char c : value) {
        switch (c) {
            case '\\': out += "\\\\"; break;
            case '"': out += "\\\""; break;
            case '\n': out += "\\n"; break;
            default: out += c;
        }
    }
}

}  // namespace

std::string number_text(double value) {
    std::array<char, 32> out{};
    const auto done = std::to_chars(out.data(), out.data() + out.size(), value);
    return {out.data(), done.ptr};
}

void exposition::family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
    text_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void exposition::sample(
    std::string_view suffix, std::initializer_list<label> labels, std::string_view value) {
    text_.append(name_).append(suffix);
    char before = '{';
    for (const auto& [name, text] : labels) {
        text_ += before;
        text_.append(name).append("=\"");
        escape(text, text_);
        text_ += '"';
        before = ',';
    }
    if (labels.size() != 0) text_ += '}';
    text_.append(" ").append(value).append("\n");
}

void exposition::sample(
    std::string_view suffix, std::initializer_list<label> labels, std::uint64_t value) {
    sample(suffix, labels, std::string_view(std::to_string(value)));
}

void exposition::sample(
    std::string_view suffix, std::initializer_list<label> labels, std::int64_t value) {
    sample(suffix, labels, std::string_view(std::to_string(value)));
}

void exposition::sample(
    std::string_view suffix, std::initializer_list<label> labels, double value) {
    sample(suffix, labels, std::string_view(number_text(value)));
}

void exposition::comment(std::string_view line) { text_.append("# ").append(line).append("\n"); }

}  // namespace kinetide::service
