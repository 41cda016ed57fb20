// DescribeLimits: the account's shard and stream quotas in this region, and what is used of them.

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/capacity.hpp>
#include <kinetide/operations/operation.hpp>

namespace kinetide::operations {
namespace {

struct input {
    static constexpr auto shape() { return wire::structure(); }
};

struct output {
    std::int64_t shard_limit = 0;
    std::int64_t open_shards = 0;
    std::int64_t on_demand_streams = 0;
    std::int64_t on_demand_stream_limit = 0;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("ShardLimit", &output::shard_limit),
            wire::member("OpenShardCount", &output::open_shards),
            wire::member("OnDemandStreamCount", &output::on_demand_streams),
            wire::member("OnDemandStreamCountLimit", &output::on_demand_stream_limit));
    }
};

result<output> handle(const input&, call& c) {
    const account_usage usage = usage_of(c);
    output out;
    out.shard_limit = shown_shard_limit(c);
    out.open_shards = usage.open_shards;
    out.on_demand_streams = usage.on_demand_streams;
    out.on_demand_stream_limit = shown_on_demand_stream_limit(c);
    return out;
}

}  // namespace

operation describe_limits() { return define<&handle>("DescribeLimits", per_account(1)); }

}  // namespace kinetide::operations
