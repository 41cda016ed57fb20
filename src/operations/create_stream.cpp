// CreateStream: a new stream of a number of shards, or one that scales on demand.  It answers at
// once; the stream is CREATING until its transition time has passed.

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/capacity.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/patterns.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/operations/shapes.hpp>
#include <kinetide/operations/tags.hpp>
#include <kinetide/operations/warm_throughput.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::string_view name;
    std::optional<std::int32_t> shard_count;
    std::optional<mode_details> mode;
    std::optional<wire::map> tags;
    std::optional<std::int32_t> warm_throughput_mib_per_s;
    std::optional<std::int32_t> record_kib_max;
    std::optional<engine::distribution> strategy;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("ShardCount", &input::shard_count, wire::range{1}),
            wire::member("StreamName", &input::name, patterns::name, wire::length{1, 128}),
            wire::member("StreamModeDetails", &input::mode),
            wire::member(
                "Tags",
                &input::tags,
                wire::count{1, 200},
                wire::keys(wire::length{1, 128}),
                wire::values(wire::length{0, 256})),
            wire::member("WarmThroughputMiBps", &input::warm_throughput_mib_per_s, wire::range{0}),
            wire::member(
                "MaxRecordSizeInKiB",
                &input::record_kib_max,
                wire::range{limits::record_kib_default, limits::record_kib_max}),
            wire::member("RecordDistributionStrategy", &input::strategy));
    }
};

// Without a mode: provisioned when shards are counted, else on demand (observed).
engine::stream_mode mode_of(const input& in) {
    if (in.mode) return in.mode->mode;
    return in.shard_count ? engine::stream_mode::provisioned : engine::stream_mode::on_demand;
}

// Members that do not go together.
std::optional<refusal> mismatch(const input& in, engine::stream_mode mode) {
    const bool on_demand = mode == engine::stream_mode::on_demand;
    if (!on_demand && !in.shard_count) return refusals::shard_count_missing();
    if (!on_demand && in.strategy == engine::distribution::automatic) {
        return refusals::automatic_needs_on_demand(in.name);
    }
    return std::nullopt;
}

engine::stream_settings settings_of(const input& in, engine::stream_mode mode) {
    engine::stream_settings s;
    s.mode = mode;
    s.strategy = in.strategy.value_or(s.strategy);
    s.record_kib_max = in.record_kib_max.value_or(limits::record_kib_default);
    s.warm_mib_per_s = in.warm_throughput_mib_per_s.value_or(0);
    return s;
}

result<nothing> handle(const input& in, call& c) {
    const engine::stream_mode mode = mode_of(in);
    if (auto wrong = mismatch(in, mode)) return *wrong;
    engine::tag_list tags;
    if (in.tags) {
        auto checked = checked_tags(*in.tags, in.name, c.caller.account_id);
        if (!checked) return checked.error();
        tags = std::move(*checked);
    }

    const engine::control_lock control = c.engine.control();
    if (c.engine.find(c.caller, in.name)) {
        return refusals::stream_exists(in.name, c.caller.account_id);
    }
    engine::stream_created change;
    change.stream = {c.caller, std::string(in.name), c.engine.next_generation(control, c.caller)};
    change.settings = settings_of(in, mode);
    if (in.warm_throughput_mib_per_s) {
        if (auto no = warm_throughput_refusal(c, change.stream, change.settings)) return *no;
    }
    // On demand, the service decides; a count that is given is ignored.
    const bool on_demand = mode == engine::stream_mode::on_demand;
    const std::int64_t shards =
        on_demand ? std::max(limits::on_demand_shards, change.settings.warm_mib_per_s)
                  : *in.shard_count;
    if (auto full = stream_quota_refusal(c, mode, shards)) return *full;
    change.at = c.now;
    change.settles_at =
        c.now + c.engine.settings().transitions.of(engine::transition::create_stream);
    change.shard_count = static_cast<std::uint32_t>(shards);
    change.tags = std::move(tags);
    if (!c.engine.commit(control, change, c.answer_after)) return refusals::journal_failed();
    return nothing{};
}

}  // namespace

operation create_stream() { return define<&handle>("CreateStream", per_account(5)); }

}  // namespace kinetide::operations
