// RemoveTagsFromStream: by name or ARN of the stream.  Keys that no tag has are read over.

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/stream_reference.hpp>
#include <kinetide/operations/tags.hpp>

namespace kinetide::operations {
namespace {

struct input {
    removed_tags removed;
    stream_reference stream;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&input::removed), wire::inline_members(&input::stream));
    }
};

result<nothing> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    auto found = find_active_stream(c, in.stream);
    if (!found) return found.error();
    return remove_tags(c, control, {std::move(*found), std::nullopt}, in.removed);
}

}  // namespace

operation remove_tags_from_stream() {
    return define<&handle>("RemoveTagsFromStream", per_account(5));
}

}  // namespace kinetide::operations
