#include "placeholders.hpp"

#include "texts.hpp"

namespace kinetide::leases {
namespace {

const json* member(const json& request, const char* name) {
    const auto found = request.find(name);
    return found == request.end() || found->is_null() ? nullptr : &*found;
}

std::optional<refusal> unused_of(
    const json* defined, const std::set<std::string>& used, std::string_view what) {
    if (defined == nullptr) return std::nullopt;
    for (const auto& [key, ignored] : defined->items()) {
        if (used.contains(key)) continue;
        return texts::not_valid(
            "Value provided in " + std::string(what) + " unused in expressions: keys: {" + key +
            "}");
    }
    return std::nullopt;
}

}  // namespace

result<placeholders> placeholders::of(const json& request) {
    placeholders p;
    p.names_ = member(request, "ExpressionAttributeNames");
    p.values_ = member(request, "ExpressionAttributeValues");
    if (p.names_ != nullptr) {
        if (!p.names_->is_object()) {
            return texts::member_of_another_type("ExpressionAttributeNames");
        }
        for (const json& name : *p.names_) {
            if (!name.is_string()) return texts::member_of_another_type("ExpressionAttributeNames");
        }
    }
    if (p.values_ != nullptr) {
        if (auto no = item_refusal(*p.values_)) return *no;
    }
    return p;
}

const std::string* placeholders::name(const std::string& placeholder) {
    if (names_ == nullptr || !names_->contains(placeholder)) return nullptr;
    used_.insert(placeholder);
    return &names_->at(placeholder).get_ref<const std::string&>();
}

const json* placeholders::value(const std::string& placeholder) {
    if (values_ == nullptr || !values_->contains(placeholder)) return nullptr;
    used_.insert(placeholder);
    return &values_->at(placeholder);
}

std::optional<refusal> placeholders::unused() const {
    if (auto no = unused_of(values_, used_, "ExpressionAttributeValues")) return no;
    return unused_of(names_, used_, "ExpressionAttributeNames");
}

}  // namespace kinetide::leases
