// From a typed answer to bytes.  JSON is compact; members without a value are left out.
#pragma once

#include <string>
#include <string_view>

#include <kinetide/wire/describe.hpp>
#include <kinetide/wire/form.hpp>

namespace kinetide::wire {

namespace detail {

void encode(form f, const structure_table& table, const void* value, std::string& out);

}  // namespace detail

// Appends.
template <class T>
void encode(form f, const T& value, std::string& out) {
    detail::encode(f, detail::table_of<T>, &value, out);
}

// `message` may be null.  The framework's own errors spell it `Message`.
std::string encode_error(
    form f, std::string_view type, const std::string* message, bool capital_message);

}  // namespace kinetide::wire
