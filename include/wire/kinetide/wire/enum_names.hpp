// The names of an enumeration on the wire.  Its enumerators count from 0 without a gap.
//
//     template <>
//     inline constexpr std::array<std::string_view, 2> kinetide::wire::enum_names<scaling>{
//         "UNIFORM_SCALING", "OTHER"};  // in the order of the enumerators
#pragma once

#include <array>
#include <string_view>
#include <type_traits>

namespace kinetide::wire {

struct no_names {};

template <class Enum>
inline constexpr no_names enum_names{};

// How a ValidationException lists them.  To be specialised where that is another order.
template <class Enum>
inline constexpr auto enum_names_printed = enum_names<Enum>;

template <class T>
concept named_enum =
    std::is_enum_v<T> && !std::is_same_v<std::remove_cv_t<decltype(enum_names<T>)>, no_names>;

// The wire's name of a value.
template <named_enum Enum>
constexpr std::string_view name_of(Enum value) {
    return enum_names<Enum>[static_cast<std::size_t>(value)];
}

}  // namespace kinetide::wire
