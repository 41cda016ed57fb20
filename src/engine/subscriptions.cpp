#include <kinetide/engine/subscriptions.hpp>

#include <algorithm>

#include <kinetide/engine/limits.hpp>

namespace kinetide::engine {
namespace {

// Long after the last debt of a seat's buckets is paid.
constexpr std::int64_t memory_ms = 60'000;

// A clock that went back says nothing of what was before.
bool is_within(std::int64_t ms, instant since, instant now) {
    return now >= since && now.ms - since.ms < ms;
}

}  // namespace

seat::seat()
    : holder_(1), calls_(limits::subscriptions_per_s), bytes_(limits::fan_out_bytes_per_s) {}

claim_outcome seat::claim(instant now, bool rated, std::uint64_t& number) {
    const base::lock_guard lock(mutex_);
    if (rated && !calls_.has(1, now)) return claim_outcome::too_often;
    if (rated) calls_.take(1);
    if (claimed_ && is_within(limits::subscription_secure_ms, *claimed_, now)) {
        return claim_outcome::in_use;
    }
    claimed_ = now;
    number = ++claims_;
    holder_ = number;
    return claim_outcome::taken;
}

std::optional<instant> seat::throttled_until(std::int64_t bytes, instant now) {
    const base::lock_guard lock(mutex_);
    const instant passes = bytes_.passes_at(bytes, now);
    if (passes > now) return passes;
    bytes_.take(bytes);
    return std::nullopt;
}

bool seat::remembers(instant now) const {
    const base::lock_guard lock(mutex_);
    return claimed_ && is_within(memory_ms, *claimed_, now);
}

std::shared_ptr<seat> subscription_table::seat_of(
    std::string_view consumer, shard_id shard, instant now) {
    const base::lock_guard lock(mutex_);
    if (now >= sweep_at_ || sweep_at_.ms - now.ms > memory_ms) sweep(now);
    auto it = consumers_.find(consumer);
    if (it == consumers_.end()) it = consumers_.emplace(std::string(consumer), seats{}).first;
    std::shared_ptr<seat>& found = it->second[shard];
    if (!found) found = std::make_shared<seat>();
    return found;
}

std::size_t subscription_table::size() const {
    const base::lock_guard lock(mutex_);
    std::size_t size = 0;
    for (const auto& [name, of_shards] : consumers_) size += of_shards.size();
    return size;
}

// Seats of shards that come and go would add up.
void subscription_table::sweep(instant now) {
    for (auto& [name, of_shards] : consumers_) {
        std::erase_if(of_shards, [&](const auto& entry) {
            return entry.second.use_count() == 1 && !entry.second->remembers(now);
        });
    }
    sweep_at_ = now + memory_ms;
}

void subscription_table::end(std::string_view consumer) {
    const base::lock_guard lock(mutex_);
    const auto it = consumers_.find(consumer);
    if (it == consumers_.end()) return;
    for (auto& [shard, one] : it->second) one->end();
    consumers_.erase(it);
}

void subscription_table::end_all() {
    const base::lock_guard lock(mutex_);
    for (auto& [name, of_shards] : consumers_) {
        for (auto& [shard, one] : of_shards) one->end();
    }
    consumers_.clear();
}

}  // namespace kinetide::engine
