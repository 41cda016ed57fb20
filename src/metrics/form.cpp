#include <kinetide/metrics/protocol.hpp>

#include <algorithm>
#include <functional>

#include <nlohmann/json.hpp>

#include "parsers.hpp"

namespace kinetide::metrics {
namespace {

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// A percent sign that begins nothing stands for itself.
std::string decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escapes = text[i] == '%' && i + 2 < text.size() && digit_of(text[i + 1]) >= 0 &&
                             digit_of(text[i + 2]) >= 0;
        if (escapes) {
            out += static_cast<char>(digit_of(text[i + 1]) * 16 + digit_of(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

// Each field, until it says false.
void for_each_field(
    std::string_view form, const std::function<bool(std::string name, std::string value)>& each) {
    while (!form.empty()) {
        const auto end = std::min(form.find('&'), form.size());
        const std::string_view field = form.substr(0, end);
        form.remove_prefix(std::min(end + 1, form.size()));
        const auto equals = std::min(field.find('='), field.size());
        const std::string_view value = field.substr(std::min(equals + 1, field.size()));
        if (!field.empty() && !each(decoded(field.substr(0, equals)), decoded(value))) return;
    }
}

// False when the path is too deep, or goes through what is a text already.
bool put(nlohmann::json& root, std::string_view path, std::string value) {
    nlohmann::json* at = &root;
    for (int depth = 0; depth < depth_max; ++depth) {
        if (!at->is_object()) return false;
        const auto dot = std::min(path.find('.'), path.size());
        nlohmann::json& next = (*at)[std::string(path.substr(0, dot))];
        if (dot == path.size()) {
            if (!next.is_null()) return false;
            next = std::move(value);
            return true;
        }
        if (next.is_null()) next = nlohmann::json::object();
        at = &next;
        path.remove_prefix(dot + 1);
    }
    return false;
}

}  // namespace

std::optional<nlohmann::json> parse_form(std::string_view body) {
    nlohmann::json root = nlohmann::json::object();
    bool good = true;
    for_each_field(body, [&](const std::string& name, std::string value) {
        good = put(root, name, std::move(value));
        return good;
    });
    if (!good) return std::nullopt;
    return root;
}

std::optional<std::string> form_value(std::string_view form, std::string_view name) {
    std::optional<std::string> found;
    for_each_field(form, [&](const std::string& one, std::string value) {
        if (one == name) found = std::move(value);
        return !found;
    });
    return found;
}

}  // namespace kinetide::metrics
