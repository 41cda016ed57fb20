// One call on its way, told what it did, for the counts of its worker.
#pragma once

#include <chrono>

#include <kinetide/base/clock.hpp>
#include <kinetide/operations/data_notes.hpp>

#include "worker_counts.hpp"

namespace kinetide::service {

class call_notes final : public operations::data_notes {
public:
    using steady = std::chrono::steady_clock;

    // A latency is the time from `began` until the records are stored or found.
    call_notes(worker_counts& into, steady::time_point began, instant now)
        : into_(into), began_(began), now_(now) {}

    void put(
        const engine::stream& s,
        operations::put_call by,
        std::span<const engine::put_entry> entries,
        std::span<const engine::put_result> results) override {
        into_.put(s, by, entries, results, steady::now() - began_, now_);
    }
    void read(const engine::stream& s, shard_id from, const engine::read_result& given) override {
        into_.read(s, from, given, steady::now() - began_, now_);
    }
    void subscribed(
        const engine::stream& s,
        std::string_view consumer,
        engine::claim_outcome outcome) override {
        into_.subscribed(s, consumer, outcome, now_);
    }

private:
    worker_counts& into_;
    const steady::time_point began_;
    const instant now_;
};

}  // namespace kinetide::service
