// One stream: its settings, its shards and the way of a record to the shard that holds its key.
//
// Threads: any.  Settings and shards change under the write lock only, by engine::commit.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <kinetide/base/clock.hpp>
#include <kinetide/base/mutex.hpp>
#include <kinetide/engine/change.hpp>
#include <kinetide/engine/journal_port.hpp>
#include <kinetide/engine/options.hpp>
#include <kinetide/engine/shard.hpp>

namespace kinetide::engine {

// A copy of what describes a stream at one moment.
struct stream_state {
    stream_status status = stream_status::creating;
    stream_mode mode = stream_mode::provisioned;
    distribution strategy = distribution::user_partition_key;
    std::int64_t retention_hours = 0;
    std::int64_t record_kib_max = 0;
    std::int64_t open_shards = 0;
};

// Up to here a shard's records wait for a journal position.
struct unsafe_end {
    std::shared_ptr<shard> where;
    std::uint64_t end_counter = 0;
    journal_position at = 0;
};

class stream {
public:
    stream(const stream_created& c, limits_profile limits, std::shared_ptr<block_account> account);

    [[nodiscard]] const stream_id& id() const { return id_; }
    [[nodiscard]] instant created() const { return created_; }
    [[nodiscard]] stream_state state() const;
    [[nodiscard]] stream_status status() const { return status_.load(std::memory_order_acquire); }
    [[nodiscard]] std::int64_t record_bytes_max() const { return record_kib_max_ * 1024; }
    [[nodiscard]] distribution strategy() const { return strategy_; }
    [[nodiscard]] tag_list tags() const;
    [[nodiscard]] std::vector<instant> mode_switches() const;

    // Records that arrived before are expired.
    [[nodiscard]] instant horizon(instant now) const;

    // Listed shards by id, those above `after`.
    [[nodiscard]] std::vector<std::shared_ptr<shard>> shards(
        std::optional<shard_id> after = {}) const;
    [[nodiscard]] std::shared_ptr<shard> find_shard(shard_id id) const;
    [[nodiscard]] std::vector<std::shared_ptr<shard>> children_of(shard_id id) const;
    // The open shard that holds a key.
    [[nodiscard]] std::shared_ptr<shard> shard_of(hash_key key) const;

    // Sends each entry to the open shard that holds its key.  False, and nothing stored, when the
    // stream takes no records (CREATING, DELETING).  With a journal, `waiting` learns what it is
    // that becomes visible later.
    bool put(
        std::span<put_entry> entries,
        std::span<put_result> results,
        instant now,
        journal_port* journal,
        std::vector<unsafe_end>& waiting);

    // The newest second that this stream has put into a number.
    [[nodiscard]] std::int64_t newest_time_s() const { return newest_time_s_; }

    // What is due next, if anything: a status that settles, or blocks that expire.
    [[nodiscard]] std::optional<instant> next_due() const;
    [[nodiscard]] bool settles_by(instant now) const;
    void trim(instant now);
    // True once after records came into a stream for which no trimming was planned.
    bool plan_trim(instant now);

    void apply(const stream_settled& c);
    void apply(const stream_deleting& c);
    void apply(const retention_changed& c);
    void apply(const mode_changed& c);
    void apply(const resharded& c);
    void apply(const records_appended& c);

private:
    struct open_range {
        hash_key start;
        std::shared_ptr<shard> where;
    };

    void open(const shard_birth& birth) REQUIRES(mutex_);
    void sort_open() REQUIRES(mutex_);
    [[nodiscard]] std::size_t open_index(const put_entry& e) REQUIRES_SHARED(mutex_);
    [[nodiscard]] std::size_t open_index(hash_key key) const REQUIRES_SHARED(mutex_);
    [[nodiscard]] std::shared_ptr<shard> find_locked(shard_id id) const REQUIRES_SHARED(mutex_);
    void note_time(std::int64_t time_s);

    const stream_id id_;
    const instant created_;
    const limits_profile limits_;
    const std::shared_ptr<block_account> account_;

    std::atomic<stream_status> status_{stream_status::creating};
    std::atomic<std::int64_t> record_kib_max_;
    std::atomic<distribution> strategy_;
    std::atomic<std::int64_t> newest_time_s_{0};
    std::atomic<std::uint64_t> spread_{0};
    std::atomic<std::int64_t> trim_at_ms_;

    mutable base::shared_mutex mutex_;
    instant settles_at_ GUARDED_BY(mutex_);
    stream_mode mode_ GUARDED_BY(mutex_);
    std::int64_t retention_hours_ GUARDED_BY(mutex_);
    instant expired_before_ GUARDED_BY(mutex_);
    tag_list tags_ GUARDED_BY(mutex_);
    std::vector<instant> mode_switches_ GUARDED_BY(mutex_);
    std::vector<std::shared_ptr<shard>> shards_ GUARDED_BY(mutex_);  // by id
    std::vector<open_range> open_ GUARDED_BY(mutex_);                // by start, tiling all keys
};

}  // namespace kinetide::engine
