// ExpressionAttributeNames and ExpressionAttributeValues of one request, and which of them its
// expressions used.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "item.hpp"

namespace kinetide::leases {

class placeholders {
public:
    // Both are members of the request, and live as long as this.
    static result<placeholders> of(const json& request);

    // `#name` to the attribute's name; nullptr when it is not defined.
    const std::string* name(const std::string& placeholder);
    // `:value` to the value; nullptr when it is not defined.
    const json* value(const std::string& placeholder);

    // DynamoDB refuses what no expression used.
    [[nodiscard]] std::optional<refusal> unused() const;

private:
    const json* names_ = nullptr;
    const json* values_ = nullptr;
    std::set<std::string> used_;
};

}  // namespace kinetide::leases
