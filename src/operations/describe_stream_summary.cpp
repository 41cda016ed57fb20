// DescribeStreamSummary: a stream without its shards, but with their number.

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/shapes.hpp>
#include <kinetide/operations/stream_reference.hpp>
#include <kinetide/operations/warm_throughput.hpp>

namespace kinetide::operations {
namespace {

struct input {
    stream_reference stream;

    static constexpr auto shape() { return wire::structure(wire::inline_members(&input::stream)); }
};

// StreamId is left out: a client that learns one sends its next calls to AWS.
struct summary {
    stream_facts facts;
    std::int64_t open_shard_count = 0;
    std::int64_t consumer_count = 0;
    std::optional<warm_throughput_shape> warm_throughput;
    std::int64_t record_kib_max = 0;
    std::optional<engine::distribution> strategy;  // of on-demand streams only

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&summary::facts),
            wire::member("OpenShardCount", &summary::open_shard_count),
            wire::member("ConsumerCount", &summary::consumer_count),
            wire::member("WarmThroughput", &summary::warm_throughput),
            wire::member("MaxRecordSizeInKiB", &summary::record_kib_max),
            wire::member("RecordDistributionStrategy", &summary::strategy));
    }
};

struct output {
    summary stream;

    static constexpr auto shape() {
        return wire::structure(wire::member("StreamDescriptionSummary", &output::stream));
    }
};

result<output> handle(const input& in, call& c) {
    const auto found = find_stream(c, in.stream);
    if (!found) return found.error();
    const engine::stream& stream = **found;
    const engine::stream_state state = stream.state();

    output out;
    out.stream.facts = describe(stream, state);
    const bool has_shards = state.status == engine::stream_status::active ||
                            state.status == engine::stream_status::updating;
    out.stream.open_shard_count = has_shards ? state.open_shards : 0;
    out.stream.consumer_count = static_cast<std::int64_t>(stream.consumers().size());
    const engine::stream_settings& settings = state.settings;
    out.stream.record_kib_max = settings.record_kib_max;
    if (settings.warm_mib_per_s != 0) {
        out.stream.warm_throughput =
            describe_warm_throughput(settings.warm_mib_per_s, out.stream.open_shard_count);
    }
    if (settings.mode == engine::stream_mode::on_demand) out.stream.strategy = settings.strategy;
    return out;
}

}  // namespace

operation describe_stream_summary() {
    return define<&handle>("DescribeStreamSummary", per_account(20));
}

}  // namespace kinetide::operations
