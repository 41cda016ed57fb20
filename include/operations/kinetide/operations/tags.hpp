// Tags: what they may be made of, and how a resource's tags change.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <kinetide/base/result.hpp>
#include <kinetide/engine/change.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/resource_reference.hpp>
#include <kinetide/wire/wire.hpp>

namespace kinetide::operations {

struct tag_shape {
    std::string key;
    std::string value;  // "" when the tag has none

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Key", &tag_shape::key), wire::member("Value", &tag_shape::value));
    }
};

struct added_tags {
    wire::map tags;

    static constexpr auto shape() {
        return wire::structure(wire::member(
            "Tags",
            &added_tags::tags,
            wire::count{1, 200},
            wire::keys(wire::length{1, 128}),
            wire::values(wire::length{0, 256})));
    }
};

struct removed_tags {
    wire::list<std::string_view> keys;

    static constexpr auto shape() {
        return wire::structure(wire::member(
            "TagKeys", &removed_tags::keys, wire::count{1, 50}, wire::each(wire::length{1, 128})));
    }
};

// Tags are sorted by the UTF-16 units of their keys, as Java does it: beyond U+FFFF that is another
// order than that of the bytes.
bool is_key_before(std::string_view a, std::string_view b);

// Tags for something new, sorted by key; refuses characters, prefixes and numbers of them that the
// service does not take.
result<engine::tag_list> checked_tags(
    const wire::map& tags, std::string_view stream, std::string_view account);

// Present keys get the new values.
result<nothing> add_tags(
    call& c, const engine::control_lock& held, const resource& to, const added_tags& added);

// Keys that are absent stay so.
result<nothing> remove_tags(
    call& c, const engine::control_lock& held, const resource& from, const removed_tags& removed);

// At most `count_max` tags with keys behind `after`.
std::vector<tag_shape> tags_after(
    const engine::tag_list& tags, std::string_view after, std::size_t count_max);

}  // namespace kinetide::operations
