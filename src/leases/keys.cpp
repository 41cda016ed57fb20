#include "keys.hpp"

#include <utility>

#include "number.hpp"
#include "texts.hpp"

namespace kinetide::leases {
namespace {

// The attribute's value when it is there and of the key's type.
value key_value(const key_attribute& part, value item) {
    const value found = item.find(part.name);
    return found && type_of(found) == part.type ? found : value();
}

std::optional<refusal> part_refusal(const key_attribute& part, value item) {
    const value found = item.find(part.name);
    if (!found) return texts::key_missing(part.name);
    if (type_of(found) != part.type) {
        return texts::key_type_mismatch(part.name, part.type, type_of(found));
    }
    if (!content_of(found).text().empty()) return std::nullopt;
    return texts::not_valid(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
        "contain an empty string value. Key: " +
        part.name);
}

// The type that the definitions give an attribute.
result<std::string> defined_type(value definitions, std::string_view attribute) {
    if (definitions.is_list()) {
        for (const value one : definitions) {
            const value name = one.find("AttributeName");
            if (!name.is_text() || name.text() != attribute) continue;
            const std::string_view type = one.find("AttributeType").text();
            if (type == "S" || type == "N") return std::string(type);
            if (type == "B") return texts::not_served("a key attribute of type B");
        }
    }
    return texts::parameter_invalid(
        "Some index key attributes are not defined in AttributeDefinitions. Keys: [" +
        std::string(attribute) + "]");
}

}  // namespace

bool key_schema::has(std::string_view attribute) const {
    return hash.name == attribute || (range && range->name == attribute);
}

std::string sortable(value v) {
    const std::string_view text = content_of(v).text();
    if (type_of(v) != "N") return std::string(text);
    return number::parse(text).value_or(number()).sortable();
}

result<item_key> key_of_item(const key_schema& keys, value item) {
    if (auto no = part_refusal(keys.hash, item)) return *no;
    if (keys.range) {
        if (auto no = part_refusal(*keys.range, item)) return *no;
    }
    return *key_if_any(keys, item);
}

result<item_key> key_of(const key_schema& keys, value key) {
    if (auto no = item_refusal(key)) return *no;
    const std::size_t parts = keys.range ? 2 : 1;
    auto found = key_if_any(keys, key);
    if (!found || key.size() != parts) return texts::key_does_not_match();
    return key_of_item(keys, key);
}

std::optional<item_key> key_if_any(const key_schema& keys, value item) {
    const value hash = key_value(keys.hash, item);
    if (!hash) return std::nullopt;
    if (!keys.range) return item_key{sortable(hash), {}};
    const value range = key_value(*keys.range, item);
    if (!range) return std::nullopt;
    return item_key{sortable(hash), sortable(range)};
}

bool same_key(const key_schema& keys, value one, value other) {
    return one.find(keys.hash.name) == other.find(keys.hash.name) &&
           (!keys.range || one.find(keys.range->name) == other.find(keys.range->name));
}

result<key_schema> read_key_schema(value schema, value definitions) {
    if (!schema.is_list() || schema.empty() || schema.size() > 2) {
        return texts::parameter_invalid("KeySchema wants one HASH key and at most one RANGE key");
    }
    key_schema keys;
    for (std::size_t i = 0; i < schema.size(); ++i) {
        const value name = schema.at(i).find("AttributeName");
        if (!name.is_text()) return texts::member_missing("AttributeName");
        if (schema.at(i).find("KeyType").text() != (i == 0 ? "HASH" : "RANGE")) {
            return texts::parameter_invalid(
                i == 0 ? "The first KeySchemaElement is not a HASH key type"
                       : "The second KeySchemaElement is not a RANGE key type");
        }
        auto type = defined_type(definitions, name.text());
        if (!type) return type.error();
        key_attribute part{std::string(name.text()), std::move(*type)};
        if (i == 0) {
            keys.hash = std::move(part);
        } else {
            keys.range = std::move(part);
        }
    }
    return keys;
}

}  // namespace kinetide::leases
