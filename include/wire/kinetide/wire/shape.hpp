// How a shape is declared: a structure's wire names, members and constraints, once for both wire
// forms.
//
//     static constexpr auto shape() {
//         return wire::structure(
//             wire::inline_members(&input::stream),
//             wire::member("Limit", &input::limit, wire::range{1, 10000}));
//     }
//
// T is required, std::optional<T> may be absent.  In requests T is std::string_view, blob_view,
// bool, std::int32_t ("Integer"), std::int64_t ("Long"), instant, an enumeration with enum_names, a
// type with shape(), wire::map, or wire::list of these.  In answers it may also be std::string, any
// contiguous container, a text type (`text_bytes_max` and `std::size_t write_text(char*) const`,
// for ASCII that JSON need not escape; `text_size() const` spares writing where only the size is
// asked) and a sequence (`element`, and a `cursor` made from a const S& with `bool
// next(element&)`).
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <kinetide/base/blob.hpp>
#include <kinetide/base/clock.hpp>
#include <kinetide/wire/constraints.hpp>
#include <kinetide/wire/enum_names.hpp>
#include <kinetide/wire/list.hpp>
#include <kinetide/wire/table.hpp>

namespace kinetide::wire {

template <class T>
concept shaped = requires { T::shape(); };

template <class T>
concept text_type = requires(const T value, char* out) {
    { T::text_bytes_max } -> std::convertible_to<std::size_t>;
    { value.write_text(out) } -> std::convertible_to<std::size_t>;
};

template <class T>
concept sequence_type = requires(const T& value, typename T::element& out) {
    { typename T::cursor(value).next(out) } -> std::convertible_to<bool>;
};

template <class Owner, class Value>
struct member_part {
    std::string_view name;
    Value Owner::*pointer;
    member_constraints limits;
};

template <class Owner, class Value>
struct inline_part {
    Value Owner::*pointer;
};

template <class... Parts>
struct structure_shape {
    std::string_view name;
    std::tuple<Parts...> parts;
};

namespace detail {

template <class T>
struct bare_type {
    using type = T;
};
template <class T>
struct bare_type<std::optional<T>> {
    using type = T;
};
template <class T>
using bare = typename bare_type<T>::type;

template <class T>
constexpr kind kind_of() {
    if constexpr (std::is_same_v<T, bool>) {
        return kind::boolean;
    } else if constexpr (std::is_same_v<T, instant>) {
        return kind::time;
    } else if constexpr (std::is_same_v<T, blob_view>) {
        return kind::blob;
    } else if constexpr (std::is_same_v<T, map>) {
        return kind::map;
    } else if constexpr (named_enum<T>) {
        return kind::enumeration;
    } else if constexpr (std::signed_integral<T> && sizeof(T) == 4) {
        return kind::integer;
    } else if constexpr (std::signed_integral<T> && sizeof(T) == 8) {
        return kind::long_integer;
    } else if constexpr (
        std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view> || text_type<T>) {
        return kind::text;
    } else if constexpr (shaped<T>) {
        return kind::structure;
    } else if constexpr (sequence_type<T>) {
        return kind::sequence;
    } else {
        static_assert(
            std::ranges::contiguous_range<const T> && std::ranges::sized_range<const T>,
            "a member of a type that the wire does not know (an enum without enum_names?)");
        return kind::list;
    }
}

template <class Constraint>
constexpr bool suits(kind k) {
    if constexpr (std::is_same_v<Constraint, length>) {
        return k == kind::text || k == kind::blob;
    } else if constexpr (std::is_same_v<Constraint, count>) {
        return k == kind::list || k == kind::map;
    } else if constexpr (std::is_same_v<Constraint, range>) {
        return k == kind::integer || k == kind::long_integer;
    } else if constexpr (std::is_same_v<Constraint, pattern>) {
        return k == kind::text;
    } else if constexpr (std::is_same_v<Constraint, each_constraints>) {
        return k == kind::list;
    } else {
        return k == kind::map;
    }
}

}  // namespace detail

template <class Owner, class Value, class... Constraints>
constexpr member_part<Owner, Value> member(
    std::string_view name, Value Owner::*pointer, const Constraints&... limits) {
    static_assert(
        (detail::suits<Constraints>(detail::kind_of<detail::bare<Value>>()) && ...),
        "a constraint that does not go with the member's type");
    member_part<Owner, Value> part{name, pointer, {}};
    (part.limits.add(limits), ...);
    return part;
}

// The members of that structure, which itself has a shape, as if they were declared here.
template <class Owner, class Value>
constexpr inline_part<Owner, Value> inline_members(Value Owner::*pointer) {
    return {pointer};
}

template <class... Parts>
constexpr structure_shape<Parts...> structure(const Parts&... parts) {
    return {{}, {parts...}};
}

// Named where a message may have to print it.
template <class... Parts>
constexpr structure_shape<Parts...> structure(const char* name, const Parts&... parts) {
    return {name, {parts...}};
}

}  // namespace kinetide::wire
