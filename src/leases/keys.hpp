// The attributes that tell items of a table or an index apart, and where an item stands by them.
#pragma once

#include <compare>
#include <optional>
#include <string>

#include "item.hpp"

namespace kinetide::leases {

struct key_attribute {
    std::string name;
    std::string type;  // "S" or "N"
};

struct key_schema {
    key_attribute hash;
    std::optional<key_attribute> range;

    [[nodiscard]] bool has(std::string_view attribute) const;
};

// In an order that puts items of one hash key together, by their range keys.
struct item_key {
    std::string hash;
    std::string range;

    friend auto operator<=>(const item_key&, const item_key&) = default;
};

// Of a whole item; says which part of the key is missing or wrong.
result<item_key> key_of_item(const key_schema& keys, value item);
// Of a `Key`, which has the key and nothing else.
result<item_key> key_of(const key_schema& keys, value key);
// The same of an item that may lack it, or have another type there: then it is in no index.
std::optional<item_key> key_if_any(const key_schema& keys, value item);

// Whether both stand at the same place, or at none for the same reason.
bool same_key(const key_schema& keys, value one, value other);

// The text that orders a value of a key.
std::string sortable(value v);

// KeySchema with its AttributeDefinitions.
result<key_schema> read_key_schema(value schema, value definitions);

}  // namespace kinetide::leases
