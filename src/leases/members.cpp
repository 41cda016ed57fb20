// What the operations read of their requests.

#include <limits>

#include "operation.hpp"

namespace kinetide::leases {

const json* member(const json& in, std::string_view name) {
    const auto found = in.find(name);
    return found == in.end() || found->is_null() ? nullptr : &*found;
}

result<std::string> text_member(const json& in, std::string_view name) {
    const json* const found = member(in, name);
    if (found == nullptr) return std::string();
    if (!found->is_string()) return texts::member_of_another_type(name);
    return found->get<std::string>();
}

result<std::string> required_text(const json& in, std::string_view name) {
    if (member(in, name) == nullptr) return texts::member_missing(name);
    return text_member(in, name);
}

result<bool> flag_member(const json& in, std::string_view name) {
    const json* const found = member(in, name);
    if (found == nullptr) return false;
    if (!found->is_boolean()) return texts::member_of_another_type(name);
    return found->get<bool>();
}

result<std::int64_t> count_member(
    const json& in, std::string_view name, std::int64_t least, std::int64_t missing) {
    const json* const found = member(in, name);
    if (found == nullptr) return missing;
    if (!found->is_number_integer()) return texts::member_of_another_type(name);
    const auto value = found->get<std::int64_t>();
    if (value >= least) return value;
    std::string lower(name);
    lower[0] = static_cast<char>(lower[0] - 'A' + 'a');
    return texts::not_valid(
        "1 validation error detected: Value '" + std::to_string(value) + "' at '" + lower +
        "' failed to satisfy constraint: Member must have value greater than or equal to " +
        std::to_string(least));
}

result<std::shared_ptr<table>> table_of(const call& c) {
    const auto name = required_text(c.in, "TableName");
    if (!name) return name.error();
    auto found = c.catalog.find(c.caller, *name);
    if (found == nullptr) return texts::table_missing();
    return found;
}

result<condition> write_condition(const json& in, placeholders& p) {
    const auto text = text_member(in, "ConditionExpression");
    if (!text) return text.error();
    const json* const expected = member(in, "Expected");
    if (member(in, "ConditionExpression") == nullptr) {
        return condition_of_expected(expected == nullptr ? json() : *expected);
    }
    if (expected != nullptr) {
        return texts::not_valid(
            "Can not use both expression and non-expression parameters in the same request: "
            "Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}");
    }
    return parse_condition("ConditionExpression", *text, p);
}

}  // namespace kinetide::leases
