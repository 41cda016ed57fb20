#include "processes.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>
#include <string>

namespace kinetide::load {
namespace {

double seconds(std::uint64_t ticks) {
    return static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double cpu_of(int process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string line;
    std::getline(file, line);
    // The name, in brackets, may hold anything.
    const std::size_t name_end = line.rfind(')');
    if (name_end == std::string::npos) return 0;
    std::istringstream rest(line.substr(name_end + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) rest >> skipped;
    std::uint64_t user = 0;
    std::uint64_t system = 0;
    rest >> user >> system;
    return seconds(user + system);
}

double of(const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
}

}  // namespace

cpu_times cpu_times::now(const std::vector<int>& server) {
    cpu_times t;
    for (const int process : server) t.server += cpu_of(process);
    rusage own{};
    ::getrusage(RUSAGE_SELF, &own);
    t.client = of(own.ru_utime) + of(own.ru_stime);
    std::ifstream file("/proc/stat");
    std::string name;
    file >> name;
    enum { user, nice, system, idle, waiting, interrupts, soft_interrupts, steal, count };
    std::array<std::uint64_t, count> ticks{};
    for (auto& n : ticks) file >> n;
    t.stolen = seconds(ticks[steal]);
    t.machine = seconds(
        ticks[user] + ticks[nice] + ticks[system] + ticks[interrupts] + ticks[soft_interrupts]);
    return t;
}

std::uint64_t resident_bytes(const std::vector<int>& processes) {
    std::uint64_t pages = 0;
    for (const int process : processes) {
        std::ifstream file("/proc/" + std::to_string(process) + "/statm");
        std::uint64_t all = 0;
        std::uint64_t resident = 0;
        file >> all >> resident;
        pages += resident;
    }
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace kinetide::load
