#include <kinetide/engine/stream.hpp>

#include <kinetide/engine/limits.hpp>

#include <algorithm>
#include <limits>

#include "block.hpp"

namespace kinetide::engine {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t day_ms = 24 * hour_ms;
constexpr std::int64_t no_trim = std::numeric_limits<std::int64_t>::max();
// Trimming walks all shards: once a second is enough to give memory back.
constexpr std::int64_t trim_pause_ms = 1000;
// The service dates shards a little before the stream's creation (observed: 2 to 7 s).
constexpr std::int64_t shard_backdating_s = 2;

}  // namespace

stream::stream(
    const stream_created& c, limits_profile limits, std::shared_ptr<block_account> account)
    : id_(c.stream),
      created_(c.at),
      limits_(limits),
      account_(std::move(account)),
      record_kib_max_(c.record_kib_max),
      strategy_(c.strategy),
      trim_at_ms_(no_trim),
      settles_at_(c.settles_at),
      mode_(c.mode),
      retention_hours_(limits::retention_hours_default),
      tags_(c.tags) {
    const base::write_guard lock(mutex_);
    for (std::uint32_t i = 0; i < c.shard_count; ++i) {
        shard_birth birth;
        birth.id = shard_id{i};
        birth.range = hash_range::of_initial_shard(i, c.shard_count);
        birth.creation_s = c.at.seconds() - shard_backdating_s;
        birth.opened = c.at;
        open(birth);
    }
    sort_open();
}

void stream::open(const shard_birth& birth) {
    shards_.push_back(std::make_shared<shard>(birth, limits_, account_));
    open_.push_back(open_range{birth.range.start, shards_.back()});
}

void stream::sort_open() {
    std::sort(open_.begin(), open_.end(), [](const open_range& a, const open_range& b) {
        return a.start < b.start;
    });
}

stream_state stream::state() const {
    const base::read_guard lock(mutex_);
    stream_state s;
    s.status = status();
    s.mode = mode_;
    s.strategy = strategy_;
    s.retention_hours = retention_hours_;
    s.record_kib_max = record_kib_max_;
    s.open_shards = static_cast<std::int64_t>(open_.size());
    return s;
}

tag_list stream::tags() const {
    const base::read_guard lock(mutex_);
    return tags_;
}

std::vector<instant> stream::mode_switches() const {
    const base::read_guard lock(mutex_);
    return mode_switches_;
}

instant stream::horizon(instant now) const {
    const base::read_guard lock(mutex_);
    return std::max(now - retention_hours_ * hour_ms, expired_before_);
}

std::vector<std::shared_ptr<shard>> stream::shards(std::optional<shard_id> after) const {
    const base::read_guard lock(mutex_);
    auto first = shards_.begin();
    if (after) {
        first = std::partition_point(
            shards_.begin(), shards_.end(), [&](const auto& s) { return s->birth().id <= *after; });
    }
    return {first, shards_.end()};
}

std::shared_ptr<shard> stream::find_locked(shard_id id) const {
    const auto it = std::partition_point(
        shards_.begin(), shards_.end(), [&](const auto& s) { return s->birth().id < id; });
    if (it == shards_.end() || (*it)->birth().id != id) return nullptr;
    return *it;
}

std::shared_ptr<shard> stream::find_shard(shard_id id) const {
    const base::read_guard lock(mutex_);
    return find_locked(id);
}

std::vector<std::shared_ptr<shard>> stream::children_of(shard_id id) const {
    const base::read_guard lock(mutex_);
    std::vector<std::shared_ptr<shard>> children;
    std::copy_if(shards_.begin(), shards_.end(), std::back_inserter(children), [&](const auto& s) {
        return s->birth().parent == id || s->birth().adjacent_parent == id;
    });
    return children;
}

std::size_t stream::open_index(hash_key key) const {
    const auto behind = std::partition_point(
        open_.begin(), open_.end(), [&](const open_range& r) { return r.start <= key; });
    return static_cast<std::size_t>(behind - open_.begin()) - 1;
}

std::size_t stream::open_index(const put_entry& e) {
    if (strategy_ == distribution::automatic) {
        return spread_.fetch_add(1, std::memory_order_relaxed) % open_.size();
    }
    return open_index(e.key);
}

std::shared_ptr<shard> stream::shard_of(hash_key key) const {
    const base::read_guard lock(mutex_);
    return open_[open_index(key)].where;
}

bool stream::put(
    std::span<put_entry> entries,
    std::span<put_result> results,
    instant now,
    journal_port* journal,
    std::vector<unsafe_end>& waiting) {
    const base::read_guard lock(mutex_);
    const stream_status s = status();
    if (s == stream_status::creating || s == stream_status::deleting) return false;

    // Chains the entries by shard, in the call's order, without a list for each shard.
    thread_local std::vector<std::uint32_t> heads;
    thread_local std::vector<std::uint32_t> shard_of_entry;
    if (heads.size() < open_.size()) heads.resize(open_.size(), put_entry::none);
    shard_of_entry.resize(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        shard_of_entry[i] = static_cast<std::uint32_t>(open_index(entries[i]));
        heads[shard_of_entry[i]] = put_entry::none;
    }
    for (std::size_t i = entries.size(); i-- > 0;) {
        entries[i].next = heads[shard_of_entry[i]];
        heads[shard_of_entry[i]] = static_cast<std::uint32_t>(i);
    }
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
        const std::uint32_t at = shard_of_entry[i];
        if (heads[at] != i) continue;
        heads[at] = put_entry::none;
        const auto& where = open_[at].where;
        journal_position needed = 0;
        const std::uint64_t end = where->put(id_, entries, i, now, journal, results, needed);
        note_time(results[i].number.time_s);
        if (needed != 0) waiting.push_back(unsafe_end{where, end, needed});
    }
    return true;
}

void stream::note_time(std::int64_t time_s) {
    std::int64_t newest = newest_time_s_.load(std::memory_order_relaxed);
    while (newest < time_s && !newest_time_s_.compare_exchange_weak(newest, time_s)) {
    }
}

std::optional<instant> stream::next_due() const {
    const base::read_guard lock(mutex_);
    std::int64_t due = trim_at_ms_;
    if (status() != stream_status::active) due = std::min(due, settles_at_.ms);
    if (due == no_trim) return std::nullopt;
    return instant{due};
}

bool stream::settles_by(instant now) const {
    const base::read_guard lock(mutex_);
    return status() != stream_status::active && settles_at_ <= now;
}

bool stream::plan_trim(instant now) {
    if (trim_at_ms_.load(std::memory_order_relaxed) != no_trim) return false;
    std::int64_t none = no_trim;
    const base::read_guard lock(mutex_);
    return trim_at_ms_.compare_exchange_strong(none, now.ms + retention_hours_ * hour_ms + 1);
}

void stream::trim(instant now) {
    if (trim_at_ms_ > now.ms) return;
    const instant before = horizon(now);
    const base::write_guard lock(mutex_);
    const std::int64_t retention_ms = retention_hours_ * hour_ms;
    std::int64_t next = no_trim;
    std::vector<std::shared_ptr<shard>> kept;
    for (const auto& s : shards_) {
        const auto oldest = s->trim(before);
        if (oldest) next = std::min(next, oldest->ms + retention_ms + 1);
        const auto closing = s->closing();
        // A closed shard is listed until retention has passed since its closing.
        if (closing && closing->at < before) continue;
        if (closing) next = std::min(next, closing->at.ms + retention_ms + 1);
        kept.push_back(s);
    }
    shards_ = std::move(kept);
    trim_at_ms_ = next == no_trim ? no_trim : std::max(next, now.ms + trim_pause_ms);
}

void stream::apply(const stream_settled&) {
    const base::write_guard lock(mutex_);
    status_.store(stream_status::active, std::memory_order_release);
}

void stream::apply(const stream_deleting& c) {
    const base::write_guard lock(mutex_);
    status_.store(stream_status::deleting, std::memory_order_release);
    settles_at_ = c.settles_at;
}

void stream::apply(const retention_changed& c) {
    const base::write_guard lock(mutex_);
    status_.store(stream_status::updating, std::memory_order_release);
    settles_at_ = c.settles_at;
    retention_hours_ = c.hours;
    expired_before_ = std::max(expired_before_, c.expired_before);
    if (trim_at_ms_ != no_trim) trim_at_ms_ = 0;  // judged anew with the next due run
}

void stream::apply(const mode_changed& c) {
    const base::write_guard lock(mutex_);
    status_.store(stream_status::updating, std::memory_order_release);
    settles_at_ = c.settles_at;
    mode_ = c.mode;
    std::erase_if(mode_switches_, [&](instant t) { return t + day_ms <= c.at; });
    mode_switches_.push_back(c.at);
}

void stream::apply(const resharded& c) {
    const base::write_guard lock(mutex_);
    for (const shard_id parent : c.parents) {
        if (const auto s = find_locked(parent)) s->close(shard_closing{c.at, c.closed_s});
        std::erase_if(open_, [&](const open_range& r) { return r.where->birth().id == parent; });
    }
    for (const auto& child : c.children) {
        open(shard_birth{
            child.id, child.range, child.parent, child.adjacent_parent, c.created_s, c.at});
    }
    sort_open();
    if (trim_at_ms_ == no_trim) trim_at_ms_ = c.at.ms + retention_hours_ * hour_ms + 1;
}

void stream::apply(const records_appended& c) {
    const base::read_guard lock(mutex_);
    if (const auto s = find_locked(c.shard)) s->apply(c);
    note_time(c.arrival.seconds());
}

}  // namespace kinetide::engine
