#include "update.hpp"

#include <utility>

#include "number.hpp"
#include "texts.hpp"

namespace kinetide::leases {
namespace {

using action = attribute_change::action;

// {"Value": V, "Action": "PUT" | "ADD" | "DELETE"}
result<attribute_change> change_of(value entry) {
    if (!entry.is_object()) return texts::member_of_another_type("AttributeUpdates");
    const std::string attribute(entry.name());
    const value given = entry.find("Value");
    const value named = entry.find("Action");
    const std::string_view does = named.is_text() ? named.text() : "PUT";
    if (does == "DELETE") {
        if (!given) return attribute_change{action::remove, attribute, {}};
        return texts::not_served("the Action DELETE with a Value");
    }
    if (does != "PUT" && does != "ADD") {
        return texts::not_valid(
            "Value '" + std::string(does) + "' at 'attributeUpdates." + attribute +
            ".member.action' failed to satisfy constraint: Member must satisfy enum value set: "
            "[ADD, PUT, DELETE]");
    }
    if (!given) {
        return texts::parameter_invalid(
            "Only DELETE action is allowed when no attribute value is specified");
    }
    if (auto no = value_refusal(given)) return *no;
    if (does == "ADD" && type_of(given) != "N") {
        return texts::not_served("the Action ADD of anything but a number");
    }
    return attribute_change{does == "ADD" ? action::add : action::set, attribute, given};
}

// Writes the sum of what is there and what is added.
std::optional<refusal> add(value there, value more, writer& to) {
    if (!there) {
        to.copy(more);
        return std::nullopt;
    }
    if (type_of(there) != "N") return texts::not_valid("Type mismatch for attribute to update");
    const auto old = number::parse(content_of(there).text());
    const auto added = number::parse(content_of(more).text());
    const auto sum = old && added ? old->plus(*added) : std::nullopt;
    if (!sum) {
        return texts::not_valid(
            "Number overflow. Attempting to store a number with magnitude larger than supported "
            "range");
    }
    to.open(kind::object);
    to.name("N");
    to.text(sum->text());
    to.close();
    return std::nullopt;
}

// As leases have them; others grow.
writer writer_for(std::size_t attributes) {
    constexpr std::size_t values_an_attribute = 2;
    constexpr std::size_t bytes_an_attribute = 48;
    return {values_an_attribute * attributes + 1, bytes_an_attribute * attributes};
}

}  // namespace

result<std::vector<attribute_change>> changes_of_updates(value updates) {
    std::vector<attribute_change> changes;
    if (!updates) return changes;
    if (!updates.is_object()) return texts::member_of_another_type("AttributeUpdates");
    changes.reserve(updates.size());
    for (const value entry : updates) {
        auto one = change_of(entry);
        if (!one) return one.error();
        changes.push_back(std::move(*one));
    }
    return changes;
}

document copied(value item) {
    writer w = writer_for(item.size());
    w.copy(item);
    return w.finish();
}

result<document> changed(const std::vector<attribute_change>& changes, value item) {
    writer w = writer_for(item.size() + changes.size());
    w.open(kind::object);
    for (const value one : item) {
        w.name(one.name());
        w.copy(one);
    }
    // What comes later of one name takes its place.
    for (const attribute_change& change : changes) {
        w.name(change.attribute);
        switch (change.does) {
            case action::set: w.copy(change.value); break;
            case action::remove: w.nothing(); break;
            case action::add:
                if (auto no = add(item.find(change.attribute), change.value, w)) return *no;
                break;
        }
    }
    w.close();
    return w.finish();
}

}  // namespace kinetide::leases
