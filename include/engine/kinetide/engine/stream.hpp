// One stream: its settings, its shards and the way of a record to the shard that holds its key.
//
// Threads: any.  Settings and shards change under the write lock only, by engine::commit.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <kinetide/base/clock.hpp>
#include <kinetide/base/mutex.hpp>
#include <kinetide/engine/call_rates.hpp>
#include <kinetide/engine/change.hpp>
#include <kinetide/engine/consumers.hpp>
#include <kinetide/engine/demand.hpp>
#include <kinetide/engine/journal_port.hpp>
#include <kinetide/engine/options.hpp>
#include <kinetide/engine/reshard_plan.hpp>
#include <kinetide/engine/shard.hpp>
#include <kinetide/engine/subscriptions.hpp>

namespace kinetide::engine {

// A copy of what describes a stream at one moment.
struct stream_state {
    stream_status status = stream_status::creating;
    stream_settings settings;
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
    stream(const stream_created& c, limits_profile limits, std::shared_ptr<block_memory> memory);

    [[nodiscard]] const stream_id& id() const { return id_; }
    [[nodiscard]] instant created() const { return created_; }
    [[nodiscard]] stream_state state() const;
    [[nodiscard]] stream_status status() const { return status_.load(std::memory_order_acquire); }
    [[nodiscard]] std::int64_t record_bytes_max() const { return record_kib_max_ * 1024; }
    [[nodiscard]] distribution strategy() const { return strategy_; }
    // Which metrics are wanted of each shard.
    [[nodiscard]] metric_set shard_metrics() const {
        return {metric_bits_.load(std::memory_order_relaxed)};
    }
    [[nodiscard]] stream_settings settings() const;
    [[nodiscard]] tag_list tags() const;
    [[nodiscard]] std::string policy() const;  // empty: none
    // How often within the last 24 hours.
    [[nodiscard]] std::int64_t used_today(daily_quota q, instant now) const;
    [[nodiscard]] const consumer_table& consumers() const { return consumers_; }
    [[nodiscard]] call_rates& rates() { return rates_; }
    [[nodiscard]] subscription_table& subscriptions() { return subscriptions_; }

    // Records that arrived before are expired.
    [[nodiscard]] instant horizon(instant now) const;

    // Listed shards by id, those above `after`.
    [[nodiscard]] std::vector<std::shared_ptr<shard>> shards(
        std::optional<shard_id> after = {}) const;
    [[nodiscard]] std::shared_ptr<shard> find_shard(shard_id id) const;
    [[nodiscard]] std::vector<std::shared_ptr<shard>> children_of(shard_id id) const;
    // The open shard that holds a key.
    [[nodiscard]] std::shared_ptr<shard> shard_of(hash_key key) const;
    // Tiling all keys, in order.
    [[nodiscard]] std::vector<shard_range> open_ranges() const;

    // Sends each entry to the open shard that holds its key.  False, and nothing stored, when the
    // stream takes no records (CREATING, DELETING).  With a journal, `waiting` learns what it is
    // that becomes visible later; `wanted`, unless nullptr, what memory the next records will need.
    bool put(
        std::span<put_entry> entries,
        std::span<put_result> results,
        instant now,
        journal_port* journal,
        std::vector<unsafe_end>& waiting,
        fresh_memory* wanted);

    // The newest second that this stream has put into a number.
    [[nodiscard]] std::int64_t newest_time_s() const { return newest_time_s_; }

    // What is due next, if anything: a status that settles, shards to scale, blocks that expire.
    [[nodiscard]] std::optional<instant> next_due() const;
    [[nodiscard]] bool settles_by(instant now) const;
    // What is to be done to the shards when the status settles.
    [[nodiscard]] std::optional<reshard_order> pending_order() const;
    [[nodiscard]] demand& on_demand() { return demand_; }
    [[nodiscard]] std::vector<peak_seen> peaks() const { return demand_.peaks(); }
    void trim(instant now);
    // True when the records just put made something due that was not planned: their trimming, or
    // the end of a window of demand.
    bool plan_after_put(
        std::span<const put_entry> entries, std::span<const put_result>, instant now);

    void apply(const stream_settled& c);
    void apply(const stream_deleting& c);
    void apply(const settings_changed& c);
    void apply(const reshard_ordered& c);
    void apply(const resharded& c);
    void apply(const peak_seen& c);
    void apply(const consumer_registered& c) { consumers_.apply(c); }
    void apply(const consumer_deregistering& c);
    void apply(const consumer_settled& c) { consumers_.apply(c); }
    void apply(const tags_changed& c);
    void apply(const policy_changed& c);
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
    void wake_readers() const REQUIRES_SHARED(mutex_);
    void count(daily_quota q, instant at) REQUIRES(mutex_);
    bool plan_trim(instant now);

    const stream_id id_;
    const instant created_;
    const limits_profile limits_;
    const std::shared_ptr<block_memory> memory_;

    std::atomic<stream_status> status_{stream_status::creating};
    // Copies of settings that the data path reads without the lock.
    std::atomic<std::int64_t> record_kib_max_;
    std::atomic<distribution> strategy_;
    std::atomic<encryption_type> encryption_{encryption_type::none};
    std::atomic<stream_mode> mode_;
    std::atomic<std::uint8_t> metric_bits_;
    std::atomic<std::int64_t> newest_time_s_{0};
    std::atomic<std::uint64_t> spread_{0};
    std::atomic<std::int64_t> trim_at_ms_;

    mutable base::shared_mutex mutex_;
    instant settles_at_ GUARDED_BY(mutex_);
    std::optional<reshard_order> order_ GUARDED_BY(mutex_);
    stream_settings settings_ GUARDED_BY(mutex_);
    instant expired_before_ GUARDED_BY(mutex_);
    tag_list tags_ GUARDED_BY(mutex_);
    std::string policy_ GUARDED_BY(mutex_);
    std::array<std::vector<instant>, daily_quota_count> used_ GUARDED_BY(mutex_);
    std::vector<std::shared_ptr<shard>> shards_ GUARDED_BY(mutex_);  // by id
    std::vector<open_range> open_ GUARDED_BY(mutex_);                // by start, tiling all keys
    consumer_table consumers_;
    demand demand_;
    call_rates rates_;
    subscription_table subscriptions_;
};

}  // namespace kinetide::engine
