#include "counts.hpp"

#include <algorithm>

namespace kinetide::service {

worker_counts& counts::of_worker(unsigned number) {
    worker_counts* const known = known_[number % places].load(std::memory_order_acquire);
    return known != nullptr ? *known : *shared_of_worker(number);
}

std::shared_ptr<worker_counts> counts::shared_of_worker(unsigned number) {
    const std::size_t place = number % places;
    const base::lock_guard lock(mutex_);
    auto& made = made_[place];
    if (!made) {
        made = std::make_shared<worker_counts>(store_);
        known_[place].store(made.get(), std::memory_order_release);
    }
    return made;
}

std::vector<std::shared_ptr<worker_counts>> counts::all() const {
    std::vector<std::shared_ptr<worker_counts>> found;
    const base::lock_guard lock(mutex_);
    std::copy_if(made_.begin(), made_.end(), std::back_inserter(found), [](const auto& w) {
        return w != nullptr;
    });
    return found;
}

void counts::hand_over() {
    // Held to the end: what another took from a worker is in the store when we say that all is.
    const base::lock_guard lock(handing_over_);
    for (const auto& worker : all()) worker->hand_over();
}

own_counts counts::own() const {
    own_counts sum;
    for (const auto& worker : all()) sum.merge(worker->own());
    return sum;
}

}  // namespace kinetide::service
