// From shapes to tables.  All that depends on a member's C++ type is in the small functions here;
// the walkers are compiled once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <kinetide/wire/shape.hpp>
#include <kinetide/wire/table.hpp>

namespace kinetide::wire::detail {

template <class T>
constexpr structure_table describe_structure();
template <class T>
constexpr type_table describe_type();

template <class T>
inline constexpr structure_table table_of = describe_structure<T>();
template <class T>
inline constexpr type_table type_of = describe_type<T>();
template <class T>
inline constexpr auto shape_of = T::shape();

template <class T>
inline constexpr bool is_inline_part = false;
template <class Owner, class Value>
inline constexpr bool is_inline_part<inline_part<Owner, Value>> = true;

template <class T>
using parts_of = std::remove_const_t<decltype(shape_of<T>.parts)>;
template <class T, std::size_t I>
using part_of = std::tuple_element_t<I, parts_of<T>>;

// A member is found by its place in the shape, through as many inlined structures as it takes.
template <std::size_t First, std::size_t... Rest, class Owner>
constexpr auto& reach(Owner& owner) {
    constexpr auto pointer = std::get<First>(shape_of<std::remove_const_t<Owner>>.parts).pointer;
    if constexpr (sizeof...(Rest) == 0) {
        return owner.*pointer;
    } else {
        return reach<Rest...>(owner.*pointer);
    }
}

template <class T>
inline constexpr bool is_optional = !std::is_same_v<bare<T>, T>;

template <class Root, std::size_t... Path>
const void* find_member(const void* structure) {
    const auto& value = reach<Path...>(*static_cast<const Root*>(structure));
    if constexpr (is_optional<std::remove_cvref_t<decltype(value)>>) {
        return value.has_value() ? std::addressof(*value) : nullptr;
    } else {
        return std::addressof(value);
    }
}

template <class Root, std::size_t... Path>
void* make_member(void* structure) {
    auto& value = reach<Path...>(*static_cast<Root*>(structure));
    if constexpr (is_optional<std::remove_cvref_t<decltype(value)>>) {
        return std::addressof(value.emplace());
    } else {
        return std::addressof(value);
    }
}

template <class T>
constexpr std::size_t count_members() {
    return []<std::size_t... I>(std::index_sequence<I...>) {
        [[maybe_unused]] constexpr auto of_part =
            []<class Part>(std::type_identity<Part>) -> std::size_t {
            if constexpr (is_inline_part<Part>) {
                using inner =
                    std::remove_cvref_t<decltype(std::declval<T&>().*std::declval<Part>().pointer)>;
                return count_members<inner>();
            } else {
                return 1;
            }
        };
        return (std::size_t{0} + ... + of_part(std::type_identity<part_of<T, I>>{}));
    }(std::make_index_sequence<std::tuple_size_v<parts_of<T>>>{});
}

template <class Root, class T, std::size_t... Path>
constexpr void add_members(member_table*& out);

template <class Root, class T, std::size_t I, std::size_t... Path>
constexpr void add_part(member_table*& out) {
    using part_type = part_of<T, I>;
    using value = std::remove_cvref_t<decltype(reach<I>(std::declval<T&>()))>;
    if constexpr (is_inline_part<part_type>) {
        add_members<Root, value, Path..., I>(out);
    } else {
        const auto& part = std::get<I>(shape_of<T>.parts);
        out->name = part.name;
        out->type = &type_of<bare<value>>;
        out->find = &find_member<Root, Path..., I>;
        if constexpr (std::is_default_constructible_v<bare<value>>) {
            out->make = &make_member<Root, Path..., I>;
            out->decodable = type_of<bare<value>>.decodable;
            out->makeable = true;
        }
        out->required = !is_optional<value>;
        out->limits = part.limits;
        ++out;
    }
}

template <class Root, class T, std::size_t... Path>
constexpr void add_members(member_table*& out) {
    [&out]<std::size_t... I>(std::index_sequence<I...>) {
        (add_part<Root, T, I, Path...>(out), ...);
    }(std::make_index_sequence<std::tuple_size_v<parts_of<T>>>{});
}

template <class T>
constexpr auto describe_members() {
    std::array<member_table, count_members<T>()> members{};
    member_table* out = members.data();
    add_members<T, T>(out);
    return members;
}
template <class T>
inline constexpr auto members_of = describe_members<T>();

template <class T>
constexpr structure_table describe_structure() {
    static_assert(members_of<T>.size() <= structure_table::members_max);
    structure_table table;
    table.name = shape_of<T>.name;
    table.members = members_of<T>;
    for (std::size_t i = 0; i < members_of<T>.size(); ++i) {
        if (members_of<T>[i].required) table.required |= std::uint64_t{1} << i;
    }
    return table;
}

template <class T>
std::string_view read_text(const void* value, [[maybe_unused]] char* scratch) {
    if constexpr (text_type<T>) {
        return {scratch, static_cast<const T*>(value)->write_text(scratch)};
    } else {
        return *static_cast<const T*>(value);
    }
}

template <class T>
std::size_t measure_text(const void* value) {
    if constexpr (requires(const T& t) { t.text_size(); }) {
        return static_cast<const T*>(value)->text_size();
    } else {
        std::array<char, T::text_bytes_max> scratch{};
        return static_cast<const T*>(value)->write_text(scratch.data());
    }
}

template <class S>
class typed_cursor final : public element_cursor {
public:
    explicit typed_cursor(const S& sequence) : cursor_(sequence) {}
    const void* next() override {
        element_ = typename S::element{};  // nothing of the one before shines through
        return cursor_.next(element_) ? &element_ : nullptr;
    }

private:
    typename S::cursor cursor_;
    typename S::element element_{};
};

template <class T>
constexpr bool structure_decodable() {
    for (const member_table& m : members_of<T>) {
        if (!m.type->decodable || !m.makeable) return false;
    }
    return true;
}

template <class T>
constexpr void describe_list(type_table& table) {
    using element = std::ranges::range_value_t<const T>;
    table.element = &type_of<element>;
    table.element_size = sizeof(element);
    table.element_alignment = alignof(element);
    table.elements = [](const void* value) {
        const T& all = *static_cast<const T*>(value);
        return element_run{std::ranges::data(all), std::ranges::size(all)};
    };
    if constexpr (std::is_same_v<T, list<element>>) {
        // Elements lie in the arena, are moved as bytes when it grows, and are never destroyed.
        table.decodable = type_of<element>.decodable && std::is_trivially_copyable_v<element> &&
                          std::is_trivially_destructible_v<element> &&
                          kind_of<element>() != kind::list && kind_of<element>() != kind::map;
        table.assign = [](void* value, const void* first, std::size_t size) {
            *static_cast<T*>(value) = T(static_cast<const element*>(first), size);
        };
        table.construct = [](void* place) { new (place) element{}; };
    }
}

template <class T>
constexpr type_table describe_type() {
    constexpr kind what = kind_of<T>();
    type_table table;
    table.what = what;
    table.decodable = true;
    if constexpr (what == kind::text) {
        table.decodable = std::is_same_v<T, std::string_view>;
        table.text = &read_text<T>;
        if constexpr (text_type<T>) {
            static_assert(T::text_bytes_max <= text_bytes_limit);
            table.text_size = &measure_text<T>;
        }
    } else if constexpr (what == kind::enumeration) {
        table.names = enum_names<T>;
        table.names_printed = enum_names_printed<T>;
        table.index = [](const void* value) {
            return static_cast<std::size_t>(*static_cast<const T*>(value));
        };
        table.select = [](void* value, std::size_t index) {
            *static_cast<T*>(value) = static_cast<T>(index);
        };
    } else if constexpr (what == kind::list) {
        table.decodable = false;
        describe_list<T>(table);
    } else if constexpr (what == kind::structure) {
        table.decodable = structure_decodable<T>();
        table.structure = &table_of<T>;
    } else if constexpr (what == kind::sequence) {
        table.decodable = false;
        table.element = &type_of<typename T::element>;
        table.open = [](const void* value) -> std::unique_ptr<element_cursor> {
            return std::make_unique<typed_cursor<T>>(*static_cast<const T*>(value));
        };
    }
    return table;
}

}  // namespace kinetide::wire::detail
