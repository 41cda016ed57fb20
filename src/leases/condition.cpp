#include "condition.hpp"

#include <algorithm>
#include <utility>

#include "texts.hpp"

namespace kinetide::leases {
namespace {

using test = condition::test;

bool compares(test is, value there, value wanted) {
    const auto order = compare_values(there, wanted);
    if (!order) return false;
    switch (is) {
        case test::less: return *order < 0;
        case test::less_or_equal: return *order <= 0;
        case test::greater: return *order > 0;
        default: return *order >= 0;
    }
}

bool attribute_holds(const condition& c, value there) {
    switch (c.is) {
        case test::exists: return bool(there);
        case test::absent: return !there;
        case test::equal: return there && equal_values(there, c.value);
        case test::unequal: return !there || !equal_values(there, c.value);
        default: return there && compares(c.is, there, c.value);
    }
}

// {"Value": V}, {"Exists": true, "Value": V}, {"Exists": false}, {"Value": V, "ComparisonOperator":
// O}
result<condition> expectation(value entry) {
    if (!entry.is_object()) return texts::member_of_another_type("Expected");
    const std::string attribute(entry.name());
    for (const value one : entry) {
        const std::string_view name = one.name();
        if (name == "Value" || name == "Exists" || name == "ComparisonOperator") continue;
        return texts::not_served("the member " + std::string(name) + " of Expected");
    }
    const value wanted = entry.find("Value");
    if (wanted) {
        if (auto no = value_refusal(wanted)) return *no;
    }
    const value exists = entry.find("Exists");
    if (exists && !exists.is_boolean()) return texts::member_of_another_type("Exists");
    if (exists && !exists.truth()) {
        if (!wanted) return condition{test::absent, attribute, {}, {}};
        return texts::parameter_invalid(
            "Value cannot be used when Exists is false for Attribute: " + attribute);
    }
    if (!wanted) {
        return texts::parameter_invalid(
            "Value must be provided when Exists is true for Attribute: " + attribute);
    }
    const value compared = entry.find("ComparisonOperator");
    if (!compared || compared.text() == "EQ") return condition{test::equal, attribute, wanted, {}};
    if (compared.text() == "NE") return condition{test::unequal, attribute, wanted, {}};
    return texts::not_served("a ComparisonOperator other than EQ and NE");
}

}  // namespace

bool holds(const condition& c, value item) {
    const auto part_holds = [&](const condition& part) { return holds(part, item); };
    switch (c.is) {
        case test::all: return std::all_of(c.parts.begin(), c.parts.end(), part_holds);
        case test::any: return std::any_of(c.parts.begin(), c.parts.end(), part_holds);
        case test::none: return std::none_of(c.parts.begin(), c.parts.end(), part_holds);
        default: break;
    }
    return attribute_holds(c, item.find(c.attribute));
}

result<condition> condition_of_expected(value expected) {
    condition all;
    if (!expected) return all;
    if (!expected.is_object()) return texts::member_of_another_type("Expected");
    all.parts.reserve(expected.size());
    for (const value entry : expected) {
        auto one = expectation(entry);
        if (!one) return one.error();
        all.parts.push_back(std::move(*one));
    }
    return all;
}

}  // namespace kinetide::leases
