#include <kinetide/operations/starting_position.hpp>

#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {
namespace {

using type = shard_iterator_type;

result<sequence_number> checked_number(
    std::string_view text,
    const call& c,
    const engine::shard& shard,
    const engine::stream_id& stream) {
    const engine::shard_birth& birth = shard.birth();
    // Recorded from the service, for this number only.
    if (text == "0") return refusals::internal_failure();
    const auto parsed = parse_sequence_number(text);
    if (!parsed) return refusals::starting_number_invalid(text, c.operation, birth.id, stream);
    const sequence_number& n = parsed->number;
    if (n.shard != birth.id) return refusals::starting_number_of_another_shard(n.shard, birth.id);
    if (n.shard_creation_s != birth.creation_s) {
        return refusals::starting_number_of_another_stream(text, c.operation, birth.id, stream);
    }
    return n;
}

}  // namespace

result<starting_position> find_position(
    const asked_position& asked,
    const call& c,
    const engine::shard& shard,
    const engine::stream_id& stream) {
    const bool after = asked.type == type::after_sequence_number;
    const std::string_view name = wire::name_of(asked.type);
    if (after || asked.type == type::at_sequence_number) {
        if (!asked.number) return refusals::starting_number_missing(name);
        const auto number = checked_number(*asked.number, c, shard, stream);
        if (!number) return number.error();
        starting_position at{shard.position_at(*number, after), std::nullopt};
        if (after) at.after = *number;
        return at;
    }
    if (asked.type == type::at_timestamp) {
        if (!asked.timestamp) return refusals::timestamp_missing();
        if (*asked.timestamp > c.now) return refusals::timestamp_in_future(*asked.timestamp, c.now);
        return starting_position{shard.position_at(*asked.timestamp), std::nullopt};
    }
    if (asked.number) return refusals::starting_number_unwanted(name);
    return starting_position{asked.type == type::latest ? shard.latest() : 0, std::nullopt};
}

}  // namespace kinetide::operations
