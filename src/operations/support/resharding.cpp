#include <kinetide/operations/resharding.hpp>

#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {

result<std::shared_ptr<engine::stream>> find_stream_to_reshard(
    const call& c, const named_stream& named) {
    auto found = find_stream(c, named);
    if (!found) return found;
    const engine::stream& stream = **found;
    if (stream.status() != engine::stream_status::active) {
        return refusals::stream_not_active(stream.id(), stream.status());
    }
    if (stream.settings().mode == engine::stream_mode::on_demand) {
        return refusals::on_demand_not_resharded(stream.id());
    }
    return found;
}

result<std::shared_ptr<engine::shard>> find_open_shard(const engine::stream& stream, shard_id id) {
    auto shard = stream.find_shard(id);
    if (!shard) return refusals::shard_to_reshard_not_found(id, stream.id());
    if (shard->closing()) return refusals::shard_closed(id, stream.id());
    return shard;
}

result<nothing> order_reshard(
    call& c,
    const engine::control_lock& held,
    const engine::stream& stream,
    const engine::reshard_order& order,
    engine::transition takes,
    std::optional<engine::daily_quota> counts_as) {
    engine::reshard_ordered change;
    change.stream = stream.id();
    change.at = c.now;
    change.settles_at = c.now + c.engine.settings().transitions.of(takes);
    change.order = order;
    change.counts_as = counts_as;
    if (!c.engine.commit(held, change, c.answer_after)) return refusals::journal_failed();
    return nothing{};
}

}  // namespace kinetide::operations
