#include "placeholders.hpp"

#include "texts.hpp"

namespace kinetide::leases {
namespace {

std::optional<refusal> unused_of(
    value defined, const std::set<std::string_view>& used, std::string_view what) {
    for (const value one : defined) {
        if (used.contains(one.name())) continue;
        return texts::not_valid(
            "Value provided in " + std::string(what) + " unused in expressions: keys: {" +
            std::string(one.name()) + "}");
    }
    return std::nullopt;
}

}  // namespace

result<placeholders> placeholders::of(leases::value request) {
    placeholders p;
    p.names_ = member(request, "ExpressionAttributeNames");
    p.values_ = member(request, "ExpressionAttributeValues");
    if (p.names_) {
        if (!p.names_.is_object()) {
            return texts::member_of_another_type("ExpressionAttributeNames");
        }
        for (const leases::value name : p.names_) {
            if (!name.is_text()) return texts::member_of_another_type("ExpressionAttributeNames");
        }
    }
    if (p.values_) {
        if (auto no = item_refusal(p.values_)) return *no;
    }
    return p;
}

std::optional<std::string_view> placeholders::name(std::string_view placeholder) {
    const leases::value found = names_.find(placeholder);
    if (!found) return std::nullopt;
    used_.insert(found.name());
    return found.text();
}

value placeholders::value(std::string_view placeholder) {
    const leases::value found = values_.find(placeholder);
    if (found) used_.insert(found.name());
    return found;
}

std::optional<refusal> placeholders::unused() const {
    if (auto no = unused_of(values_, used_, "ExpressionAttributeValues")) return no;
    return unused_of(names_, used_, "ExpressionAttributeNames");
}

}  // namespace kinetide::leases
