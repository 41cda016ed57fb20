#include <kinetide/operations/tags.hpp>

#include <algorithm>
#include <map>

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {
namespace {

// Beyond ASCII everything counts as a letter: telling apart what Unicode calls one would take its
// tables, and the service's set is wide.
bool is_readable(std::string_view text) {
    constexpr std::string_view marks = " _./=+-%@:";
    return std::all_of(text.begin(), text.end(), [&](char c) {
        const bool beyond_ascii = static_cast<unsigned char>(c) >= 0x80;
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool digit = c >= '0' && c <= '9';
        return beyond_ascii || letter || digit || marks.find(c) != std::string_view::npos;
    });
}

}  // namespace

result<engine::tag_list> checked_tags(
    const wire::map& tags, std::string_view stream, std::string_view account) {
    bool percent = false;
    std::map<std::string_view, std::string_view> sorted;
    for (const auto& [key, value] : tags) {
        if (!is_readable(key) || !is_readable(value)) return refusals::tags_unreadable();
        if (key.starts_with("aws:")) return refusals::tag_reserved(key);
        percent |= key.find('%') != std::string_view::npos;
        percent |= value.find('%') != std::string_view::npos;
        sorted[key] = value;
    }
    // The first check lets '%' through, a second one does not (observed).
    if (percent) return refusals::tags_illegal(stream, account);
    if (sorted.size() > limits::tags_max) return refusals::too_many_tags(stream, account);
    return engine::tag_list(sorted.begin(), sorted.end());
}

}  // namespace kinetide::operations
