#include "page_touch.hpp"

#include <sys/mman.h>

#include <stdexcept>

#include "figures.hpp"

namespace kinetide::load {

nlohmann::json touch_pages(unsigned gigabytes) {
    const std::size_t size = std::size_t{gigabytes} << 30U;
    void* const memory =
        ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::runtime_error("so much memory is not there");
    constexpr std::size_t page = 4'096;
    auto* const bytes = static_cast<volatile char*>(memory);
    const std::int64_t begin = now_ns();
    for (std::size_t i = 0; i < size; i += page) bytes[i] = 1;
    const double seconds = static_cast<double>(now_ns() - begin) / 1e9;
    ::munmap(memory, size);
    return {{"seconds", seconds}, {"bytes_rate", static_cast<double>(size) / seconds}};
}

}  // namespace kinetide::load
