// What the operations read of their requests.

#include "operation.hpp"

namespace kinetide::leases {

result<std::string_view> text_member(value in, std::string_view name) {
    const value found = member(in, name);
    if (found && !found.is_text()) return texts::member_of_another_type(name);
    return found.text();
}

result<std::string_view> required_text(value in, std::string_view name) {
    if (!member(in, name)) return texts::member_missing(name);
    return text_member(in, name);
}

result<bool> flag_member(value in, std::string_view name) {
    const value found = member(in, name);
    if (found && !found.is_boolean()) return texts::member_of_another_type(name);
    return found.truth();
}

result<std::int64_t> count_member(
    value in, std::string_view name, std::int64_t least, std::int64_t missing) {
    const value found = member(in, name);
    if (!found) return missing;
    const auto whole = found.whole();
    if (!whole) return texts::member_of_another_type(name);
    if (*whole >= least) return *whole;
    std::string lower(name);
    lower[0] = static_cast<char>(lower[0] - 'A' + 'a');
    return texts::not_valid(
        "1 validation error detected: Value '" + std::to_string(*whole) + "' at '" + lower +
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

result<condition> write_condition(value in, placeholders& p) {
    const auto text = text_member(in, "ConditionExpression");
    if (!text) return text.error();
    const value expected = member(in, "Expected");
    if (!member(in, "ConditionExpression")) return condition_of_expected(expected);
    if (expected) {
        return texts::not_valid(
            "Can not use both expression and non-expression parameters in the same request: "
            "Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}");
    }
    return parse_condition("ConditionExpression", *text, p);
}

}  // namespace kinetide::leases
