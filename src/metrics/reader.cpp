#include "reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "refusals.hpp"

namespace kinetide::metrics {
namespace {

using nlohmann::json;

constexpr std::size_t name_length_max = 255;
constexpr std::size_t value_length_max = 1024;
constexpr std::size_t dimensions_max = 30;
constexpr double value_max = 0x1p360;

std::string shown(const json& v) {
    if (v.is_string()) return v.get<std::string>();
    return v.is_number() || v.is_boolean() ? v.dump() : v.type_name();
}

// By the library, which knows it of JSON's strings; forms and CBOR bring any bytes.
bool is_utf8(const std::string& text) {
    std::string quoted = text;
    std::replace_if(
        quoted.begin(),
        quoted.end(),
        [](char c) { return (c >= 0 && c < ' ') || c == '"' || c == '\\'; },
        ' ');
    return json::accept("\"" + quoted + "\"");
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
}

// Printable, and something to be seen in it.
bool is_name(std::string_view text) {
    const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
    return std::all_of(text.begin(), text.end(), printable) &&
           text.find_first_not_of(' ') != std::string_view::npos;
}

}  // namespace

const json* reader::member(const node& in, std::string_view name) {
    if (in.at == nullptr || wrong_) return nullptr;
    const auto it = in.at->find(name);
    return it == in.at->end() || it->is_null() ? nullptr : &*it;
}

void reader::wrong_type(const json& v, const std::string& path) {
    refuse(refusals::invalid_value(path, shown(v)));
}

std::optional<std::string> reader::text_of(const json& v, const std::string& path) {
    if (v.is_string() && is_utf8(v.get_ref<const std::string&>())) return v.get<std::string>();
    wrong_type(v, path);
    return std::nullopt;
}

std::optional<double> reader::number_of(const json& v, const std::string& path) {
    std::optional<double> number;
    if (v.is_number()) {
        number = v.get<double>();
    } else if (v.is_string() && protocol_ == protocol::query) {
        const auto& text = v.get_ref<const std::string&>();
        double parsed = 0;
        const char* const end = text.data() + text.size();
        const auto [last, error] = std::from_chars(text.data(), end, parsed);
        if (error == std::errc{} && last == end) number = parsed;
    }
    if (number && std::isfinite(*number) && std::abs(*number) <= value_max) return number;
    wrong_type(v, path);
    return std::nullopt;
}

std::optional<std::string> reader::text(const node& in, std::string_view name) {
    const json* const v = member(in, name);
    if (v == nullptr) return std::nullopt;
    return text_of(*v, in.path + std::string(name));
}

std::string reader::required_text(const node& in, std::string_view name, std::size_t length_max) {
    auto found = text(in, name);
    const std::string path = in.path + std::string(name);
    if (!found || found->empty()) {
        refuse(refusals::missing(path));
        return {};
    }
    if (found->size() > length_max) refuse(refusals::too_long(path, length_max));
    if (!is_ascii(*found)) refuse(refusals::not_ascii(path, *found));
    if (!is_name(*found)) refuse(refusals::invalid_value(path, *found));
    return std::move(*found);
}

std::optional<double> reader::number(const node& in, std::string_view name) {
    const json* const v = member(in, name);
    if (v == nullptr) return std::nullopt;
    return number_of(*v, in.path + std::string(name));
}

std::optional<std::int64_t> reader::integer(const node& in, std::string_view name) {
    const auto found = number(in, name);
    if (!found) return std::nullopt;
    constexpr double integer_max = 2147483647;
    if (*found == std::floor(*found) && std::abs(*found) <= integer_max) {
        return static_cast<std::int64_t>(*found);
    }
    refuse(refusals::invalid_value(in.path + std::string(name), json(*found).dump()));
    return std::nullopt;
}

std::optional<bool> reader::boolean(const node& in, std::string_view name) {
    const json* const v = member(in, name);
    if (v == nullptr) return std::nullopt;
    if (v->is_boolean()) return v->get<bool>();
    if (v->is_string() && protocol_ == protocol::query && (*v == "true" || *v == "false")) {
        return *v == "true";
    }
    wrong_type(*v, in.path + std::string(name));
    return std::nullopt;
}

std::optional<instant> reader::time(const node& in, std::string_view name) {
    const json* const v = member(in, name);
    if (v == nullptr) return std::nullopt;
    const std::string path = in.path + std::string(name);
    if (v->is_string()) {
        if (auto parsed = parse_time(v->get_ref<const std::string&>())) return parsed;
        wrong_type(*v, path);
        return std::nullopt;
    }
    constexpr double seconds_max = 1e11;
    const auto seconds = number_of(*v, path);
    if (!seconds) return std::nullopt;
    if (std::abs(*seconds) > seconds_max) {
        wrong_type(*v, path);
        return std::nullopt;
    }
    return instant{std::llround(*seconds * 1000)};
}

std::optional<unit> reader::unit_in(const node& in, std::string_view name) {
    const auto found = text(in, name);
    if (!found) return std::nullopt;
    const auto known = unit_of(*found);
    if (!known) refuse(refusals::invalid_value(in.path + std::string(name), *found));
    return known;
}

std::optional<node> reader::structure(const node& in, std::string_view name) {
    const json* const v = member(in, name);
    if (v == nullptr) return std::nullopt;
    const std::string path = in.path + std::string(name);
    if (v->is_object()) return node{v, path + "."};
    wrong_type(*v, path);
    return std::nullopt;
}

std::vector<reader::element> reader::list(
    const node& in, std::string_view name, std::size_t count_max) {
    const json* const v = member(in, name);
    std::vector<element> found;
    if (v == nullptr) return found;
    const std::string path = in.path + std::string(name);
    const auto element_path = [&](std::size_t number) {
        return path + ".member." + std::to_string(number);
    };
    const bool is_form = protocol_ == protocol::query && v->is_object() && v->contains("member");
    const std::size_t count = v->is_array() ? v->size() : is_form ? (*v)["member"].size() : 0;
    if (count > count_max) {
        refuse(refusals::too_many(path, count_max));
        return found;
    }
    if (v->is_array()) {
        for (const json& one : *v) found.push_back({&one, element_path(found.size() + 1)});
    } else if (is_form) {
        // A form's elements count by their numbers, whatever the order and the gaps.
        std::map<std::size_t, const json*> by_number;
        for (const auto& [key, one] : (*v)["member"].items()) {
            std::size_t number = 0;
            const char* const end = key.data() + key.size();
            const auto [last, error] = std::from_chars(key.data(), end, number);
            if (error != std::errc{} || last != end) {
                refuse(refusals::invalid_value(path, key));
                return {};
            }
            by_number.emplace(number, &one);
        }
        for (const auto& [number, one] : by_number) found.push_back({one, element_path(number)});
    } else if (!(protocol_ == protocol::query && v->is_string() &&
                 v->get_ref<const std::string&>().empty())) {
        wrong_type(*v, path);  // but for a form's empty list
    }
    return found;
}

std::vector<node> reader::structures(const node& in, std::string_view name, std::size_t count_max) {
    std::vector<node> found;
    for (element& e : list(in, name, count_max)) {
        if (e.at->is_object()) {
            found.push_back({e.at, std::move(e.path) + "."});
        } else {
            wrong_type(*e.at, e.path);
        }
    }
    return found;
}

std::vector<double> reader::numbers(const node& in, std::string_view name, std::size_t count_max) {
    std::vector<double> found;
    for (const element& e : list(in, name, count_max)) {
        if (const auto number = number_of(*e.at, e.path)) found.push_back(*number);
    }
    return found;
}

std::vector<std::string> reader::texts(
    const node& in, std::string_view name, std::size_t count_max) {
    std::vector<std::string> found;
    for (const element& e : list(in, name, count_max)) {
        if (auto one = text_of(*e.at, e.path)) found.push_back(std::move(*one));
    }
    return found;
}

std::vector<dimension> reader::dimensions(const node& in) {
    std::vector<dimension> found;
    for (const node& one : structures(in, "Dimensions", dimensions_max)) {
        dimension d;
        d.name = required_text(one, "Name", name_length_max);
        d.value = required_text(one, "Value", value_length_max);
        if (d.name.starts_with(':')) {
            refuse(refusals::invalid_value(one.path + "Name", d.name));
        }
        found.push_back(std::move(d));
    }
    std::sort(found.begin(), found.end());
    const auto twice = std::adjacent_find(
        found.begin(), found.end(), [](const auto& a, const auto& b) { return a.name == b.name; });
    if (twice != found.end()) {
        refuse(refusals::invalid(
            "No duplicate dimension name may be used in " + in.path + "Dimensions."));
    }
    return found;
}

metric reader::metric_in(const node& in) {
    metric m;
    m.name_space = required_text(in, "Namespace", name_length_max);
    m.name = required_text(in, "MetricName", name_length_max);
    m.dimensions = dimensions(in);
    return m;
}

}  // namespace kinetide::metrics
