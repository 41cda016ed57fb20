#include "item.hpp"

#include <algorithm>
#include <compare>
#include <set>

#include "number.hpp"
#include "texts.hpp"

namespace kinetide::leases {
namespace {

bool is_set(std::string_view type) { return type == "SS" || type == "NS" || type == "BS"; }

std::optional<refusal> number_refusal(const json& content) {
    const std::string& text = content.get_ref<const std::string&>();
    if (number::parse(text)) return std::nullopt;
    return texts::not_valid("The parameter cannot be converted to a numeric value: " + text);
}

// A set's members, in an order of their own; numbers in one spelling.
std::set<std::string> members_of(std::string_view type, const json& content) {
    std::set<std::string> members;
    for (const json& one : content) {
        const std::string& text = one.get_ref<const std::string&>();
        members.insert(type == "NS" ? number::parse(text).value_or(number()).sortable() : text);
    }
    return members;
}

std::optional<refusal> set_refusal(std::string_view type, const json& content) {
    for (const json& one : content) {
        if (!one.is_string()) return texts::member_of_another_type(type);
        if (type != "NS") continue;
        if (auto no = number_refusal(one)) return no;
    }
    if (content.empty()) {
        return texts::parameter_invalid(
            type == "SS"   ? "An string set  may not be empty"
            : type == "NS" ? "An number set  may not be empty"
                           : "Binary sets should not be empty");
    }
    if (members_of(type, content).size() != content.size()) {
        return texts::parameter_invalid("Input collection contains duplicates.");
    }
    return std::nullopt;
}

std::optional<refusal> list_refusal(const json& list) {
    for (const json& one : list) {
        if (auto no = value_refusal(one)) return no;
    }
    return std::nullopt;
}

std::size_t number_bytes(const json& content) {
    const auto n = number::parse(content.get_ref<const std::string&>());
    return n ? n->text().size() / 2 + 2 : 1;
}

std::size_t base64_bytes(const json& content) {
    return content.get_ref<const std::string&>().size() / 4 * 3;
}

std::size_t value_bytes(const json& value) {
    const std::string_view type = type_of(value);
    const json& content = content_of(value);
    std::size_t bytes = 0;
    if (type == "S") return content.get_ref<const std::string&>().size();
    if (type == "N") return number_bytes(content);
    if (type == "B") return base64_bytes(content);
    if (type == "M") return 3 + content.size() + item_bytes(content);
    if (type == "L") {
        for (const json& one : content) bytes += 1 + value_bytes(one);
        return 3 + bytes;
    }
    if (!is_set(type)) return 1;
    for (const json& one : content) {
        bytes += type == "SS"   ? one.get_ref<const std::string&>().size()
                 : type == "NS" ? number_bytes(one)
                                : base64_bytes(one);
    }
    return bytes;
}

}  // namespace

std::string_view type_of(const json& value) { return value.begin().key(); }
const json& content_of(const json& value) { return value.front(); }

std::optional<refusal> value_refusal(const json& value) {
    if (!value.is_object()) return texts::member_of_another_type("AttributeValue");
    if (value.size() > 1) {
        return texts::not_valid(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of "
            "the supported datatypes");
    }
    const std::string_view type = value.empty() ? std::string_view{} : type_of(value);
    const json& content = value.empty() ? value : content_of(value);
    if (type == "S" || type == "N" || type == "B") {
        if (!content.is_string()) return texts::member_of_another_type(type);
        return type == "N" ? number_refusal(content) : std::nullopt;
    }
    if (type == "BOOL" || type == "NULL") {
        if (!content.is_boolean()) return texts::member_of_another_type(type);
        return std::nullopt;
    }
    if (is_set(type) || type == "L") {
        if (!content.is_array()) return texts::member_of_another_type(type);
        return type == "L" ? list_refusal(content) : set_refusal(type, content);
    }
    if (type == "M") return item_refusal(content);
    return texts::not_valid(
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
}

std::optional<refusal> item_refusal(const json& item) {
    if (!item.is_object()) return texts::member_of_another_type("AttributeMap");
    for (const json& value : item) {
        if (auto no = value_refusal(value)) return no;
    }
    return std::nullopt;
}

bool equal_values(const json& a, const json& b) {
    const std::string_view type = type_of(a);
    if (type != type_of(b)) return false;
    const json& mine = content_of(a);
    const json& theirs = content_of(b);
    if (type == "N") return compare_values(a, b) == 0;
    if (is_set(type)) return members_of(type, mine) == members_of(type, theirs);
    if (type == "L") {
        return std::equal(mine.begin(), mine.end(), theirs.begin(), theirs.end(), equal_values);
    }
    if (type != "M") return mine == theirs;
    if (mine.size() != theirs.size()) return false;
    return std::all_of(mine.items().begin(), mine.items().end(), [&](const auto& one) {
        const auto other = theirs.find(one.key());
        return other != theirs.end() && equal_values(one.value(), *other);
    });
}

std::optional<int> compare_values(const json& a, const json& b) {
    const std::string_view type = type_of(a);
    if (type != type_of(b)) return std::nullopt;
    const auto sign = [](std::strong_ordering order) {
        return std::is_lt(order) ? -1 : std::is_gt(order) ? 1 : 0;
    };
    if (type == "N") {
        const auto mine = number::parse(content_of(a).get_ref<const std::string&>());
        const auto theirs = number::parse(content_of(b).get_ref<const std::string&>());
        if (!mine || !theirs) return std::nullopt;
        return sign(*mine <=> *theirs);
    }
    if (type != "S") return std::nullopt;
    return sign(
        content_of(a).get_ref<const std::string&>() <=>
        content_of(b).get_ref<const std::string&>());
}

std::size_t item_bytes(const json& item) {
    std::size_t bytes = 0;
    for (const auto& [name, value] : item.items()) bytes += name.size() + value_bytes(value);
    return bytes;
}

}  // namespace kinetide::leases
