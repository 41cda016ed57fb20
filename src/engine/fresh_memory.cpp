#include <kinetide/engine/fresh_memory.hpp>

#include <utility>

#include "block.hpp"

namespace kinetide::engine {

void fresh_memory::want(std::shared_ptr<const block> of, std::size_t begin, std::size_t end) {
    wanted_.push_back({std::move(of), begin, end});
}

void fresh_memory::ask() const {
    for (const piece& p : wanted_) p.of->ask(p.begin, p.end);
}

}  // namespace kinetide::engine
