// TagResource: tags of a stream or a consumer.  A key that is there gets the new value.

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/resource_reference.hpp>
#include <kinetide/operations/tags.hpp>

namespace kinetide::operations {
namespace {

struct input {
    added_tags added;
    resource_reference resource;

    static constexpr auto shape() {
        return wire::structure(
            wire::inline_members(&input::added), wire::inline_members(&input::resource));
    }
};

result<nothing> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const auto found = find_active_resource(c, in.resource);
    if (!found) return found.error();
    return add_tags(c, control, *found, in.added);
}

}  // namespace

operation tag_resource() { return define<&handle>("TagResource", per_account(5)); }

}  // namespace kinetide::operations
