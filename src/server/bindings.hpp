// Makes bindings for the table of settings from pointers to members of the configuration.
#pragma once

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <kinetide/server/setting.hpp>

#include "forms.hpp"

namespace kinetide::program {

template <class Number>
struct number_member {
    static Number of(std::uint64_t value) { return static_cast<Number>(value); }
    static std::string show(Number value, std::string_view) { return std::to_string(value); }
};

template <>
struct number_member<std::chrono::milliseconds> {
    static std::chrono::milliseconds of(std::uint64_t value) {
        return std::chrono::milliseconds(static_cast<std::int64_t>(value));
    }
    static std::string show(std::chrono::milliseconds value, std::string_view) {
        return std::to_string(value.count());
    }
};

template <class Number>
struct number_member<std::optional<Number>> {
    static std::optional<Number> of(std::uint64_t value) { return static_cast<Number>(value); }
    static std::string show(const std::optional<Number>& value, std::string_view absent) {
        return value ? std::to_string(*value) : std::string(absent);
    }
};

struct range {
    std::uint64_t least = 0;
    std::uint64_t most = 0;
};

// `absent` is how the lack of a value is shown.
template <class Owner, class Member>
binding number(Member Owner::*member, range r, std::string_view absent = {}) {
    return {
        .assign =
            [=](configuration& c, std::string_view text) {
                const auto value = parse_number(text, r.least, r.most);
                if (value) c.*member = number_member<Member>::of(*value);
                return value.has_value();
            },
        .show =
            [=](const configuration& c) { return number_member<Member>::show(c.*member, absent); }};
}

template <class Owner>
binding probability(double Owner::*member) {
    return {
        .assign =
            [=](configuration& c, std::string_view text) {
                const auto value = parse_probability(text);
                if (value) c.*member = *value;
                return value.has_value();
            },
        .show = [=](const configuration& c) { return shortest_text(c.*member); }};
}

template <class Owner>
binding text(std::string Owner::*member, bool (*fits)(std::string_view)) {
    return {
        .assign =
            [=](configuration& c, std::string_view value) {
                if (!fits(value)) return false;
                c.*member = value;
                return true;
            },
        .show = [=](const configuration& c) { return (c.*member).empty() ? "none" : c.*member; }};
}

template <class Owner, class Enum>
binding choice(Enum Owner::*member, std::initializer_list<std::pair<std::string_view, Enum>> of) {
    const std::vector<std::pair<std::string_view, Enum>> names = of;
    return {
        .assign =
            [=](configuration& c, std::string_view text) {
                for (const auto& [name, value] : names) {
                    if (name != text) continue;
                    c.*member = value;
                    return true;
                }
                return false;
            },
        .show =
            [=](const configuration& c) {
                for (const auto& [name, value] : names) {
                    if (value == c.*member) return std::string(name);
                }
                return std::string();
            }};
}

// `add` appends what one value means, or says false.
template <class Owner, class Item>
binding list(
    std::vector<Item> Owner::*member,
    bool (*add)(std::string_view, std::vector<Item>&),
    std::size_t fewest,
    std::string (*show_item)(const Item&)) {
    return {
        .list = true,
        .assign =
            [=](configuration& c, std::string_view text) {
                std::vector<Item> items;
                for (const std::string_view value : split(text)) {
                    std::vector<Item> meant;
                    if (!add(value, meant)) return false;
                    for (Item& item : meant) {
                        const bool known =
                            std::find(items.begin(), items.end(), item) != items.end();
                        if (!known) items.push_back(std::move(item));
                    }
                }
                if (items.size() < fewest) return false;
                c.*member = std::move(items);
                return true;
            },
        .show =
            [=](const configuration& c) {
                std::string out;
                for (const Item& item : c.*member) {
                    if (!out.empty()) out += ',';
                    out += show_item(item);
                }
                return out.empty() ? "none" : out;
            }};
}

}  // namespace kinetide::program
