// A value, or the API's refusal to give one.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace kinetide {

// What the API says instead of an answer.  `code` is the bare shape name of the error and always a
// literal; only makers named after the case construct these (operations/refusals.hpp).
struct refusal {
    std::string_view code;
    std::string message;
    int status = 400;
};

struct nothing {};

template <class T>
class [[nodiscard]] result {
public:
    result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    result(refusal error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] explicit operator bool() const { return state_.index() == 0; }
    [[nodiscard]] T& operator*() { return std::get<0>(state_); }
    [[nodiscard]] const T& operator*() const { return std::get<0>(state_); }
    [[nodiscard]] T* operator->() { return &std::get<0>(state_); }
    [[nodiscard]] const T* operator->() const { return &std::get<0>(state_); }
    [[nodiscard]] const refusal& error() const { return std::get<1>(state_); }

private:
    std::variant<T, refusal> state_;
};

}  // namespace kinetide
