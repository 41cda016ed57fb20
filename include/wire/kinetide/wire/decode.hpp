// From a body's bytes to a typed request that satisfies its shape.
//
// Rules that hold in both forms, chosen where the service is silent:
// - A body nests at most 32 deep and holds at most 262,144 values; more is unparsable, like invalid
//   UTF-8, a broken unknown member, or bytes after the end.
// - Of members (or map keys) given twice the last one counts.  Null is absent; in a list it breaks
//   "must not be null".
// - A lone surrogate escape in JSON becomes '?', as it does when Java writes UTF-8.
// - Numbers for integers are rounded down, and held within 32 bits for Integer, 64 for Long.
// - Times are held within 2^53 ms of 1970.  JSON's are rounded down to a millisecond.  CBOR's are
//   milliseconds when integers and seconds (rounded to the nearest millisecond) when not, whatever
//   their tag: tags are read over everywhere.
// - CBOR's undefined and unassigned simple values count as null; NaN as 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <kinetide/wire/arena.hpp>
#include <kinetide/wire/describe.hpp>
#include <kinetide/wire/form.hpp>

namespace kinetide::wire {

inline constexpr int depth_max = 32;
inline constexpr std::size_t values_max = std::size_t{1} << 18U;

enum class failure_kind {
    unparsable,     // no object; no message
    serialization,  // SerializationException, whose message is spelled `Message`
    validation,     // ValidationException
};

struct failure {
    failure_kind kind = failure_kind::unparsable;
    std::string message;
};

namespace detail {

// Tries the fast pass, and has the plain one decide what that does not take.  `reset` makes `out`
// as new again in between.
std::optional<failure> decode(
    form f,
    std::string_view body,
    arena& memory,
    const structure_table& table,
    void* out,
    void (*reset)(void* out));

template <class T>
void reset_value(void* out) {
    *static_cast<T*>(out) = T{};
}

}  // namespace detail

// The value views `body` and `memory`.
template <class T>
std::variant<T, failure> decode(form f, std::string_view body, arena& memory) {
    static_assert(
        detail::type_of<T>.decodable,
        "a request has a member that only answers may have, or that is not trivially copyable");
    std::variant<T, failure> answer;
    std::optional<failure> bad = detail::decode(
        f, body, memory, detail::table_of<T>, &std::get<0>(answer), &detail::reset_value<T>);
    if (bad) answer = std::move(*bad);
    return answer;
}

// For requests that name no operation: whether the body is an object at all.
bool parses_to_object(form f, std::string_view body);

}  // namespace kinetide::wire
