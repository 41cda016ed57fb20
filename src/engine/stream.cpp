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

stream::stream(const stream_created& c, limits_profile limits, std::shared_ptr<block_memory> memory)
    : id_(c.stream),
      created_(c.at),
      limits_(limits),
      memory_(std::move(memory)),
      record_kib_max_(c.settings.record_kib_max),
      strategy_(c.settings.strategy),
      mode_(c.settings.mode),
      metric_bits_(c.settings.metrics.bits),
      trim_at_ms_(no_trim),
      settles_at_(c.settles_at),
      settings_(c.settings),
      tags_(c.tags) {
    const base::write_guard lock(mutex_);
    for (std::uint32_t i = 0; i < c.shard_count; ++i) {
        shard_birth birth;
        birth.id = shard_id{i};
        birth.range = hash_range::of_initial_shard(i, c.shard_count);
        birth.creation_s = std::max<std::int64_t>(c.at.seconds() - shard_backdating_s, 0);
        birth.opened = c.at;
        open(birth);
    }
    sort_open();
}

void stream::open(const shard_birth& birth) {
    shards_.push_back(std::make_shared<shard>(birth, limits_, memory_));
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
    s.settings = settings_;
    s.open_shards = static_cast<std::int64_t>(open_.size());
    return s;
}

tag_list stream::tags() const {
    const base::read_guard lock(mutex_);
    return tags_;
}

stream_settings stream::settings() const {
    const base::read_guard lock(mutex_);
    return settings_;
}

std::string stream::policy() const {
    const base::read_guard lock(mutex_);
    return policy_;
}

std::int64_t stream::used_today(daily_quota q, instant now) const {
    const base::read_guard lock(mutex_);
    const auto& used = used_[static_cast<std::size_t>(q)];
    return std::count_if(used.begin(), used.end(), [&](instant t) { return t + day_ms > now; });
}

void stream::count(daily_quota q, instant at) {
    auto& used = used_[static_cast<std::size_t>(q)];
    std::erase_if(used, [&](instant t) { return t + day_ms <= at; });
    used.push_back(at);
}

instant stream::horizon(instant now) const {
    const base::read_guard lock(mutex_);
    return std::max(now - settings_.retention_hours * hour_ms, expired_before_);
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

std::vector<shard_range> stream::open_ranges() const {
    const base::read_guard lock(mutex_);
    std::vector<shard_range> ranges;
    ranges.reserve(open_.size());
    for (const open_range& r : open_) {
        ranges.push_back({r.where->birth().id, r.where->birth().range});
    }
    return ranges;
}

// Halves without a branch: which half holds a hashed key cannot be foretold.
std::size_t stream::open_index(hash_key key) const {
    std::size_t at = 0;
    for (std::size_t left = open_.size(); left > 1;) {
        const std::size_t half = left / 2;
        at += half * static_cast<std::size_t>(open_[at + half].start <= key);
        left -= half;
    }
    return at;
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
    std::vector<unsafe_end>& waiting,
    fresh_memory* wanted) {
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
        const std::uint64_t end =
            where->put(id_, entries, i, now, encryption_, journal, results, needed, wanted);
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
    if (const auto settles = consumers_.next_due()) due = std::min(due, settles->ms);
    // Shards are scaled while ACTIVE only; settling plans anew.
    if (mode_ == stream_mode::on_demand && status() == stream_status::active) {
        if (const auto judged = demand_.next_due()) due = std::min(due, judged->ms);
    }
    if (due == no_trim) return std::nullopt;
    return instant{due};
}

bool stream::settles_by(instant now) const {
    const base::read_guard lock(mutex_);
    return status() != stream_status::active && settles_at_ <= now;
}

std::optional<reshard_order> stream::pending_order() const {
    const base::read_guard lock(mutex_);
    return order_;
}

bool stream::plan_after_put(
    std::span<const put_entry> entries, std::span<const put_result> results, instant now) {
    bool planned = plan_trim(now);
    if (mode_ != stream_mode::on_demand) return planned;
    std::int64_t bytes = 0;
    std::int64_t records = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (results[i].outcome != put_outcome::stored) continue;
        const auto key_bytes = entries[i].partition_key ? entries[i].partition_key->size() : 0;
        bytes += static_cast<std::int64_t>(entries[i].data.size + key_bytes);
        ++records;
    }
    planned |= demand_.note(bytes, records, now);
    return planned;
}

bool stream::plan_trim(instant now) {
    if (trim_at_ms_.load(std::memory_order_relaxed) != no_trim) return false;
    std::int64_t none = no_trim;
    const base::read_guard lock(mutex_);
    return trim_at_ms_.compare_exchange_strong(
        none, now.ms + settings_.retention_hours * hour_ms + 1);
}

void stream::trim(instant now) {
    if (trim_at_ms_ > now.ms) return;
    const instant before = horizon(now);
    const base::write_guard lock(mutex_);
    const std::int64_t retention_ms = settings_.retention_hours * hour_ms;
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
    order_.reset();
}

void stream::apply(const stream_deleting& c) {
    const base::write_guard lock(mutex_);
    status_.store(stream_status::deleting, std::memory_order_release);
    settles_at_ = c.settles_at;
    order_.reset();
    subscriptions_.end_all();
    wake_readers();
}

void stream::apply(const consumer_deregistering& c) {
    consumers_.apply(c);
    subscriptions_.end(c.name);
    const base::read_guard lock(mutex_);
    wake_readers();
}

void stream::wake_readers() const {
    for (const auto& s : shards_) s->wake_all();
}

void stream::apply(const settings_changed& c) {
    const base::write_guard lock(mutex_);
    if (c.settles_at) {
        status_.store(stream_status::updating, std::memory_order_release);
        settles_at_ = *c.settles_at;
    }
    const bool to_on_demand =
        settings_.mode != c.settings.mode && c.settings.mode == stream_mode::on_demand;
    const bool warmed = settings_.warm_mib_per_s != c.settings.warm_mib_per_s;
    const bool kept_otherwise = settings_.retention_hours != c.settings.retention_hours;
    settings_ = c.settings;
    record_kib_max_ = c.settings.record_kib_max;
    strategy_ = c.settings.strategy;
    encryption_ = c.settings.encryption;
    mode_ = c.settings.mode;
    metric_bits_ = c.settings.metrics.bits;
    expired_before_ = std::max(expired_before_, c.expired_before);
    // Judged anew with the next due run.
    if (kept_otherwise && trim_at_ms_ != no_trim) trim_at_ms_ = 0;
    // The capacity that a stream comes with counts as a peak: it is not merged away at once.
    if (to_on_demand) demand_.apply({id_, c.at, static_cast<std::int64_t>(open_.size())});
    if (warmed) demand_.look_again(c.settles_at.value_or(c.at));
    if (c.counts_as) count(*c.counts_as, c.at);
}

void stream::apply(const reshard_ordered& c) {
    const base::write_guard lock(mutex_);
    status_.store(stream_status::updating, std::memory_order_release);
    settles_at_ = c.settles_at;
    order_ = c.order;
    if (c.counts_as) count(*c.counts_as, c.at);
}

void stream::apply(const resharded& c) {
    const base::write_guard lock(mutex_);
    // Records may have come since the change was planned, and from a clock that has gone back
    // since: a shard closes no earlier than any of them arrived.
    instant at = c.at;
    std::int64_t closed_s = c.closed_s;
    for (const shard_id parent : c.parents) {
        const auto s = find_locked(parent);
        if (!s) continue;
        at = std::max(at, s->newest_arrival());
        closed_s = std::max(closed_s, s->newest_time_s());
    }
    const std::int64_t created_s = std::max(c.created_s, closed_s + 1);
    for (const shard_id parent : c.parents) {
        if (const auto s = find_locked(parent)) s->close(shard_closing{at, closed_s});
    }
    std::erase_if(open_, [&](const open_range& r) { return r.where->closing().has_value(); });
    for (const auto& child : c.children) {
        open(
            shard_birth{child.id, child.range, child.parent, child.adjacent_parent, created_s, at});
    }
    sort_open();
    if (trim_at_ms_ == no_trim) trim_at_ms_ = at.ms + settings_.retention_hours * hour_ms + 1;
}

void stream::apply(const peak_seen& c) { demand_.apply(c); }

void stream::apply(const tags_changed& c) {
    if (c.consumer) return consumers_.set_tags(*c.consumer, c.tags);
    const base::write_guard lock(mutex_);
    tags_ = c.tags;
}

void stream::apply(const policy_changed& c) {
    if (c.consumer) return consumers_.set_policy(*c.consumer, c.policy);
    const base::write_guard lock(mutex_);
    policy_ = c.policy;
}

void stream::apply(const records_appended& c) {
    const base::read_guard lock(mutex_);
    if (const auto s = find_locked(c.shard)) s->apply(c);
    note_time(c.arrival.seconds());
}

}  // namespace kinetide::engine
