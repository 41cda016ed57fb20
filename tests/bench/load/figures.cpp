#include "figures.hpp"

#include <algorithm>
#include <chrono>

namespace kinetide::load {

std::int64_t now_ns() {
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

double latencies::at(double part) {
    if (all_.empty()) return -1;
    const auto index = static_cast<std::ptrdiff_t>(part * static_cast<double>(all_.size() - 1));
    std::nth_element(all_.begin(), all_.begin() + index, all_.end());
    return all_[static_cast<std::size_t>(index)] / 1e4;
}

nlohmann::json used_between(const cpu_times& from, const cpu_times& to, double seconds) {
    const double server = (to.server - from.server) / seconds;
    const double client = (to.client - from.client) / seconds;
    const double machine = (to.machine - from.machine) / seconds;
    return {
        {"server_cpu", server},
        {"client_cpu", client},
        {"other_cpu", std::max(0.0, machine - server - client)},
        {"stolen_cpu", (to.stolen - from.stolen) / seconds}};
}

}  // namespace kinetide::load
