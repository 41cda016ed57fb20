// Broken constraints, in the words of a ValidationException: one part for each, in the order of
// declaration, ten at most.

#include <algorithm>
#include <string>
#include <vector>

#include "checks.hpp"
#include "plain.hpp"
#include "text.hpp"

namespace kinetide::wire {
namespace {

constexpr std::size_t parts_max = 10;

std::string lower_first(std::string_view name) {
    std::string lowered(name);
    if (!lowered.empty() && lowered[0] >= 'A' && lowered[0] <= 'Z') {
        lowered[0] = static_cast<char>(lowered[0] - 'A' + 'a');
    }
    return lowered;
}

template <class Items, class Print>
void print_joined(std::string& out, const Items& items, Print print) {
    bool first = true;
    for (const auto& item : items) {
        if (!first) out += ", ";
        first = false;
        print(item);
    }
}

// A value as Java prints it.
class printer {
public:
    explicit printer(std::string& out) : out_(out) {}

    void value(const type_table& type, const plain_value& v) {
        if (!v.present) {
            out_ += "null";
            return;
        }
        switch (type.what) {
            case kind::blob: blob(v.text.size()); break;
            case kind::boolean: out_ += v.number != 0 ? "true" : "false"; break;
            case kind::integer:
            case kind::long_integer:
            case kind::time: out_ += std::to_string(v.number); break;
            case kind::list:
                out_ += '[';
                print_joined(out_, v.inner, [&](const plain_value& e) { value(*type.element, e); });
                out_ += ']';
                break;
            case kind::map:
                out_ += '{';
                print_joined(out_, v.inner, [&](const plain_value& e) {
                    out_.append(e.key).append("=").append(e.present ? e.text : "null");
                });
                out_ += '}';
                break;
            case kind::structure: structure(*type.structure, v); break;
            default: out_ += v.text;
        }
    }

private:
    void blob(std::size_t size) {
        const std::string bytes = std::to_string(size);
        out_ += "java.nio.HeapByteBuffer[pos=0 lim=" + bytes + " cap=" + bytes + "]";
    }

    // Members by their names.
    void structure(const structure_table& table, const plain_value& v) {
        std::vector<std::size_t> order(table.members.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::sort(order.begin(), order.end(), [&table](std::size_t a, std::size_t b) {
            return lower_first(table.members[a].name) < lower_first(table.members[b].name);
        });
        out_.append(table.name) += '(';
        print_joined(out_, order, [&](std::size_t i) {
            out_.append(lower_first(table.members[i].name)) += '=';
            value(*table.members[i].type, v.inner[i]);
        });
        out_ += ')';
    }

    std::string& out_;
};

std::string at_least(const constraint& c) {
    const char* const what = c.what == constraint::rule::range ? "value" : "length";
    return std::string("Member must have ") + what + " greater than or equal to " +
           std::to_string(c.min);
}

std::string at_most(const constraint& c) {
    const char* const what = c.what == constraint::rule::range ? "value" : "length";
    return std::string("Member must have ") + what + " less than or equal to " +
           std::to_string(c.max);
}

std::string must_match(const constraint& c) {
    return "Member must satisfy regular expression pattern: " + std::string(c.expression.text);
}

std::string must_be_named(const type_table& enumeration) {
    std::string out = "Member must satisfy enum value set: [";
    print_joined(out, enumeration.names_printed, [&out](std::string_view n) { out += n; });
    return out += ']';
}

// All that the elements of a list, or the keys or values of a map, must satisfy.
std::string inner_phrase(const char* head, const type_table* element, const constraints& all) {
    std::vector<std::string> parts;
    for (const constraint& c : all) {
        if (c.what == constraint::rule::pattern) {
            parts.push_back(must_match(c));
            continue;
        }
        if (c.max != unbounded) parts.push_back(at_most(c));
        parts.push_back(at_least(c));
    }
    if (element != nullptr && element->what == kind::enumeration) {
        parts.push_back(must_be_named(*element));
    }
    if (parts.empty()) parts.emplace_back("Member must not be null");
    std::string out = std::string(head) + " must satisfy constraint: [";
    print_joined(out, parts, [&out](const std::string& part) { out += part; });
    return out += ']';
}

measure measure_of(const type_table& type, const plain_value& v) {
    measure m{.text = v.text, .number = v.number};
    switch (type.what) {
        case kind::text: m.size = static_cast<std::int64_t>(utf16_units(v.text)); break;
        case kind::blob: m.size = static_cast<std::int64_t>(v.text.size()); break;
        default: m.size = static_cast<std::int64_t>(v.inner.size());
    }
    return m;
}

class inspector {
public:
    void structure(const structure_table& table, const plain_value& v, const std::string& path) {
        for (std::size_t i = 0; i < table.members.size(); ++i) {
            const member_table& m = table.members[i];
            member(m, v.inner[i], path + lower_first(m.name));
        }
    }

    [[nodiscard]] std::optional<std::string> words() const {
        if (parts_.empty()) return std::nullopt;
        std::string out = std::to_string(parts_.size()) + " validation error" +
                          (parts_.size() == 1 ? "" : "s") + " detected: ";
        bool first = true;
        for (const std::string& part : parts_) {
            if (!first) out += "; ";
            first = false;
            out += part;
        }
        return out;
    }

private:
    [[nodiscard]] bool full() const { return parts_.size() == parts_max; }

    void member(const member_table& m, const plain_value& v, const std::string& path) {
        if (full()) return;
        if (!v.present) {
            if (m.required) add(*m.type, v, path, "Member must not be null");
            return;
        }
        own(*m.type, m.limits.own, v, path);
        switch (m.type->what) {
            case kind::list: elements(*m.type, m.limits.inner, v, path); break;
            case kind::map: entries(*m.type, m.limits, v, path); break;
            case kind::structure: structure(*m.type->structure, v, path + "."); break;
            default: break;
        }
    }

    void own(
        const type_table& type,
        const constraints& all,
        const plain_value& v,
        const std::string& path) {
        const measure m = measure_of(type, v);
        for (const constraint& c : all) {
            if (satisfies(c, m)) continue;
            const std::int64_t given = c.what == constraint::rule::range ? m.number : m.size;
            add(type,
                v,
                path,
                c.what == constraint::rule::pattern ? must_match(c)
                : given < c.min                     ? at_least(c)
                                                    : at_most(c));
        }
        if (type.what == kind::enumeration && find_name(type, v.text) == not_found) {
            add(type, v, path, must_be_named(type));
        }
    }

    // A structure's faults are named one by one; a scalar's only with the whole list.
    void elements(
        const type_table& type,
        const constraints& all,
        const plain_value& v,
        const std::string& path) {
        const type_table& element = *type.element;
        if (element.what != kind::structure) {
            const bool good =
                std::all_of(v.inner.begin(), v.inner.end(), [&](const plain_value& e) {
                    return e.present && element_satisfies(element, all, e);
                });
            if (!good) add(type, v, path, inner_phrase("Member", &element, all));
            return;
        }
        for (std::size_t i = 0; i < v.inner.size() && !full(); ++i) {
            const std::string place = path + "." + std::to_string(i + 1) + ".member";
            if (v.inner[i].present) {
                structure(*element.structure, v.inner[i], place + ".");
            } else {
                add(element, v.inner[i], place, "Member must not be null");
            }
        }
    }

    static bool element_satisfies(
        const type_table& type, const constraints& all, const plain_value& v) {
        const measure m = measure_of(type, v);
        if (type.what == kind::enumeration && find_name(type, v.text) == not_found) return false;
        return std::all_of(
            all.begin(), all.end(), [&m](const constraint& c) { return satisfies(c, m); });
    }

    void entries(
        const type_table& type,
        const member_constraints& limits,
        const plain_value& v,
        const std::string& path) {
        const auto all = [&v](auto good) {
            return std::all_of(v.inner.begin(), v.inner.end(), good);
        };
        const bool keys_good =
            all([&](const plain_value& e) { return text_satisfies(limits.inner, e.key); });
        if (!keys_good) add(type, v, path, inner_phrase("Map keys", nullptr, limits.inner));
        const bool values_good = all([&](const plain_value& e) {
            return e.present && text_satisfies(limits.values, e.text);
        });
        if (!values_good) add(type, v, path, inner_phrase("Map value", nullptr, limits.values));
    }

    void add(
        const type_table& type,
        const plain_value& v,
        const std::string& path,
        const std::string& phrase) {
        if (full()) return;
        std::string part = "Value ";
        if (v.present) part += '\'';
        printer(part).value(type, v);
        if (v.present) part += '\'';
        part += " at '" + path + "' failed to satisfy constraint: " + phrase;
        parts_.push_back(std::move(part));
    }

    std::vector<std::string> parts_;
};

}  // namespace

std::optional<std::string> describe_violations(
    const structure_table& table, const plain_value& structure) {
    inspector all;
    all.structure(table, structure, "");
    return all.words();
}

}  // namespace kinetide::wire
