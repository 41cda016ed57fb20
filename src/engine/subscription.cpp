#include <kinetide/engine/subscription.hpp>

#include <algorithm>
#include <utility>

#include <kinetide/engine/engine.hpp>
#include <kinetide/engine/limits.hpp>

namespace kinetide::engine {
namespace {

std::int64_t age_of_first(const page& p, instant now) {
    record_view first;
    page::cursor(p).next(first);
    return std::max<std::int64_t>(1, now.ms - first.arrival.ms);
}

}  // namespace

subscription::subscription(
    std::shared_ptr<stream> s,
    std::shared_ptr<shard> from,
    std::string_view consumer,
    claim held,
    const subscription_start& start,
    instant now)
    : stream_(std::move(s)),
      shard_(std::move(from)),
      consumer_(consumer),
      held_(std::move(held)),
      expires_(now + limits::subscription_ms_max),
      position_(start.position),
      continuation_(std::max(start.not_below, shard_->number_before(position_))) {}

subscription::~subscription() {
    if (watch_ != nullptr) watchman_->leave(*watch_);
}

void subscription::move_to(std::uint64_t position) {
    if (position == position_) return;
    position_ = position;
    continuation_ = std::max(continuation_, shard_->number_before(position));
}

delivery subscription::take(instant now) {
    using kind = delivery::kind;
    delivery d;
    d.what = held_.on->is_gone()                   ? kind::gone
             : !held_.on->is_held_by(held_.number) ? kind::taken_over
             : now >= expires_                     ? kind::expired
                                                   : kind::nothing;
    if (d.what != kind::nothing) return d;

    read_result read = shard_->peek(
        position_,
        {limits::fan_out_event_records_max, limits::fan_out_event_bytes_max},
        now,
        stream_->horizon(now));
    const std::uint64_t count = read.records.size();
    if (count != 0 && held_.throttled) {
        if (const auto until = held_.on->throttled_until(read.records.data_bytes(), now)) {
            d.what = kind::throttled;
            d.again = *until;
            d.continuation = continuation_;
            d.millis_behind_latest = age_of_first(read.records, now);
            return d;
        }
    }
    if (count != 0) {
        d.what = kind::records;
        position_ = read.next_position;
        // Of the page: the shard may have let go of the record by now.
        continuation_ = read.records.last_number();
    } else {
        move_to(read.next_position);
    }
    if (read.at_end) d.what = kind::shard_end;
    d.records = std::move(read.records);
    d.continuation = continuation_;
    d.millis_behind_latest = read.millis_behind_latest;
    return d;
}

void subscription::settle(watchman& w) {
    watchman_ = &w;
    watch_ = &w.enter(shard_);
}

bool subscription::sleep(sleeper& s) {
    if (!shard_->arm(*watch_, position_)) return false;
    watch_->put_to_sleep(s);
    return true;
}

void subscription::wait(sleeper& s) { watch_->put_to_sleep(s); }

subscribe_result engine::subscribe(
    const control_lock&,
    const std::shared_ptr<stream>& s,
    const std::shared_ptr<shard>& from,
    std::string_view consumer,
    const subscription_start& start) {
    const instant t = now();
    subscribe_result result;
    subscription::claim held;
    held.throttled = options_.limits == limits_profile::aws;
    held.on = s->subscriptions().seat_of(consumer, from->birth().id, t);
    // Beside the table and this call.
    const bool disturbs = held.on.use_count() > 2;
    result.outcome = held.on->claim(t, held.throttled, held.number);
    if (result.outcome != claim_outcome::taken) return result;
    result.made = std::make_unique<subscription>(s, from, consumer, std::move(held), start, t);
    if (disturbs) from->wake_all();
    return result;
}

}  // namespace kinetide::engine
