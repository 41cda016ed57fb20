// ExpressionAttributeNames and ExpressionAttributeValues of one request, and which of them its
// expressions used.
#pragma once

#include <optional>
#include <set>
#include <string_view>

#include "item.hpp"

namespace kinetide::leases {

class placeholders {
public:
    // Both are members of the request, and live as long as this.
    static result<placeholders> of(value request);

    // `#name` to the attribute's name; nothing when it is not defined.
    std::optional<std::string_view> name(std::string_view placeholder);
    // `:value` to the value; none when it is not defined.
    leases::value value(std::string_view placeholder);

    // DynamoDB refuses what no expression used.
    [[nodiscard]] std::optional<refusal> unused() const;

private:
    leases::value names_;
    leases::value values_;
    std::set<std::string_view> used_;  // of the request
};

}  // namespace kinetide::leases
