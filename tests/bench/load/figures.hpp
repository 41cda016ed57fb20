// Latencies and what is printed of a run.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "processes.hpp"

namespace kinetide::load {

// Nanoseconds of a clock that only rises.
std::int64_t now_ns();

class latencies {
public:
    void add(std::int64_t ns) { all_.push_back(static_cast<std::uint32_t>(ns / 100)); }
    [[nodiscard]] std::size_t count() const { return all_.size(); }
    // In milliseconds; `part` from 0 to 1.
    double at(double part);

private:
    std::vector<std::uint32_t> all_;  // in 0.1 us: up to 7 minutes
};

// CPU in cores and memory in bytes, between two moments.
nlohmann::json used_between(const cpu_times& from, const cpu_times& to, double seconds);

}  // namespace kinetide::load
