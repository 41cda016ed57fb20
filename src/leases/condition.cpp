#include "condition.hpp"

#include <algorithm>

#include "texts.hpp"

namespace kinetide::leases {
namespace {

using test = condition::test;

bool compares(test is, const json& there, const json& wanted) {
    const auto order = compare_values(there, wanted);
    if (!order) return false;
    switch (is) {
        case test::less: return *order < 0;
        case test::less_or_equal: return *order <= 0;
        case test::greater: return *order > 0;
        default: return *order >= 0;
    }
}

bool attribute_holds(const condition& c, const json* there) {
    switch (c.is) {
        case test::exists: return there != nullptr;
        case test::absent: return there == nullptr;
        case test::equal: return there != nullptr && equal_values(*there, c.value);
        case test::unequal: return there == nullptr || !equal_values(*there, c.value);
        default: return there != nullptr && compares(c.is, *there, c.value);
    }
}

// {"Value": V}, {"Exists": true, "Value": V}, {"Exists": false}, {"Value": V, "ComparisonOperator":
// O}
result<condition> expectation(const std::string& attribute, const json& entry) {
    if (!entry.is_object()) return texts::member_of_another_type("Expected");
    for (const auto& [name, ignored] : entry.items()) {
        if (name == "Value" || name == "Exists" || name == "ComparisonOperator") continue;
        return texts::not_served("the member " + name + " of Expected");
    }
    const auto value = entry.find("Value");
    if (value != entry.end()) {
        if (auto no = value_refusal(*value)) return *no;
    }
    const auto exists = entry.find("Exists");
    if (exists != entry.end() && !exists->is_boolean()) {
        return texts::member_of_another_type("Exists");
    }
    if (exists != entry.end() && !exists->get<bool>()) {
        if (value == entry.end()) return condition{test::absent, attribute, {}, {}};
        return texts::parameter_invalid(
            "Value cannot be used when Exists is false for Attribute: " + attribute);
    }
    if (value == entry.end()) {
        return texts::parameter_invalid(
            "Value must be provided when Exists is true for Attribute: " + attribute);
    }
    const auto compared = entry.find("ComparisonOperator");
    if (compared == entry.end() || *compared == "EQ") {
        return condition{test::equal, attribute, *value, {}};
    }
    if (*compared == "NE") return condition{test::unequal, attribute, *value, {}};
    return texts::not_served("a ComparisonOperator other than EQ and NE");
}

}  // namespace

bool holds(const condition& c, const json* item) {
    const auto part_holds = [&](const condition& part) { return holds(part, item); };
    switch (c.is) {
        case test::all: return std::all_of(c.parts.begin(), c.parts.end(), part_holds);
        case test::any: return std::any_of(c.parts.begin(), c.parts.end(), part_holds);
        case test::none: return std::none_of(c.parts.begin(), c.parts.end(), part_holds);
        default: break;
    }
    if (item == nullptr) return attribute_holds(c, nullptr);
    const auto there = item->find(c.attribute);
    return attribute_holds(c, there == item->end() ? nullptr : &*there);
}

result<condition> condition_of_expected(const json& expected) {
    condition all;
    if (expected.is_null()) return all;
    if (!expected.is_object()) return texts::member_of_another_type("Expected");
    for (const auto& [attribute, entry] : expected.items()) {
        auto one = expectation(attribute, entry);
        if (!one) return one.error();
        all.parts.push_back(std::move(*one));
    }
    return all;
}

}  // namespace kinetide::leases
