#include "keys.hpp"

#include <utility>

#include "number.hpp"
#include "texts.hpp"

namespace kinetide::leases {
namespace {

// The attribute's value when it is there and of the key's type.
const json* key_value(const key_attribute& part, const json& item) {
    const auto found = item.find(part.name);
    if (found == item.end() || type_of(*found) != part.type) return nullptr;
    return &*found;
}

std::optional<refusal> part_refusal(const key_attribute& part, const json& item) {
    const auto found = item.find(part.name);
    if (found == item.end()) return texts::key_missing(part.name);
    if (type_of(*found) != part.type) {
        return texts::key_type_mismatch(part.name, part.type, type_of(*found));
    }
    if (!content_of(*found).get_ref<const std::string&>().empty()) return std::nullopt;
    return texts::not_valid(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
        "contain an empty string value. Key: " +
        part.name);
}

// The type that the definitions give an attribute.
result<std::string> defined_type(const json& definitions, const std::string& attribute) {
    if (definitions.is_array()) {
        for (const json& one : definitions) {
            if (!one.is_object() || one.value("AttributeName", json()) != attribute) continue;
            const json type = one.value("AttributeType", json());
            if (type == "S" || type == "N") return type.get<std::string>();
            if (type == "B") return texts::not_served("a key attribute of type B");
        }
    }
    return texts::parameter_invalid(
        "Some index key attributes are not defined in AttributeDefinitions. Keys: [" + attribute +
        "]");
}

}  // namespace

bool key_schema::has(std::string_view attribute) const {
    return hash.name == attribute || (range && range->name == attribute);
}

std::string sortable(const json& value) {
    const std::string& text = content_of(value).get_ref<const std::string&>();
    if (type_of(value) != "N") return text;
    return number::parse(text).value_or(number()).sortable();
}

result<item_key> key_of_item(const key_schema& keys, const json& item) {
    if (auto no = part_refusal(keys.hash, item)) return *no;
    if (keys.range) {
        if (auto no = part_refusal(*keys.range, item)) return *no;
    }
    return *key_if_any(keys, item);
}

result<item_key> key_of(const key_schema& keys, const json& key) {
    if (auto no = item_refusal(key)) return *no;
    const std::size_t parts = keys.range ? 2 : 1;
    auto found = key_if_any(keys, key);
    if (!found || key.size() != parts) return texts::key_does_not_match();
    return key_of_item(keys, key);
}

std::optional<item_key> key_if_any(const key_schema& keys, const json& item) {
    const json* const hash = key_value(keys.hash, item);
    if (hash == nullptr) return std::nullopt;
    if (!keys.range) return item_key{sortable(*hash), {}};
    const json* const range = key_value(*keys.range, item);
    if (range == nullptr) return std::nullopt;
    return item_key{sortable(*hash), sortable(*range)};
}

result<key_schema> read_key_schema(const json& schema, const json& definitions) {
    if (!schema.is_array() || schema.empty() || schema.size() > 2) {
        return texts::parameter_invalid("KeySchema wants one HASH key and at most one RANGE key");
    }
    key_schema keys;
    for (std::size_t i = 0; i < schema.size(); ++i) {
        const json& one = schema[i];
        const json name = one.is_object() ? one.value("AttributeName", json()) : json();
        if (!name.is_string()) return texts::member_missing("AttributeName");
        if (one.value("KeyType", json()) != (i == 0 ? "HASH" : "RANGE")) {
            return texts::parameter_invalid(
                i == 0 ? "The first KeySchemaElement is not a HASH key type"
                       : "The second KeySchemaElement is not a RANGE key type");
        }
        auto type = defined_type(definitions, name.get<std::string>());
        if (!type) return type.error();
        key_attribute part{name.get<std::string>(), std::move(*type)};
        if (i == 0) {
            keys.hash = std::move(part);
        } else {
            keys.range = std::move(part);
        }
    }
    return keys;
}

}  // namespace kinetide::leases
