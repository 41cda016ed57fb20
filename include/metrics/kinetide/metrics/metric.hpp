// What a metric is called, whose it is, and what is kept of its values.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinetide::metrics {

// Accounts and regions do not see each other's metrics.
struct owner {
    std::string account_id;
    std::string region;

    friend auto operator<=>(const owner&, const owner&) = default;
};

struct dimension {
    std::string name;
    std::string value;

    friend auto operator<=>(const dimension&, const dimension&) = default;
};

struct metric {
    std::string name_space;
    std::string name;
    std::vector<dimension> dimensions;  // sorted: their order names no other metric

    friend auto operator<=>(const metric&, const metric&) = default;
};

// Values of some time, without the values.
struct aggregate {
    double count = 0;
    double sum = 0;
    double min = 0;
    double max = 0;

    [[nodiscard]] bool empty() const { return count == 0; }

    void add(double value) { merge({1, value, value, value}); }
    void merge(const aggregate& o) {
        if (o.empty()) return;
        min = empty() ? o.min : std::min(min, o.min);
        max = empty() ? o.max : std::max(max, o.max);
        count += o.count;
        sum += o.sum;
    }

    friend bool operator==(const aggregate&, const aggregate&) = default;
};

// A place in the table of CloudWatch's units.
struct unit {
    std::uint8_t index = 0;

    friend bool operator==(unit, unit) = default;
};

// "Count", "Bytes/Second", ...: exactly as CloudWatch spells it.
[[nodiscard]] std::optional<unit> unit_of(std::string_view name);
[[nodiscard]] std::string_view name_of(unit u);
// For names that are known to be right.
[[nodiscard]] unit unit_named(std::string_view name);

}  // namespace kinetide::metrics
