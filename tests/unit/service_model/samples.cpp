#include "samples.hpp"

#include <algorithm>
#include <optional>
#include <regex>
#include <stdexcept>

namespace kinetide::testing {
namespace {

// The service's message lists these in an order of its own (recorded from GetShardIterator).
const std::string iterator_types_printed =
    "AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON";

const pattern_samples* find_pattern(const json& of) {
    if (!of.contains("pattern")) return nullptr;
    for (const pattern_samples& p : all_patterns()) {
        if (p.pattern == of["pattern"]) return &p;
    }
    throw std::runtime_error("no samples of the pattern " + of["pattern"].get<std::string>());
}

// A text of that length, matching the shape's pattern if any such does.
std::string text_of(const json& of, std::size_t length) {
    const pattern_samples* p = find_pattern(of);
    if (p == nullptr || p->grown == nullptr) return std::string(length, 'x');
    const std::string text = p->grown(length);
    return text.size() == length ? text : std::string(length, 'x');
}

std::string enum_phrase(const json& names) {
    std::string all;
    for (const json& name : names) all += (all.empty() ? "" : ", ") + name.get<std::string>();
    const bool iterator_types = names == shape("ShardIteratorType")["enum"];
    return must::be_one_of(iterator_types ? iterator_types_printed : all);
}

bool matches(const pattern_samples& p, const std::string& text) {
    const auto is_in = [&](const std::vector<std::string>& all) {
        return std::find(all.begin(), all.end(), text) != all.end();
    };
    if (is_in(p.matching) || is_in(p.others)) return is_in(p.matching);
    return p.grown != nullptr && p.grown(text.size()) == text;
}

// What is wrong with a number's value, or with the length of anything else.
std::vector<std::string> size_faults(const json& of, const json& value) {
    std::vector<std::string> faults;
    const bool number = value.is_number();
    const std::int64_t size =
        number                   ? value.get<std::int64_t>()
        : of["type"] == "string" ? static_cast<std::int64_t>(value.get<std::string>().size())
        : of["type"] == "blob"
            ? static_cast<std::int64_t>(from_base64(value.get<std::string>()).size())
            : static_cast<std::int64_t>(value.size());
    if (of.contains("min") && size < of["min"]) {
        faults.push_back((number ? must::have_value_from : must::have_length_from)(of["min"]));
    }
    if (of.contains("max") && size > of["max"]) {
        faults.push_back((number ? must::have_value_to : must::have_length_to)(of["max"]));
    }
    return faults;
}

std::vector<std::string> faults_of(const json& of, const json& value) {
    std::vector<std::string> faults = size_faults(of, value);
    if (of.contains("enum")) {
        const json& names = of["enum"];
        if (std::find(names.begin(), names.end(), value) == names.end()) {
            faults.push_back(enum_phrase(names));
        }
    }
    const pattern_samples* p = find_pattern(of);
    if (p != nullptr && !matches(*p, value)) faults.push_back(must::match(p->printed));
    return faults;
}

json list_of(const json& of, std::size_t count) {
    json all = json::array();
    for (std::size_t i = 0; i < count; ++i) {
        all.push_back(good_value(of["member"]["shape"], i));
    }
    return all;
}

json map_of(const json& of, std::size_t count) {
    json all = json::object();
    for (std::size_t i = 0; i < count; ++i) {
        all["k" + (i == 0 ? "" : std::to_string(i))] = good_value(of["value"]["shape"], i);
    }
    return all;
}

// Of that size; nothing where there is none.
std::optional<json> sized(const json& of, std::int64_t size) {
    if (of["type"] == "integer" || of["type"] == "long") return size;
    if (size < 0) return std::nullopt;
    const auto count = static_cast<std::size_t>(size);
    if (of["type"] == "string") return text_of(of, count);
    if (of["type"] == "blob") return base64(std::string(count, 'x'));
    if (of["type"] == "list") return list_of(of, count);
    return map_of(of, count);
}

}  // namespace

json good_value(const shape_name& name, std::size_t number) {
    const json& of = shape(name);
    const std::string type = of["type"];
    if (type == "integer" || type == "long") return of.value("min", 24);
    if (type == "boolean") return false;
    if (type == "blob") return "";
    if (type == "timestamp") return static_cast<double>(kit_start.ms) / 1000;
    if (type == "list") return list_of(of, of.value("min", std::size_t{1}));
    if (type == "map") return map_of(of, of.value("min", std::size_t{1}));
    if (type == "structure") {
        json all = json::object();
        for (const json& required : of.value("required", json::array())) {
            all[required.get<std::string>()] =
                good_value(of["members"][required.get<std::string>()]["shape"], number);
        }
        return all;
    }
    if (of.contains("enum")) return of["enum"][number % of["enum"].size()];
    const pattern_samples* p = find_pattern(of);
    if (p != nullptr) return p->matching.front();
    return number == 0 ? "k" : "k" + std::to_string(number);
}

std::vector<sample> samples_of(const shape_name& name) {
    const json& of = shape(name);
    std::vector<json> values;
    for (const auto& [bound, step] : {std::pair{"min", -1}, std::pair{"max", 1}}) {
        if (!of.contains(bound)) continue;
        const std::int64_t at = of[bound];
        values.push_back(*sized(of, at));
        if (const auto past = sized(of, at + step)) values.push_back(*past);
    }
    for (const json& one : of.value("enum", json::array())) {
        values.push_back(one);
        std::string lower = one;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        values.emplace_back(lower);
    }
    if (of.contains("enum")) values.emplace_back("OTHER");
    if (const pattern_samples* p = find_pattern(of)) {
        values.insert(values.end(), p->matching.begin(), p->matching.end());
        values.insert(values.end(), p->others.begin(), p->others.end());
    }
    std::vector<sample> all;
    for (const json& value : values) all.push_back({value, faults_of(of, value)});
    return all;
}

bool is_good(const shape_name& name, const json& value) {
    const json& of = shape(name);
    if (of["type"] == "structure" || of["type"] == "timestamp") return true;
    if (!size_faults(of, value).empty()) return false;
    const json names = of.value("enum", json::array());
    if (!names.empty() && std::find(names.begin(), names.end(), value) == names.end()) return false;
    if (!of.contains("pattern")) return true;
    const std::regex expression(of["pattern"].get<std::string>(), std::regex::ECMAScript);
    return std::regex_match(value.get<std::string>(), expression);
}

std::string whole_fault(role as, const shape_name& inner) {
    const json& of = shape(inner);
    std::vector<std::string> parts;
    if (of.contains("max")) parts.push_back(must::have_length_to(of["max"]));
    if (of.contains("min")) parts.push_back(must::have_length_from(of["min"]));
    if (of.contains("enum")) parts.push_back(enum_phrase(of["enum"]));
    std::string text = as == role::map_key     ? "Map keys"
                       : as == role::map_value ? "Map value"
                                               : "Member";
    text += " must satisfy constraint: [";
    for (const std::string& part : parts) text += (&part == &parts.front() ? "" : ", ") + part;
    return text + "]";
}

}  // namespace kinetide::testing
