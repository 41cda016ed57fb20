#include "item.hpp"

#include <compare>
#include <set>

#include "binary.hpp"
#include "number.hpp"
#include "texts.hpp"

namespace kinetide::leases {
namespace {

bool is_set(std::string_view type) { return type == "SS" || type == "NS" || type == "BS"; }

std::optional<refusal> number_refusal(value content) {
    if (number::parse(content.text())) return std::nullopt;
    return texts::not_valid(
        "The parameter cannot be converted to a numeric value: " + std::string(content.text()));
}

std::optional<refusal> binary_refusal(value content) {
    if (bytes_of(content.text())) return std::nullopt;
    return texts::unreadable();
}

// A set's members, in an order of their own; numbers and byte strings in one spelling.
std::set<std::string> members_of(std::string_view type, value content) {
    std::set<std::string> members;
    for (const value one : content) {
        const std::string_view text = one.text();
        members.insert(
            type == "NS"   ? number::parse(text).value_or(number()).sortable()
            : type == "BS" ? bytes_of(text).value_or("")
                           : std::string(text));
    }
    return members;
}

std::optional<refusal> set_refusal(std::string_view type, value content) {
    for (const value one : content) {
        if (!one.is_text()) return texts::member_of_another_type(type);
        if (type == "SS") continue;
        if (auto no = type == "NS" ? number_refusal(one) : binary_refusal(one)) return no;
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

std::optional<refusal> list_refusal(value list) {
    for (const value one : list) {
        if (auto no = value_refusal(one)) return no;
    }
    return std::nullopt;
}

std::size_t number_bytes(value content) {
    const auto n = number::parse(content.text());
    return n ? n->text().size() / 2 + 2 : 1;
}

std::size_t value_bytes(value v) {
    const std::string_view type = type_of(v);
    const value content = content_of(v);
    std::size_t bytes = 0;
    if (type == "S") return content.text().size();
    if (type == "N") return number_bytes(content);
    if (type == "B") return byte_count(content.text());
    if (type == "M") return 3 + content.size() + item_bytes(content);
    if (type == "L") {
        for (const value one : content) bytes += 1 + value_bytes(one);
        return 3 + bytes;
    }
    if (!is_set(type)) return 1;
    for (const value one : content) {
        bytes += type == "SS"   ? one.text().size()
                 : type == "NS" ? number_bytes(one)
                                : byte_count(one.text());
    }
    return bytes;
}

}  // namespace

std::string_view type_of(value v) { return v.at(0).name(); }
value content_of(value v) { return v.at(0); }

std::optional<refusal> value_refusal(value v) {
    if (!v.is_object()) return texts::member_of_another_type("AttributeValue");
    if (v.size() > 1) {
        return texts::not_valid(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of "
            "the supported datatypes");
    }
    const std::string_view type = v.empty() ? std::string_view{} : type_of(v);
    const value content = v.empty() ? v : content_of(v);
    if (type == "S" || type == "N" || type == "B") {
        if (!content.is_text()) return texts::member_of_another_type(type);
        if (type == "S") return std::nullopt;
        return type == "N" ? number_refusal(content) : binary_refusal(content);
    }
    if (type == "BOOL" || type == "NULL") {
        if (!content.is_boolean()) return texts::member_of_another_type(type);
        return std::nullopt;
    }
    if (is_set(type) || type == "L") {
        if (!content.is_list()) return texts::member_of_another_type(type);
        return type == "L" ? list_refusal(content) : set_refusal(type, content);
    }
    if (type == "M") return item_refusal(content);
    return texts::not_valid(
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
}

std::optional<refusal> item_refusal(value item) {
    if (!item.is_object()) return texts::member_of_another_type("AttributeMap");
    for (const value one : item) {
        if (auto no = value_refusal(one)) return no;
    }
    return std::nullopt;
}

bool equal_values(value a, value b) {
    const std::string_view type = type_of(a);
    if (type != type_of(b)) return false;
    const value mine = content_of(a);
    const value theirs = content_of(b);
    if (type == "N" || type == "B") return mine == theirs || compare_values(a, b) == 0;
    if (is_set(type)) return members_of(type, mine) == members_of(type, theirs);
    if (type != "L" && type != "M") return mine == theirs;
    if (mine.size() != theirs.size()) return false;
    for (std::size_t i = 0; i < mine.size(); ++i) {
        if (type == "M" && mine.at(i).name() != theirs.at(i).name()) return false;
        if (!equal_values(mine.at(i), theirs.at(i))) return false;
    }
    return true;
}

std::optional<int> compare_values(value a, value b) {
    const std::string_view type = type_of(a);
    if (type != type_of(b)) return std::nullopt;
    const auto sign = [](std::strong_ordering order) {
        return std::is_lt(order) ? -1 : std::is_gt(order) ? 1 : 0;
    };
    if (type == "N") {
        const auto mine = number::parse(content_of(a).text());
        const auto theirs = number::parse(content_of(b).text());
        if (!mine || !theirs) return std::nullopt;
        return sign(*mine <=> *theirs);
    }
    if (type == "B") {
        // None is of another kind than base64 any more.
        return sign(bytes_of(content_of(a).text()) <=> bytes_of(content_of(b).text()));
    }
    if (type != "S") return std::nullopt;
    return sign(content_of(a).text() <=> content_of(b).text());
}

std::size_t item_bytes(value item) {
    std::size_t bytes = 0;
    for (const value one : item) bytes += one.name().size() + value_bytes(one);
    return bytes;
}

}  // namespace kinetide::leases
