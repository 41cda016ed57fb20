// Holds the fast pass to the plain one: what the first calls good, the second must decode to the
// same values.
#pragma once

#include <string>
#include <string_view>

#include <kinetide/wire/passes.hpp>

#include "shapes.hpp"

namespace kinetide::wire_testing {

// Empty when they agree.
template <class T>
std::string disagreement(wire::form f, std::string_view body) {
    wire::arena fast_memory;
    const auto fast = wire::decode_fast<T>(f, body, fast_memory);
    if (!fast) return {};

    wire::arena plain_memory;
    const std::string plain = told(wire::decode_plainly<T>(f, body, plain_memory));
    const std::string ours = encoded(wire::form::json, *fast);
    return ours == plain ? std::string() : "fast: " + ours + "\nplain: " + plain;
}

template <class T>
bool is_fast(wire::form f, std::string_view body) {
    wire::arena memory;
    return wire::decode_fast<T>(f, body, memory).has_value();
}

}  // namespace kinetide::wire_testing
