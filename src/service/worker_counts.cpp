#include "worker_counts.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <kinetide/operations/operation.hpp>

namespace kinetide::service {
namespace {

using sm = stream_metric;
using hm = shard_metric;
using cm = consumer_metric;

double milliseconds(elapsed e) { return std::chrono::duration<double, std::milli>(e).count(); }

bool same(const engine::stream_id& a, const engine::stream_id& b) {
    return a.generation == b.generation && a.name == b.name && a.tenant == b.tenant;
}

std::int64_t bytes_of(const engine::put_entry& e) {
    const std::size_t key = e.partition_key ? e.partition_key->size() : 0;
    return static_cast<std::int64_t>(e.data.size + key);
}

struct put_tally {
    std::int64_t bytes = 0;
    std::int64_t stored = 0;
    std::int64_t throttled = 0;
    std::int64_t failed = 0;
};

put_tally tally(
    std::span<const engine::put_entry> entries, std::span<const engine::put_result> results) {
    put_tally t;
    for (std::size_t i = 0; i < results.size(); ++i) {
        switch (results[i].outcome) {
            case engine::put_outcome::stored:
                ++t.stored;
                t.bytes += bytes_of(entries[i]);
                break;
            case engine::put_outcome::throttled: ++t.throttled; break;
            case engine::put_outcome::journal_failed: ++t.failed; break;
        }
    }
    return t;
}

void count_put(stream_row& row, operations::put_call by, const put_tally& t, elapsed taken) {
    auto& v = row.values;
    const std::int64_t success = t.stored != 0 ? 1 : 0;
    if (t.stored != 0) {
        v.add(sm::incoming_bytes, t.bytes);
        v.add(sm::incoming_records, t.stored);
    }
    v.add(sm::write_exceeded, t.throttled);
    if (by == operations::put_call::put_record) {
        if (t.stored != 0) v.add(sm::put_record_bytes, t.bytes);
        v.add(sm::put_record_latency, milliseconds(taken));
        v.add(sm::put_record_success, success);
        return;
    }
    if (t.stored != 0) v.add(sm::put_records_bytes, t.bytes);
    v.add(sm::put_records_latency, milliseconds(taken));
    v.add(sm::put_records_records, t.stored);
    v.add(sm::put_records_success, success);
    v.add(sm::put_records_total, t.stored + t.throttled + t.failed);
    v.add(sm::put_records_successful, t.stored);
    v.add(sm::put_records_failed, t.failed);
    v.add(sm::put_records_throttled, t.throttled);
}

// A shard's metrics as far as they are wanted.
class shard_values {
public:
    shard_values(shard_row& row, engine::metric_set wanted) : row_(row), wanted_(wanted) {}
    void add(shard_metric m, std::int64_t value) {
        if ((wanted_.bits >> static_cast<unsigned>(m) & 1U) != 0) row_.values.add(m, value);
    }

private:
    shard_row& row_;
    const engine::metric_set wanted_;
};

// A value for each shard and call, not for each record.
void count_put_by_shard(
    stream_row& row,
    engine::metric_set wanted,
    std::span<const engine::put_entry> entries,
    std::span<const engine::put_result> results) {
    for (std::size_t i = 0; i < results.size(); ++i) {
        shard_tally& t = row.shards[results[i].shard].of_call;
        t.touched = true;
        if (results[i].outcome == engine::put_outcome::stored) {
            ++t.records;
            t.bytes += bytes_of(entries[i]);
        } else if (results[i].outcome == engine::put_outcome::throttled) {
            ++t.throttled;
        }
    }
    for (auto& [id, shard] : row.shards) {
        const shard_tally t = std::exchange(shard.of_call, {});
        if (!t.touched) continue;
        shard_values values(shard, wanted);
        if (t.records != 0) {
            values.add(hm::incoming_bytes, t.bytes);
            values.add(hm::incoming_records, t.records);
        }
        values.add(hm::write_exceeded, t.throttled);
    }
}

void count_read(stream_row& row, const engine::read_result& given, elapsed taken) {
    auto& v = row.values;
    v.add(sm::get_success, std::int64_t{given.throttled ? 0 : 1});
    v.add(sm::read_exceeded, std::int64_t{given.throttled ? 1 : 0});
    if (given.throttled) return;
    v.add(sm::get_bytes, given.records.data_bytes());
    v.add(sm::get_records, static_cast<std::int64_t>(given.records.size()));
    v.add(sm::get_iterator_age, given.millis_behind_latest);
    v.add(sm::get_latency, milliseconds(taken));
}

void count_read_of_shard(shard_values values, const engine::read_result& given) {
    values.add(hm::read_exceeded, given.throttled ? 1 : 0);
    if (given.throttled) return;
    values.add(hm::outgoing_bytes, given.records.data_bytes());
    values.add(hm::outgoing_records, static_cast<std::int64_t>(given.records.size()));
    values.add(hm::iterator_age, given.millis_behind_latest);
}

consumer_values& consumer_of(stream_row& row, std::string_view name) {
    const auto known = row.consumers.find(name);
    if (known != row.consumers.end()) return known->second;
    return row.consumers[std::string(name)];
}

std::uint64_t& of_hundred(status_counts& counts, int status) {
    return counts[std::min(static_cast<std::size_t>(status) / 100, counts.size() - 1)];
}

}  // namespace

void operation_counts::merge(const operation_counts& o) {
    for (std::size_t i = 0; i < by_status.size(); ++i) by_status[i] += o.by_status[i];
    for (std::size_t i = 0; i < by_latency.size(); ++i) by_latency[i] += o.by_latency[i];
    seconds += o.seconds;
}

void data_counts::merge(const data_counts& o) {
    records_in += o.records_in;
    bytes_in += o.bytes_in;
    records_read += o.records_read;
    bytes_read += o.bytes_read;
    records_pushed += o.records_pushed;
    bytes_pushed += o.bytes_pushed;
    writes_throttled += o.writes_throttled;
    reads_throttled += o.reads_throttled;
}

void own_counts::merge(const own_counts& o) {
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
        for (std::size_t k = 0; k < neighbours[i].size(); ++k) {
            neighbours[i][k] += o.neighbours[i][k];
        }
    }
    operations.resize(std::max(operations.size(), o.operations.size()));
    for (std::size_t i = 0; i < o.operations.size(); ++i) operations[i].merge(o.operations[i]);
    data.merge(o.data);
    subscribers += o.subscribers;
}

worker_counts::worker_counts(metrics::metric_store& store) : store_(store) {
    own_.operations.resize(operations::all().size() + 1);
}

stream_row& worker_counts::row_of(const engine::stream& s, instant now) {
    const instant minute{now.ms - now.ms % metrics::minute_ms};
    if (rows_.size() >= sweep_at_) sweep(minute);
    stream_row& row = rows_[&s];
    // A stream may live where another one did.
    const bool known = same(row.id, s.id());
    if (known && row.minute == minute) return row;
    store_row(row, store_);
    if (known) {
        row.clear();
    } else {
        row = {};
        row.id = s.id();
    }
    row.minute = minute;
    return row;
}

void worker_counts::sweep(instant minute) {
    for (auto it = rows_.begin(); it != rows_.end();) {
        if (it->second.minute == minute) {
            ++it;
        } else {
            store_row(it->second, store_);
            it = rows_.erase(it);
        }
    }
    constexpr std::size_t few = 64;
    sweep_at_ = std::max(few, 2 * rows_.size());
}

void worker_counts::put(
    const engine::stream& s,
    operations::put_call by,
    std::span<const engine::put_entry> entries,
    std::span<const engine::put_result> results,
    elapsed taken,
    instant now) {
    const put_tally t = tally(entries, results);
    const base::lock_guard lock(mutex_);
    own_.data.records_in += static_cast<std::uint64_t>(t.stored);
    own_.data.bytes_in += static_cast<std::uint64_t>(t.bytes);
    own_.data.writes_throttled += static_cast<std::uint64_t>(t.throttled);
    stream_row& row = row_of(s, now);
    count_put(row, by, t, taken);
    const engine::metric_set wanted = s.shard_metrics();
    if (wanted.bits != 0) count_put_by_shard(row, wanted, entries, results);
}

void worker_counts::read(
    const engine::stream& s,
    shard_id from,
    const engine::read_result& given,
    elapsed taken,
    instant now) {
    const base::lock_guard lock(mutex_);
    own_.data.records_read += given.records.size();
    own_.data.bytes_read += static_cast<std::uint64_t>(given.records.data_bytes());
    own_.data.reads_throttled += given.throttled ? 1U : 0U;
    stream_row& row = row_of(s, now);
    count_read(row, given, taken);
    const engine::metric_set wanted = s.shard_metrics();
    if (wanted.bits != 0) count_read_of_shard({row.shards[from], wanted}, given);
}

void worker_counts::subscribed(
    const engine::stream& s,
    std::string_view consumer,
    engine::claim_outcome outcome,
    instant now) {
    const bool taken = outcome == engine::claim_outcome::taken;
    const base::lock_guard lock(mutex_);
    auto& values = consumer_of(row_of(s, now), consumer);
    values.add(cm::success, std::int64_t{taken ? 1 : 0});
    values.add(cm::rate_exceeded, std::int64_t{taken ? 0 : 1});
}

void worker_counts::pushed(const engine::subscription& to, const engine::delivery& d, instant now) {
    const base::lock_guard lock(mutex_);
    own_.data.records_pushed += d.records.size();
    own_.data.bytes_pushed += static_cast<std::uint64_t>(d.records.data_bytes());
    auto& values = consumer_of(row_of(to.source_stream(), now), to.consumer());
    values.add(cm::event_bytes, d.records.data_bytes());
    values.add(cm::event_records, static_cast<std::int64_t>(d.records.size()));
    values.add(cm::event_millis_behind, d.millis_behind_latest);
    values.add(cm::event_success, std::int64_t{1});
}

void worker_counts::answered(std::size_t operation, int status, elapsed taken) {
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(taken).count();
    const auto* const at =
        std::lower_bound(latency_classes_us.begin(), latency_classes_us.end(), us);
    const auto latency = static_cast<std::size_t>(at - latency_classes_us.begin());
    const base::lock_guard lock(mutex_);
    operation_counts& counts = own_.operations[operation];
    ++of_hundred(counts.by_status, status);
    ++counts.by_latency[latency];
    counts.seconds += std::chrono::duration<double>(taken).count();
}

void worker_counts::answered(neighbour by, int status) {
    const base::lock_guard lock(mutex_);
    ++of_hundred(own_.neighbours[static_cast<std::size_t>(by)], status);
}

// Who had nothing since it was taken last is given up.
std::vector<stream_row> worker_counts::take() {
    std::erase_if(rows_, [](const auto& r) { return r.second.empty(); });
    std::vector<stream_row> taken;
    taken.reserve(rows_.size());
    for (auto& [s, row] : rows_) {
        taken.push_back(row);
        row.clear();
    }
    return taken;
}

// Stored behind the lock: the worker goes on meanwhile.
void worker_counts::hand_over() {
    std::vector<stream_row> taken;
    {
        const base::lock_guard lock(mutex_);
        taken = take();
    }
    for (const stream_row& row : taken) store_row(row, store_);
}

own_counts worker_counts::own() const {
    const base::lock_guard lock(mutex_);
    own_counts out = own_;
    out.subscribers = subscribers_.load(std::memory_order_relaxed);
    return out;
}

}  // namespace kinetide::service
