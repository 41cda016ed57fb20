#include <kinetide/operations/random_failures.hpp>

#include <vector>

namespace kinetide::operations {

bool random_failures::fails(std::string_view kind, const engine::stream& s) {
    const std::uint64_t object = s.id().generation;
    std::uint64_t counter = 0;
    {
        const base::lock_guard lock(mutex_);
        counter = counters_[{kind, object}]++;
    }
    // The upper 53 bits are as many as a double holds: from 0 up to, but not, 1.
    constexpr unsigned below_double = 11;
    const std::uint64_t drawn = engine_.chances().draw(kind, object, counter) >> below_double;
    return static_cast<double>(drawn) * 0x1p-53 < probability_;
}

bool random_failures::put(
    call& c,
    const std::shared_ptr<engine::stream>& s,
    std::span<engine::put_entry> entries,
    std::span<engine::put_result> results) {
    const engine::encryption_type encryption = s->settings().encryption;
    std::vector<engine::put_entry> lucky;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (fails("failing put", *s)) {
            const auto shard = s->shard_of(entries[i].key);
            results[i] = {engine::put_outcome::throttled, shard->birth().id, {}, encryption};
        } else {
            lucky.push_back(entries[i]);
            places.push_back(i);
        }
    }
    if (lucky.empty()) return true;
    std::vector<engine::put_result> stored(lucky.size());
    if (!c.engine.put(s, lucky, stored, c.answer_after, c.wanted)) return false;
    for (std::size_t i = 0; i < places.size(); ++i) results[places[i]] = stored[i];
    return true;
}

}  // namespace kinetide::operations
