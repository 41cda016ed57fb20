#include "update.hpp"

#include <utility>

#include "number.hpp"
#include "texts.hpp"

namespace kinetide::leases {
namespace {

using action = attribute_change::action;

// {"Value": V, "Action": "PUT" | "ADD" | "DELETE"}
result<attribute_change> change_of(const std::string& attribute, const json& entry) {
    if (!entry.is_object()) return texts::member_of_another_type("AttributeUpdates");
    const auto value = entry.find("Value");
    const std::string does = entry.contains("Action") && entry["Action"].is_string()
                                 ? entry["Action"].get<std::string>()
                                 : "PUT";
    if (does == "DELETE") {
        if (value == entry.end()) return attribute_change{action::remove, attribute, {}};
        return texts::not_served("the Action DELETE with a Value");
    }
    if (does != "PUT" && does != "ADD") {
        return texts::not_valid(
            "Value '" + does + "' at 'attributeUpdates." + attribute +
            ".member.action' failed to satisfy constraint: Member must satisfy enum value set: "
            "[ADD, PUT, DELETE]");
    }
    if (value == entry.end()) {
        return texts::parameter_invalid(
            "Only DELETE action is allowed when no attribute value is specified");
    }
    if (auto no = value_refusal(*value)) return *no;
    if (does == "ADD" && type_of(*value) != "N") {
        return texts::not_served("the Action ADD of anything but a number");
    }
    return attribute_change{does == "ADD" ? action::add : action::set, attribute, *value};
}

std::optional<refusal> add(const attribute_change& change, json& item) {
    const auto there = item.find(change.attribute);
    if (there == item.end()) {
        item[change.attribute] = change.value;
        return std::nullopt;
    }
    if (type_of(*there) != "N") {
        return texts::not_valid("Type mismatch for attribute to update");
    }
    const auto old = number::parse(content_of(*there).get_ref<const std::string&>());
    const auto more = number::parse(content_of(change.value).get_ref<const std::string&>());
    const auto sum = old && more ? old->plus(*more) : std::nullopt;
    if (!sum) {
        return texts::not_valid(
            "Number overflow. Attempting to store a number with magnitude larger than supported "
            "range");
    }
    *there = {{"N", sum->text()}};
    return std::nullopt;
}

}  // namespace

result<std::vector<attribute_change>> changes_of_updates(const json& updates) {
    std::vector<attribute_change> changes;
    if (updates.is_null()) return changes;
    if (!updates.is_object()) return texts::member_of_another_type("AttributeUpdates");
    for (const auto& [attribute, entry] : updates.items()) {
        auto one = change_of(attribute, entry);
        if (!one) return one.error();
        changes.push_back(std::move(*one));
    }
    return changes;
}

std::optional<refusal> change_item(const std::vector<attribute_change>& changes, json& item) {
    for (const attribute_change& change : changes) {
        switch (change.does) {
            case action::set: item[change.attribute] = change.value; break;
            case action::remove: item.erase(change.attribute); break;
            case action::add:
                if (auto no = add(change, item)) return no;
                break;
        }
    }
    return std::nullopt;
}

}  // namespace kinetide::leases
