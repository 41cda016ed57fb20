// What the clock brings about: statuses settle, shards are split and merged, old blocks go.  Each
// step is a change of its own; where the journal has failed, nothing more is done.

#include <algorithm>

#include <kinetide/engine/engine.hpp>
#include <kinetide/engine/limits.hpp>

namespace kinetide::engine {
namespace {

std::int64_t on_demand_shards_max(std::string_view region) {
    const bool large = region == "us-east-1" || region == "us-west-2" || region == "eu-west-1";
    return large ? limits::on_demand_shards_max : limits::on_demand_shards_max_elsewhere;
}

}  // namespace

resharded engine::plan_reshard(
    const control_lock&, const stream& s, const std::vector<reshaping>& round) const {
    resharded c;
    c.stream = s.id();
    c.at = now();
    std::uint32_t next_index = 0;
    for (const reshaping& step : round) {
        for (const shard_id parent : step.parents) {
            const auto one = s.find_shard(parent);
            c.parents.push_back(parent);
            c.at = std::max(c.at, one->birth().opened);
        }
    }
    if (const auto all = s.shards(); !all.empty()) next_index = all.back()->birth().id.index + 1;
    // Parents close no earlier than now, or than their last number, which the stream knows when it
    // applies this; children begin a second later, so that every number of theirs is above every
    // one of their parents', however fast reshards follow each other.
    c.closed_s = c.at.seconds();
    c.created_s = c.closed_s + 1;
    for (const reshaping& step : round) {
        for (const hash_range& range : step.ranges) {
            resharded::child child{
                shard_id{next_index++}, range, step.parents.front(), std::nullopt};
            if (step.parents.size() > 1) child.adjacent_parent = step.parents.back();
            c.children.push_back(child);
        }
    }
    return c;
}

bool engine::reshard(const control_lock& held, const stream& s, const round_maker& next) {
    while (true) {
        const auto open = s.open_ranges();
        const auto round = next(open);
        if (round.empty()) return true;
        journal_position at = 0;
        if (!commit(held, plan_reshard(held, s, round), at)) return false;
    }
}

bool engine::carry_out(const control_lock& held, const stream& s, const reshard_order& order) {
    journal_position at = 0;
    if (const auto* split = std::get_if<split_order>(&order)) {
        const hash_range whole = s.find_shard(split->shard)->birth().range;
        const reshaping step{
            {split->shard},
            {{whole.start, {split->second_start.value - 1}}, {split->second_start, whole.end}}};
        return commit(held, plan_reshard(held, s, {step}), at);
    }
    if (const auto* merge = std::get_if<merge_order>(&order)) {
        const hash_range whole{
            s.find_shard(merge->low)->birth().range.start,
            s.find_shard(merge->high)->birth().range.end};
        return commit(held, plan_reshard(held, s, {{{merge->low, merge->high}, {whole}}}), at);
    }
    const std::size_t count = std::get<uniform_order>(order).shard_count;
    return reshard(held, s, [count](std::span<const shard_range> open) {
        return next_uniform_round(open, count);
    });
}

// On demand: towards twice the peak, doubling or halving at most with every judgement.  What is to
// be kept warm is there at once.
bool engine::scale(const control_lock& held, stream& s, instant t) {
    demand& seen = s.on_demand();
    journal_position at = 0;
    if (const auto shards = seen.take_window(t)) {
        if (*shards > 0 && !commit(held, peak_seen{s.id(), t, *shards}, at)) return false;
    }
    seen.looked(t);
    const std::int64_t open = s.state().open_shards;
    const std::int64_t peak = seen.peak_shards(t);
    const std::int64_t limit = on_demand_shards_max(s.id().tenant.region);
    const std::int64_t warm = std::min(s.settings().warm_mib_per_s, limit);
    // Shards that a stream brought from provisioned mode are a peak, and stay as long.
    const std::int64_t most = std::max(limit, std::min(peak, open));
    const std::int64_t wanted = std::clamp(std::max(peak, warm), limits::on_demand_shards, most);
    const std::int64_t count =
        std::clamp(wanted, std::max((open + 1) / 2, warm), std::max(2 * open, warm));
    if (count != wanted) {
        constexpr std::int64_t pause_ms = 15 * 60'000;
        seen.look_again(t + pause_ms);
    }
    if (count == open) return true;
    return reshard(held, s, [count](std::span<const shard_range> ranges) {
        return next_capacity_round(ranges, static_cast<std::size_t>(count));
    });
}

void engine::run_due_of(const control_lock& held, const std::shared_ptr<stream>& s, instant t) {
    if (find(s->id()) != s) return;  // gone since it was planned
    journal_position at = 0;
    for (const std::string& name : s->consumers().settling_by(t)) {
        if (!commit(held, consumer_settled{s->id(), name}, at)) return;
    }
    if (s->settles_by(t)) {
        const auto order = s->pending_order();
        if (order && !carry_out(held, *s, *order)) return;
        if (!commit(held, stream_settled{s->id(), t}, at)) return;
        if (find(s->id()) != s) return;
    }
    const bool scales =
        s->settings().mode == stream_mode::on_demand && s->status() == stream_status::active;
    const auto judged = s->on_demand().next_due();
    if (scales && judged && *judged <= t && !scale(held, *s, t)) return;
    s->trim(t);
    plan(s);
}

}  // namespace kinetide::engine
