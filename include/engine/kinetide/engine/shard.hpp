// One shard: its log, its two ends and its lineage.
//
// *Appended* is where the next record goes; *visible* is what readers see, and moves when the
// journal says that what lies before it is safe (at once without a journal).
//
// Threads: any.  The lock is held for an append or a look-up, never while hashing or encoding.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <kinetide/base/clock.hpp>
#include <kinetide/base/mutex.hpp>
#include <kinetide/engine/change.hpp>
#include <kinetide/engine/fresh_memory.hpp>
#include <kinetide/engine/journal_port.hpp>
#include <kinetide/engine/options.hpp>
#include <kinetide/engine/page.hpp>
#include <kinetide/engine/token_bucket.hpp>
#include <kinetide/engine/waking.hpp>
#include <kinetide/model/hash_key.hpp>
#include <kinetide/model/sequence_number.hpp>
#include <kinetide/model/shard_id.hpp>

namespace kinetide::engine {

class record_log;
class block_memory;

// What never changes of a shard.
struct shard_birth {
    shard_id id;
    hash_range range;
    std::optional<shard_id> parent;
    std::optional<shard_id> adjacent_parent;
    std::int64_t creation_s = 0;  // in its sequence numbers
    instant opened;
};

struct shard_closing {
    instant at;
    std::int64_t time_s = 0;  // in its EndingSequenceNumber
};

enum class put_outcome { stored, throttled, journal_failed };

struct put_result {
    put_outcome outcome = put_outcome::stored;
    shard_id shard;
    sequence_number number;
    encryption_type encryption = encryption_type::none;
};

// A position is the counter of the first record to give.
struct read_result {
    bool throttled = false;
    page records;
    std::uint64_t next_position = 0;
    std::int64_t millis_behind_latest = 0;
    bool at_end = false;  // closed, and nothing is left behind next_position
};

class shard {
public:
    shard(shard_birth birth, limits_profile limits, std::shared_ptr<block_memory> memory);
    ~shard();
    shard(const shard&) = delete;
    shard& operator=(const shard&) = delete;

    [[nodiscard]] const shard_birth& birth() const { return birth_; }
    [[nodiscard]] sequence_number starting_number() const;
    [[nodiscard]] std::optional<shard_closing> closing() const;
    [[nodiscard]] sequence_number ending_number(const shard_closing& c) const;

    // Appends the chain of `entries` from `first`; each one's result is put at its index.  Gives
    // the appended end.  `needed` becomes the journal position after which it may be visible.
    // `wanted`, unless nullptr, learns what memory the next records will need.
    std::uint64_t put(
        const stream_id& stream,
        std::span<put_entry> entries,
        std::uint32_t first,
        instant now,
        encryption_type encryption,
        journal_port* journal,
        std::span<put_result> results,
        journal_position& needed,
        fresh_memory* wanted);

    // Applies what put() decided, here or at recovery.
    void apply(const records_appended& c);
    void close(const shard_closing& c);

    // The journal has made everything before `counter` safe.
    void make_visible(std::uint64_t counter);
    [[nodiscard]] std::uint64_t appended_end() const;

    // Positions.
    [[nodiscard]] std::uint64_t latest() const;
    [[nodiscard]] std::uint64_t position_at(instant t) const;
    // The first record at (or after, if `beyond`) a number of this shard.
    [[nodiscard]] std::uint64_t position_at(const sequence_number& n, bool beyond) const;

    // Whether a record of this shard has, or had before it expired, this number.
    [[nodiscard]] bool has_issued(const sequence_number& n) const;

    // Of the record before a position; the starting number where there never was one.
    [[nodiscard]] sequence_number number_before(std::uint64_t position) const;

    // Up to `records_max` records that arrived at `horizon` or later.
    [[nodiscard]] read_result read(
        std::uint64_t position, std::uint64_t records_max, instant now, instant horizon);
    // The same, whatever the rates say, and not counted.
    [[nodiscard]] read_result peek(
        std::uint64_t position, const page_limits& most, instant now, instant horizon) const;

    // Watches are told when there is more to read, if they are armed.
    void add(watch& w);
    void remove(watch& w);
    // False when a reader at `position` need not wait: there are records, or never will be.
    bool arm(watch& w, std::uint64_t position);
    // Whether armed or not: readers are to look round.
    void wake_all();

    // Whether one more iterator may be made now.
    bool admit_iterator(instant now);

    // The newest time this shard has put into a number.
    [[nodiscard]] std::int64_t newest_time_s() const;
    [[nodiscard]] instant newest_arrival() const;

    // Frees whole blocks older than `horizon`; says when the next block's turn would come, as the
    // arrival of its newest record, or nothing while empty.
    std::optional<instant> trim(instant horizon);
    void clear();

    // A number of its own for each token that is issued for this shard.
    std::uint64_t next_token() { return tokens_.fetch_add(1, std::memory_order_relaxed); }

private:
    void apply_locked(const records_appended& c) REQUIRES(mutex_);
    bool admit(const put_entry& e, instant now) REQUIRES(mutex_);
    bool admit_read(instant now);
    [[nodiscard]] std::int64_t number_time_s(instant arrival) const;

    const shard_birth birth_;
    const limits_profile limits_;
    std::atomic<std::uint64_t> tokens_{0};
    mutable base::mutex mutex_;
    std::unique_ptr<record_log> log_ GUARDED_BY(mutex_);
    std::uint64_t visible_end_ GUARDED_BY(mutex_) = 1;
    std::optional<shard_closing> closing_ GUARDED_BY(mutex_);
    watch_list watches_ GUARDED_BY(mutex_);
    token_bucket write_bytes_ GUARDED_BY(mutex_);
    token_bucket write_records_ GUARDED_BY(mutex_);
    token_bucket read_bytes_ GUARDED_BY(mutex_);
    token_bucket read_calls_ GUARDED_BY(mutex_);
    token_bucket iterator_calls_ GUARDED_BY(mutex_);
};

}  // namespace kinetide::engine
