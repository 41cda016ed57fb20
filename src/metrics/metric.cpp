#include <kinetide/metrics/metric.hpp>

#include <array>

namespace kinetide::metrics {
namespace {

constexpr std::array<std::string_view, 27> units{
    "None",
    "Seconds",
    "Microseconds",
    "Milliseconds",
    "Bytes",
    "Kilobytes",
    "Megabytes",
    "Gigabytes",
    "Terabytes",
    "Bits",
    "Kilobits",
    "Megabits",
    "Gigabits",
    "Terabits",
    "Percent",
    "Count",
    "Bytes/Second",
    "Kilobytes/Second",
    "Megabytes/Second",
    "Gigabytes/Second",
    "Terabytes/Second",
    "Bits/Second",
    "Kilobits/Second",
    "Megabits/Second",
    "Gigabits/Second",
    "Terabits/Second",
    "Count/Second"};

}  // namespace

std::optional<unit> unit_of(std::string_view name) {
    const auto* const found = std::find(units.begin(), units.end(), name);
    if (found == units.end()) return std::nullopt;
    return unit{static_cast<std::uint8_t>(found - units.begin())};
}

std::string_view name_of(unit u) { return units.at(u.index); }

unit unit_named(std::string_view name) { return unit_of(name).value_or(unit{}); }

}  // namespace kinetide::metrics
