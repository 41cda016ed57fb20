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
    leases::value value;  // of the request
};

// Of the older parameter; the values have been judged when this succeeds.
result<std::vector<attribute_change>> changes_of_updates(value updates);

// `item` as one of its own; and with the changes made, or why not.
document copied(value item);
result<document> changed(const std::vector<attribute_change>& changes, value item);

}  // namespace kinetide::leases
