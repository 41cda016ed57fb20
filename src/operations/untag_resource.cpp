// UntagResource: of a stream or a consumer.  Keys that no tag has are read over.

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/resource_reference.hpp>
#include <kinetide/operations/tags.hpp>

namespace kinetide::operations {
namespace {

struct input {
    removed_tags removed;
    resource_reference resource;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&input::removed), wire::inline_members(&input::resource));
    }
};

result<nothing> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_active_resource(c, in.resource);
    if (!found) return found.error();
    return remove_tags(c, control, *found, in.removed);
}

}  // namespace

operation untag_resource() { return define<&handle>("UntagResource", per_account(5)); }

}  // namespace kinetide::operations
