// ListTagsForStream: a page of a stream's tags by key.  The key to start behind need not exist.

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/stream_reference.hpp>
#include <kinetide/operations/tags.hpp>

namespace kinetide::operations {
namespace {

struct input {
    std::optional<std::int32_t> limit;
    std::optional<std::string_view> exclusive_start;
    stream_reference stream;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Limit", &input::limit, wire::range{1, limits::list_tags_max}),
            wire::member("ExclusiveStartTagKey", &input::exclusive_start, wire::length{1, 128}),
            wire::inline_members(&input::stream));
    }
};

struct output {
    std::vector<tag_shape> tags;
    bool has_more = false;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("Tags", &output::tags), wire::member("HasMoreTags", &output::has_more));
    }
};

result<output> handle(const input& in, call& c) {
    const auto found = find_stream(c, in.stream);
    if (!found) return found.error();
    const auto count_max = static_cast<std::size_t>(in.limit.value_or(limits::list_tags_max));
    output out;
    out.tags = tags_after(
        (*found)->tags(), in.exclusive_start.value_or(std::string_view()), count_max + 1);
    out.has_more = out.tags.size() > count_max;
    if (out.has_more) out.tags.pop_back();
    return out;
}

}  // namespace

operation list_tags_for_stream() { return define<&handle>("ListTagsForStream", per_account(5)); }

}  // namespace kinetide::operations
