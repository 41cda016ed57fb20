#include <kinetide/operations/capacity.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {
namespace {

constexpr std::array<std::string_view, 3> large_regions{"us-east-1", "us-west-2", "eu-west-1"};
constexpr std::array<std::string_view, 6> middle_regions{
    "us-east-2",
    "eu-central-1",
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-south-1"};

std::int64_t aws_shard_limit(std::string_view region) {
    const auto among = [&](const auto& regions) {
        return std::find(regions.begin(), regions.end(), region) != regions.end();
    };
    if (among(large_regions)) return 20'000;
    return among(middle_regions) ? 6'000 : 1'000;
}

}  // namespace

account_usage usage_of(const call& c) {
    account_usage usage;
    const auto all = c.engine.list(c.caller, "", std::numeric_limits<std::size_t>::max());
    for (const auto& s : all) {
        const engine::stream_state state = s->state();
        const bool changing = state.status == engine::stream_status::creating ||
                              state.status == engine::stream_status::deleting;
        usage.changing_streams += changing ? 1 : 0;
        if (state.status == engine::stream_status::deleting) continue;
        const bool on_demand = state.settings.mode == engine::stream_mode::on_demand;
        usage.open_shards += state.open_shards;
        usage.provisioned_shards += on_demand ? 0 : state.open_shards;
        usage.on_demand_streams += on_demand ? 1 : 0;
    }
    return usage;
}

std::int64_t shown_shard_limit(const call& c) {
    return c.engine.settings().shard_limit.value_or(aws_shard_limit(c.caller.region));
}

std::int64_t shown_on_demand_stream_limit(const call& c) {
    return c.engine.settings().on_demand_stream_limit.value_or(limits::on_demand_streams_max);
}

std::optional<refusal> shard_quota_refusal(const call& c, std::int64_t additional) {
    const engine::options& settings = c.engine.settings();
    const bool limited =
        settings.limits == engine::limits_profile::aws || settings.shard_limit.has_value();
    const std::int64_t limit = limited ? shown_shard_limit(c) : limits::stream_shards_max;
    // AWS's quota is of provisioned shards; a limit that is set, as other emulators have it, of
    // all.
    const account_usage usage = limited ? usage_of(c) : account_usage{};
    const std::int64_t open = settings.shard_limit ? usage.open_shards : usage.provisioned_shards;
    // However much the account may have, one request makes no more than the machine can hold.
    const bool holdable = additional <= limits::stream_shards_max;
    if (holdable && open + additional <= limit) return std::nullopt;
    return refusals::shard_limit_exceeded(
        c.caller, open, std::min(limit, limits::stream_shards_max), additional);
}

std::optional<refusal> on_demand_quota_refusal(const call& c) {
    const engine::options& settings = c.engine.settings();
    const bool aws = settings.limits == engine::limits_profile::aws;
    if (!aws && !settings.on_demand_stream_limit) return std::nullopt;
    const std::int64_t limit = shown_on_demand_stream_limit(c);
    if (usage_of(c).on_demand_streams < limit) return std::nullopt;
    return refusals::on_demand_limit_exceeded(c.caller.account_id, limit);
}

std::optional<refusal> stream_quota_refusal(
    const call& c, engine::stream_mode mode, std::int64_t shards) {
    const engine::options& settings = c.engine.settings();
    const bool aws = settings.limits == engine::limits_profile::aws;
    if (aws && usage_of(c).changing_streams >= limits::creating_streams_max) {
        return refusals::too_many_creating(c.caller.account_id);
    }
    if (mode == engine::stream_mode::on_demand) {
        if (auto full = on_demand_quota_refusal(c)) return full;
        if (!settings.shard_limit) return std::nullopt;
    }
    return shard_quota_refusal(c, shards);
}

}  // namespace kinetide::operations
