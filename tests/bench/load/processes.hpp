// What processes and the machine used, as the system counts it.
#pragma once

#include <cstdint>
#include <vector>

namespace kinetide::load {

// Seconds of CPU since some beginning.
struct cpu_times {
    double server = 0;
    double client = 0;   // this process
    double machine = 0;  // everybody, what is stolen by the host aside
    double stolen = 0;

    static cpu_times now(const std::vector<int>& server);
};

// Bytes in memory, of all these processes.
std::uint64_t resident_bytes(const std::vector<int>& processes);

}  // namespace kinetide::load
