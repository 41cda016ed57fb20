// Throttling that nothing but chance calls for, so that a client's retries can be tried.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include <kinetide/base/mutex.hpp>
#include <kinetide/engine/engine.hpp>
#include <kinetide/operations/operation.hpp>

namespace kinetide::operations {

// Any thread.
class random_failures {
public:
    // `probability` is from 0 to 1.  The chance is the engine's, and that of each stream is its
    // own: with a seed, the same requests to a stream fail in every run.
    random_failures(const engine::engine& e, double probability)
        : engine_(e), probability_(probability) {}

    [[nodiscard]] bool fails_get(const engine::stream& s) { return fails("failing get", s); }

    // engine::put of the entries that do not fail; the others' results say `throttled`.
    bool put(
        call& c,
        const std::shared_ptr<engine::stream>& s,
        std::span<engine::put_entry> entries,
        std::span<engine::put_result> results);

private:
    using counter_key =
        std::pair<std::string_view, std::uint64_t>;  // kind, the stream's generation

    bool fails(std::string_view kind, const engine::stream& s);

    const engine::engine& engine_;
    const double probability_;
    base::mutex mutex_;
    std::map<counter_key, std::uint64_t> counters_ GUARDED_BY(mutex_);
};

// engine::put, with whatever failures the call is to meet.
inline bool put_records_of(
    call& c,
    const std::shared_ptr<engine::stream>& s,
    std::span<engine::put_entry> entries,
    std::span<engine::put_result> results) {
    if (c.failures != nullptr) return c.failures->put(c, s, entries, results);
    return c.engine.put(s, entries, results, c.answer_after, c.wanted);
}

}  // namespace kinetide::operations
