// Changes of an item: the same whether they came as an expression or as `AttributeUpdates`.
#pragma once

#include <string>
#include <vector>

#include "item.hpp"

namespace kinetide::leases {

struct attribute_change {
    enum class action { set, remove, add };

    action does = action::set;
    std::string attribute;
    json value;
};

// Of the older parameter; the values have been judged when this succeeds.
result<std::vector<attribute_change>> changes_of_updates(const json& updates);

// Changes `item`, or says why not and leaves it in between.
std::optional<refusal> change_item(const std::vector<attribute_change>& changes, json& item);

}  // namespace kinetide::leases
