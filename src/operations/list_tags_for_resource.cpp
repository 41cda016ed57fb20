// ListTagsForResource: all tags of a stream or a consumer by key.  It has no pages.

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/resource_reference.hpp>
#include <kinetide/operations/tags.hpp>

namespace kinetide::operations {
namespace {

struct output {
    std::vector<tag_shape> tags;

    static constexpr auto shape() { return wire::structure(wire::member("Tags", &output::tags)); }
};

result<output> handle(const resource_reference& in, call& c) {
    const auto found = find_settled_resource(c, in);
    if (!found) return found.error();
    const engine::tag_list tags = found->tags();
    return output{tags_after(tags, std::string_view(), tags.size())};
}

}  // namespace

operation list_tags_for_resource() {
    return define<&handle>("ListTagsForResource", per_account(5));
}

}  // namespace kinetide::operations
