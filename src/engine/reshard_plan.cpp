#include <kinetide/engine/reshard_plan.hpp>

#include <algorithm>
#include <limits>

namespace kinetide::engine {
namespace {

uint128 width_of(const hash_range& r) { return r.end.value - r.start.value; }

reshaping split(const shard_range& s, uint128 second_start) {
    return {{s.id}, {{s.range.start, {second_start - 1}}, {hash_key{second_start}, s.range.end}}};
}

reshaping merge(const shard_range& low, const shard_range& high) {
    return {{low.id, high.id}, {{low.range.start, high.range.end}}};
}

// Where the ranges of `count` equal shards start, but for the first.  A border that a shard has
// nearly there already is taken as it is: no sliver is cut for the sake of a rounding.
std::vector<uint128> uniform_borders(std::span<const shard_range> open, std::size_t count) {
    constexpr int tolerance_bits = 10;  // a thousandth of a shard
    std::vector<uint128> borders;
    for (std::size_t i = 1; i < count; ++i) {
        const hash_range wanted = hash_range::of_initial_shard(i, count);
        const uint128 border = wanted.start.value;
        const uint128 tolerance = width_of(wanted) >> tolerance_bits;
        const auto next = std::partition_point(open.begin(), open.end(), [&](const shard_range& s) {
            return s.range.start.value < border;
        });
        if (next != open.end() && next->range.start.value - border <= tolerance) {
            borders.push_back(next->range.start.value);
        } else if (border - std::prev(next)->range.start.value <= tolerance) {
            borders.push_back(std::prev(next)->range.start.value);
        } else {
            borders.push_back(border);
        }
    }
    return borders;
}

}  // namespace

std::vector<reshaping> next_uniform_round(std::span<const shard_range> open, std::size_t count) {
    const std::vector<uint128> borders = uniform_borders(open, count);
    std::vector<reshaping> round;
    for (const shard_range& s : open) {
        const auto first = std::upper_bound(borders.begin(), borders.end(), s.range.start.value);
        const auto last = std::upper_bound(first, borders.end(), s.range.end.value);
        if (first == last) continue;
        round.push_back(split(s, *(first + (last - first) / 2)));
    }
    if (!round.empty()) return round;

    for (std::size_t i = 0; i + 1 < open.size(); ++i) {
        const uint128 border = open[i + 1].range.start.value;
        if (std::binary_search(borders.begin(), borders.end(), border)) continue;
        round.push_back(merge(open[i], open[i + 1]));
        ++i;
    }
    return round;
}

std::vector<reshaping> next_capacity_round(std::span<const shard_range> open, std::size_t count) {
    std::vector<reshaping> round;
    std::vector<std::size_t> order(open.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (count > open.size()) {
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return width_of(open[a].range) > width_of(open[b].range);
        });
        order.resize(std::min(order.size(), count - open.size()));
        for (const std::size_t i : order) {
            const hash_range& r = open[i].range;
            if (width_of(r) == 0) continue;  // one key cannot be divided
            round.push_back(split(open[i], r.start.value + width_of(r) / 2 + 1));
        }
        return round;
    }
    const std::size_t surplus = open.size() - std::max<std::size_t>(count, 1);
    if (surplus == 0) return round;
    order.pop_back();  // each stands for itself and its neighbour
    const auto joint_width = [&](std::size_t i) {
        return open[i + 1].range.end.value - open[i].range.start.value;
    };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return joint_width(a) < joint_width(b);
    });
    std::vector<bool> taken(open.size());
    for (const std::size_t i : order) {
        if (round.size() == surplus) break;
        if (taken[i] || taken[i + 1]) continue;
        taken[i] = taken[i + 1] = true;
        round.push_back(merge(open[i], open[i + 1]));
    }
    return round;
}

}  // namespace kinetide::engine
