#include <kinetide/operations/tags.hpp>

#include <algorithm>
#include <map>

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {
namespace {

struct by_key {
    bool operator()(std::string_view a, std::string_view b) const { return is_key_before(a, b); }
};
using sorted_tags = std::map<std::string_view, std::string_view, by_key>;

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

// The first check lets '%' through, a second one does not (observed).
bool has_percent(std::string_view text) { return text.find('%') != std::string_view::npos; }

// The tags that there are, and those added to them.
result<engine::tag_list> joined(
    const engine::tag_list& present, const wire::map& added, const refusals::tag_bearer& bearer) {
    bool percent = false;
    sorted_tags all(present.begin(), present.end());
    for (const auto& [key, value] : added) {
        if (!is_readable(key) || !is_readable(value)) return refusals::tags_unreadable();
        if (key.starts_with("aws:")) return refusals::tag_reserved(key);
        percent |= has_percent(key) || has_percent(value);
        all[key] = value;
    }
    if (percent) return refusals::tags_to_add_illegal(bearer);
    if (all.size() > limits::tags_max) return refusals::too_many_tags(bearer);
    return engine::tag_list(all.begin(), all.end());
}

refusals::tag_bearer bearer_of(const resource& r) {
    const engine::stream_id& id = r.stream->id();
    if (r.consumer) return {"consumer", r.consumer->name, id.tenant.account_id};
    return {"stream", id.name, id.tenant.account_id};
}

result<nothing> commit(
    call& c, const engine::control_lock& held, const resource& r, engine::tag_list tags) {
    if (tags == r.tags()) return nothing{};
    const engine::tags_changed change{r.stream->id(), r.consumer_name(), std::move(tags)};
    if (!c.engine.commit(held, change, c.answer_after)) return refusals::journal_failed();
    return nothing{};
}

// By the first UTF-16 unit of a character that begins with it: of lead bytes, F0 to F4 stand for
// surrogates, which are below what EE and EF stand for.
unsigned rank(char byte) {
    constexpr unsigned above_surrogates = 0xee;
    constexpr unsigned surrogates = 0xf0;
    const auto b = static_cast<unsigned char>(byte);
    if (b < above_surrogates) return b;
    return b < surrogates ? b + 5U : b - 2U;
}

}  // namespace

bool is_key_before(std::string_view a, std::string_view b) {
    const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (in_a == a.end() || in_b == b.end()) return a.size() < b.size();
    return rank(*in_a) < rank(*in_b);
}

result<engine::tag_list> checked_tags(
    const wire::map& tags, std::string_view stream, std::string_view account) {
    return joined({}, tags, {"stream", stream, account});
}

result<nothing> add_tags(
    call& c, const engine::control_lock& held, const resource& to, const added_tags& added) {
    auto tags = joined(to.tags(), added.tags, bearer_of(to));
    if (!tags) return tags.error();
    return commit(c, held, to, std::move(*tags));
}

result<nothing> remove_tags(
    call& c, const engine::control_lock& held, const resource& from, const removed_tags& removed) {
    const auto& keys = removed.keys;
    if (!std::all_of(keys.begin(), keys.end(), is_readable)) return refusals::tags_unreadable();
    if (std::any_of(keys.begin(), keys.end(), has_percent)) {
        return refusals::tags_to_remove_illegal(bearer_of(from));
    }
    engine::tag_list tags = from.tags();
    const auto is_removed = [&](const auto& tag) {
        return std::find(keys.begin(), keys.end(), tag.first) != keys.end();
    };
    tags.erase(std::remove_if(tags.begin(), tags.end(), is_removed), tags.end());
    return commit(c, held, from, std::move(tags));
}

std::vector<tag_shape> tags_after(
    const engine::tag_list& tags, std::string_view after, std::size_t count_max) {
    std::vector<tag_shape> page;
    for (const auto& [key, value] : tags) {
        if (page.size() == count_max) break;
        if (after.empty() || is_key_before(after, key)) page.push_back({key, value});
    }
    return page;
}

}  // namespace kinetide::operations
