// PutItem, GetItem, UpdateItem and DeleteItem.

#include <utility>

#include "operation.hpp"

namespace kinetide::leases {
namespace {

enum class wanted { nothing, old_item, new_item };

// ReturnValues; `allowed` beside NONE.
result<wanted> wanted_of(value in, bool new_too) {
    const auto text = text_member(in, "ReturnValues");
    if (!text) return text.error();
    if (text->empty() || *text == "NONE") return wanted::nothing;
    if (*text == "ALL_OLD") return wanted::old_item;
    if (*text == "ALL_NEW" && new_too) return wanted::new_item;
    if (*text == "UPDATED_OLD" || *text == "UPDATED_NEW") {
        if (new_too) return texts::not_served("ReturnValues " + std::string(*text));
    }
    return texts::not_valid(
        new_too ? "Return values set to invalid value"
                : "ReturnValues can only be ALL_OLD or NONE");
}

// What a write with its condition is made of.
struct demand {
    condition must_hold;
    wanted returned = wanted::nothing;
    bool shows_item_on_failure = false;

    [[nodiscard]] outcome failed(value there) const {
        json more;
        if (shows_item_on_failure && there) more["Item"] = there.to_json();
        return {texts::condition_failed(), std::move(more)};
    }
};

result<demand> demand_of(value in, placeholders& p, bool new_too) {
    auto must_hold = write_condition(in, p);
    if (!must_hold) return must_hold.error();
    auto returned = wanted_of(in, new_too);
    if (!returned) return returned.error();
    const auto on_failure = text_member(in, "ReturnValuesOnConditionCheckFailure");
    if (!on_failure) return on_failure.error();
    return demand{std::move(*must_hold), *returned, *on_failure == "ALL_OLD"};
}

outcome attributes(value item) {
    if (!item) return std::string("{}");
    return R"({"Attributes":)" + item.dump() + "}";
}

result<item_key> key_member(const call& c, const table& t) {
    const value key = member(c.in, "Key");
    if (!key) return texts::member_missing("Key");
    return key_of(t.told().keys, key);
}

result<std::vector<attribute_change>> changes_of(value in, placeholders& p) {
    const value updates = member(in, "AttributeUpdates");
    if (!member(in, "UpdateExpression")) return changes_of_updates(updates);
    if (updates) {
        return texts::not_valid(
            "Can not use both expression and non-expression parameters in the same request: "
            "Non-expression parameters: {AttributeUpdates} Expression parameters: "
            "{UpdateExpression}");
    }
    const auto text = text_member(in, "UpdateExpression");
    if (!text) return text.error();
    return parse_update(*text, p);
}

}  // namespace

outcome put_item(const call& c) {
    const auto found = table_of(c);
    if (!found) return found.error();
    table& t = **found;
    const value item = member(c.in, "Item");
    if (!item) return texts::member_missing("Item");
    if (auto no = item_refusal(item)) return *no;
    const auto key = key_of_item(t.told().keys, item);
    if (!key) return key.error();
    if (item_bytes(item) > item_bytes_max) return texts::item_too_large(false);
    auto p = placeholders::of(c.in);
    if (!p) return p.error();
    const auto asked = demand_of(c.in, *p, false);
    if (!asked) return asked.error();
    if (auto no = p->unused()) return *no;

    const base::lock_guard lock(t.mutex);
    const value there = t.find(*key);
    if (!holds(asked->must_hold, there)) return asked->failed(there);
    outcome answer = attributes(asked->returned == wanted::old_item ? there : value());
    t.put(*key, copied(item));
    return answer;
}

outcome get_item(const call& c) {
    const auto found = table_of(c);
    if (!found) return found.error();
    table& t = **found;
    const auto key = key_member(c, t);
    if (!key) return key.error();
    const base::lock_guard lock(t.mutex);
    const value there = t.find(*key);
    if (!there) return std::string("{}");
    return R"({"Item":)" + there.dump() + "}";
}

outcome update_item(const call& c) {
    const auto found = table_of(c);
    if (!found) return found.error();
    table& t = **found;
    const auto key = key_member(c, t);
    if (!key) return key.error();
    auto p = placeholders::of(c.in);
    if (!p) return p.error();
    const auto changes = changes_of(c.in, *p);
    if (!changes) return changes.error();
    for (const attribute_change& change : *changes) {
        if (t.told().keys.has(change.attribute)) return texts::key_is_fixed(change.attribute);
    }
    const auto asked = demand_of(c.in, *p, true);
    if (!asked) return asked.error();
    if (auto no = p->unused()) return *no;

    const base::lock_guard lock(t.mutex);
    const value there = t.find(*key);
    if (!holds(asked->must_hold, there)) return asked->failed(there);
    auto item = changed(*changes, there ? there : member(c.in, "Key"));
    if (!item) return item.error();
    if (item_bytes(item->top()) > item_bytes_max) return texts::item_too_large(true);
    outcome answer = attributes(asked->returned == wanted::old_item ? there : value());
    t.put(*key, std::move(*item));
    if (asked->returned == wanted::new_item) return attributes(t.find(*key));
    return answer;
}

outcome delete_item(const call& c) {
    const auto found = table_of(c);
    if (!found) return found.error();
    table& t = **found;
    const auto key = key_member(c, t);
    if (!key) return key.error();
    auto p = placeholders::of(c.in);
    if (!p) return p.error();
    const auto asked = demand_of(c.in, *p, false);
    if (!asked) return asked.error();
    if (auto no = p->unused()) return *no;

    const base::lock_guard lock(t.mutex);
    const value there = t.find(*key);
    if (!holds(asked->must_hold, there)) return asked->failed(there);
    outcome answer = attributes(asked->returned == wanted::old_item ? there : value());
    t.erase(*key);
    return answer;
}

}  // namespace kinetide::leases
