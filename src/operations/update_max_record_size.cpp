// UpdateMaxRecordSize: how large a stream's records may be from now on, data and key together.

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/settings.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::int32_t record_kib_max = 0;
    std::optional<std::string_view> arn;
    std::optional<std::string_view> id;

    static constexpr auto shape() {
        return wire::structure(
            wire::member(
                "MaxRecordSizeInKiB",
                &input::record_kib_max,
                wire::range{limits::record_kib_default, limits::record_kib_max}),
            wire::member("StreamARN", &input::arn, patterns::stream_arn, wire::length{1, 2048}),
            wire::member("StreamId", &input::id, patterns::stream_id, wire::length{1, 24}));
    }
};

result<nothing> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_active_stream(c, stream_reference{std::nullopt, in.arn, in.id});
    if (!found) return found.error();
    engine::stream_settings to = (*found)->settings();
    to.record_kib_max = in.record_kib_max;
    return change_settings(
        c, control, **found, to, {engine::transition::update_stream, std::nullopt});
}

}  // namespace

operation update_max_record_size() {
    return define<&handle>("UpdateMaxRecordSize", per_account(5));
}

}  // namespace kinetide::operations
