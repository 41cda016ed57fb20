// What an answer says, before it takes the form of a protocol.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <kinetide/base/clock.hpp>

namespace kinetide::metrics {

struct value;
using value_list = std::vector<value>;
using value_members = std::vector<std::pair<std::string_view, value>>;  // names are literals

struct value {
    std::variant<std::string, double, instant, value_list, value_members> is;

    value(std::string text) : is(std::move(text)) {}
    value(std::string_view text) : is(std::string(text)) {}
    value(const char* text) : is(std::string(text)) {}
    value(double number) : is(number) {}
    value(instant time) : is(time) {}
    value(value_list list) : is(std::move(list)) {}
    value(value_members members) : is(std::move(members)) {}
};

}  // namespace kinetide::metrics
