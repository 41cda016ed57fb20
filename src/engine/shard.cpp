#include <kinetide/engine/shard.hpp>

#include <kinetide/engine/limits.hpp>

#include <algorithm>

#include "record_log.hpp"

namespace kinetide::engine {

shard::shard(shard_birth birth, limits_profile limits, std::shared_ptr<block_memory> memory)
    : birth_(birth),
      limits_(limits),
      log_(std::make_unique<record_log>(std::move(memory))),
      write_bytes_(limits::shard_write_bytes_per_s),
      write_records_(limits::shard_write_records_per_s),
      read_bytes_(limits::shard_read_bytes_per_s),
      read_calls_(limits::shard_read_calls_per_s),
      iterator_calls_(limits::shard_iterators_per_s) {}

shard::~shard() = default;

sequence_number shard::starting_number() const {
    return {birth_.creation_s, 0, birth_.creation_s, birth_.id};
}

sequence_number shard::ending_number(const shard_closing& c) const {
    return {birth_.creation_s, sequence_number::counter_of_end, c.time_s, birth_.id};
}

std::optional<shard_closing> shard::closing() const {
    const base::lock_guard lock(mutex_);
    return closing_;
}

// A child's first second lies ahead of the clock: the number's time is never below creation.
std::int64_t shard::number_time_s(instant arrival) const {
    return std::max(arrival.seconds(), birth_.creation_s);
}

bool shard::admit(const put_entry& e, instant now) {
    if (limits_ == limits_profile::relaxed) return true;
    const auto key_bytes = e.partition_key ? e.partition_key->size() : 0;
    const auto bytes = static_cast<std::int64_t>(e.data.size + key_bytes);
    if (!write_bytes_.has(bytes, now) || !write_records_.has(1, now)) return false;
    write_bytes_.take(bytes);
    write_records_.take(1);
    return true;
}

std::uint64_t shard::put(
    const stream_id& stream,
    std::span<put_entry> entries,
    std::uint32_t first,
    instant now,
    encryption_type encryption,
    journal_port* journal,
    std::span<put_result> results,
    journal_position& needed,
    fresh_memory* wanted) {
    const base::lock_guard lock(mutex_);
    records_appended c;
    c.stream = &stream;
    c.shard = birth_.id;
    c.first_counter = log_->end_counter();
    c.encryption = encryption;
    c.entries = entries;
    // Time in a shard never falls, so that arrival orders like the numbers do.
    c.arrival = std::max({now, log_->newest_arrival(), birth_.opened});

    // Unchain what the limits refuse; number the rest.
    std::uint32_t* link = &c.first;
    std::uint64_t counter = c.first_counter;
    for (std::uint32_t i = first; i != put_entry::none;) {
        const std::uint32_t following = entries[i].next;
        results[i].shard = birth_.id;
        results[i].encryption = encryption;
        if (admit(entries[i], now)) {
            results[i].outcome = put_outcome::stored;
            results[i].number = {birth_.creation_s, counter++, number_time_s(c.arrival), birth_.id};
            *link = i;
            link = &entries[i].next;
        } else {
            results[i].outcome = put_outcome::throttled;
        }
        i = following;
    }
    *link = put_entry::none;
    if (c.first == put_entry::none) return log_->end_counter();

    // The position is taken under the lock: journal order is shard order.
    if (journal != nullptr) {
        journal_position at = 0;
        if (!journal->write(c, at)) {
            for (auto i = c.first; i != put_entry::none; i = entries[i].next) {
                results[i].outcome = put_outcome::journal_failed;
            }
            return log_->end_counter();
        }
        needed = at;
    }
    apply_locked(c);
    if (wanted != nullptr) log_->want_ahead(*wanted);
    // What the journal has safe already, others behind it may not overtake in this shard.
    if (journal == nullptr || journal->is_safe(needed)) {
        visible_end_ = log_->end_counter();
        watches_.ring();
    }
    return log_->end_counter();
}

void shard::apply(const records_appended& c) {
    const base::lock_guard lock(mutex_);
    apply_locked(c);
    visible_end_ = log_->end_counter();
    watches_.ring();
}

void shard::apply_locked(const records_appended& c) {
    for (auto i = c.first; i != put_entry::none; i = c.entries[i].next) {
        const put_entry& e = c.entries[i];
        if (e.next != put_entry::none) __builtin_prefetch(c.entries[e.next].data.data);
        log_->append({c.arrival, c.encryption, e.partition_key, e.data});
    }
}

void shard::close(const shard_closing& c) {
    const base::lock_guard lock(mutex_);
    closing_ = c;
    watches_.ring();
}

void shard::make_visible(std::uint64_t counter) {
    const base::lock_guard lock(mutex_);
    visible_end_ = std::max(visible_end_, counter);
    watches_.ring();
}

std::uint64_t shard::appended_end() const {
    const base::lock_guard lock(mutex_);
    return log_->end_counter();
}

std::uint64_t shard::latest() const {
    const base::lock_guard lock(mutex_);
    return visible_end_;
}

bool shard::admit_iterator(instant now) {
    if (limits_ == limits_profile::relaxed) return true;
    const base::lock_guard lock(mutex_);
    if (!iterator_calls_.has(1, now)) return false;
    iterator_calls_.take(1);
    return true;
}

instant shard::newest_arrival() const {
    const base::lock_guard lock(mutex_);
    return log_->newest_arrival();
}

std::int64_t shard::newest_time_s() const {
    const base::lock_guard lock(mutex_);
    return number_time_s(log_->newest_arrival());
}

std::uint64_t shard::position_at(instant t) const {
    const base::lock_guard lock(mutex_);
    return std::min(log_->counter_at(t), visible_end_);
}

std::uint64_t shard::position_at(const sequence_number& n, bool beyond) const {
    const base::lock_guard lock(mutex_);
    // Every counter below has a smaller number; the record with this counter is compared whole, as
    // its time may differ from what the number says.
    const bool stored = n.counter >= 1 && n.counter < log_->end_counter();
    const bool kept = stored && n.counter >= log_->first_counter();
    if (!kept) {
        // A number that no record has yet, or no longer: the next record is there or behind.
        return n.counter + (beyond ? 1 : 0);
    }
    const std::int64_t time_s = number_time_s(log_->arrival_of(n.counter));
    const bool before = time_s < n.time_s || (time_s == n.time_s && beyond);
    return before ? n.counter + 1 : n.counter;
}

bool shard::has_issued(const sequence_number& n) const {
    if (n.shard != birth_.id || n.shard_creation_s != birth_.creation_s) return false;
    if (n.counter == 0) return n == starting_number();
    const base::lock_guard lock(mutex_);
    if (n.counter >= log_->end_counter()) return false;
    if (n.counter < log_->first_counter()) return true;
    return n.time_s == number_time_s(log_->arrival_of(n.counter));
}

sequence_number shard::number_before(std::uint64_t position) const {
    if (position <= 1) return starting_number();
    const base::lock_guard lock(mutex_);
    const std::uint64_t counter = position - 1;
    const bool kept = counter >= log_->first_counter() && counter < log_->end_counter();
    // Numbers of records that are gone, or yet to come, are as good with any time.
    const std::int64_t time_s = kept ? number_time_s(log_->arrival_of(counter)) : birth_.creation_s;
    return {birth_.creation_s, counter, time_s, birth_.id};
}

bool shard::admit_read(instant now) {
    if (limits_ == limits_profile::relaxed) return true;
    const base::lock_guard lock(mutex_);
    if (!read_calls_.has(1, now) || !read_bytes_.has(1, now)) return false;
    read_calls_.take(1);
    return true;
}

read_result shard::read(
    std::uint64_t position, std::uint64_t records_max, instant now, instant horizon) {
    if (!admit_read(now)) {
        read_result r;
        r.throttled = true;
        return r;
    }
    read_result r = peek(position, {records_max}, now, horizon);
    if (limits_ == limits_profile::aws) {
        const base::lock_guard lock(mutex_);
        read_bytes_.take_whole(r.records.data_bytes());
    }
    return r;
}

read_result shard::peek(
    std::uint64_t position, const page_limits& most, instant now, instant horizon) const {
    read_result r;
    std::uint64_t end = 0;
    std::uint64_t pinned_end = 0;
    bool closed = false;
    {
        const base::lock_guard lock(mutex_);
        end = visible_end_;
        closed = closing_.has_value() && log_->end_counter() == end;
        // The horizon is at most the end; a position may lie beyond it and then stays there.
        r.next_position = std::max(position, std::min(log_->counter_at(horizon), end));
        auto pinned = log_->pin(r.next_position, end, static_cast<std::size_t>(most.bytes));
        r.records.blocks_ = std::move(pinned.blocks);
        r.records.offset_ = pinned.offset;
        pinned_end = pinned.end_counter;
    }
    r.records.first_counter_ = r.next_position;
    r.records.shard_ = birth_.id;
    r.records.shard_creation_s_ = birth_.creation_s;
    r.records.measure(most, pinned_end);
    r.next_position += r.records.size();
    if (r.next_position < end) {
        // 0 is for the tip alone: readers stop at it.
        r.millis_behind_latest = std::max<std::int64_t>(1, now.ms - r.records.last_arrival_.ms);
    }
    r.at_end = closed && r.next_position >= end;
    return r;
}

void shard::add(watch& w) {
    const base::lock_guard lock(mutex_);
    watches_.add(w);
}

void shard::remove(watch& w) {
    const base::lock_guard lock(mutex_);
    watches_.remove(w);
}

bool shard::arm(watch& w, std::uint64_t position) {
    const base::lock_guard lock(mutex_);
    const bool ended = closing_ && log_->end_counter() == visible_end_;
    if (position < visible_end_ || ended) return false;
    watches_.arm(w);
    return true;
}

void shard::wake_all() {
    const base::lock_guard lock(mutex_);
    watches_.ring_all();
}

std::optional<instant> shard::trim(instant horizon) {
    const base::lock_guard lock(mutex_);
    // What is not visible yet is not old: its arrival is its append.
    log_->drop_before(horizon);
    if (log_->empty()) return std::nullopt;
    return log_->oldest_block_arrival();
}

void shard::clear() {
    const base::lock_guard lock(mutex_);
    log_->drop_all();
}

}  // namespace kinetide::engine
