// The two passes of decoding, one by one: so that tests and fuzz targets can hold them against each
// other.
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include <kinetide/wire/decode.hpp>

namespace kinetide::wire {

namespace detail {

// True when the body is good.  Otherwise nothing is known, and `out` is half filled.
bool decode_fast(
    form f, std::string_view body, arena& memory, const structure_table& table, void* out);

// `out` is filled when there is no failure.
std::optional<failure> decode_plainly(
    form f, std::string_view body, arena& memory, const structure_table& table, void* out);

}  // namespace detail

// Nothing when unsure.
template <class T>
std::optional<T> decode_fast(form f, std::string_view body, arena& memory) {
    std::optional<T> out(std::in_place);
    if (!detail::decode_fast(f, body, memory, detail::table_of<T>, &*out)) out.reset();
    return out;
}

template <class T>
std::variant<T, failure> decode_plainly(form f, std::string_view body, arena& memory) {
    std::variant<T, failure> answer;
    auto bad = detail::decode_plainly(f, body, memory, detail::table_of<T>, &std::get<0>(answer));
    if (bad) answer = std::move(*bad);
    return answer;
}

}  // namespace kinetide::wire
