#include <kinetide/operations/shard_filter.hpp>

#include <algorithm>

#include <kinetide/operations/shard_reference.hpp>

namespace kinetide::operations {
namespace {

// A parent's close is its children's open, so that at no instant a hash key has no shard.
bool was_open_at(const engine::shard& s, instant t) {
    const auto closing = s.closing();
    return s.birth().opened <= t && (!closing || closing->at >= t);
}

}  // namespace

result<std::pair<shard_choice, std::optional<shard_id>>> checked_filter(
    const shard_filter& f, const named_stream& stream, instant now) {
    const bool wants_shard = f.type == shard_filter_type::after_shard_id;
    const bool wants_time =
        f.type == shard_filter_type::at_timestamp || f.type == shard_filter_type::from_timestamp;
    const std::string_view type = wire::name_of(f.type);
    if (wants_shard && !f.shard) return refusals::shard_filter_needs(type, "ShardId");
    if (!wants_shard && f.shard) return refusals::shard_filter_unwanted(type, "ShardId");
    if (wants_time && !f.timestamp) return refusals::shard_filter_needs(type, "Timestamp");
    if (!wants_time && f.timestamp) return refusals::shard_filter_unwanted(type, "Timestamp");
    if (wants_time && *f.timestamp > now) return refusals::timestamp_in_future(*f.timestamp, now);

    const shard_choice choice{f.type, f.timestamp.value_or(instant{})};
    if (!wants_shard) return std::pair{choice, std::optional<shard_id>{}};
    const auto after = parse_shard_id(*f.shard, stream);
    if (!after) return after.error();
    return std::pair{choice, std::optional<shard_id>{*after}};
}

bool is_chosen(
    const engine::shard& s, const shard_choice& choice, const engine::stream& stream, instant now) {
    // Nothing was open before the stream was, nor is anything readable before the horizon.
    const instant earliest = std::max(stream.horizon(now), stream.created());
    switch (choice.type) {
        case shard_filter_type::after_shard_id:
        case shard_filter_type::from_trim_horizon: return true;
        case shard_filter_type::at_trim_horizon: return was_open_at(s, earliest);
        case shard_filter_type::at_latest: return !s.closing();
        case shard_filter_type::at_timestamp: return was_open_at(s, std::max(choice.at, earliest));
        case shard_filter_type::from_timestamp: break;
    }
    const auto closing = s.closing();
    return !closing || closing->at >= std::max(choice.at, earliest);
}

}  // namespace kinetide::operations
