// AddTagsToStream: tags, by name or ARN of the stream.  A key that is there gets the new value.

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/stream_reference.hpp>
#include <kinetide/operations/tags.hpp>

namespace kinetide::operations {
namespace {

struct input {
    added_tags added;
    stream_reference stream;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&input::added), wire::inline_members(&input::stream));
    }
};

result<nothing> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    auto found = find_active_stream(c, in.stream);
    if (!found) return found.error();
    return add_tags(c, control, {std::move(*found), std::nullopt}, in.added);
}

}  // namespace

operation add_tags_to_stream() { return define<&handle>("AddTagsToStream", per_account(5)); }

}  // namespace kinetide::operations
