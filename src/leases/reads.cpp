// Scan and Query.

#include <algorithm>
#include <limits>
#include <utility>

#include "digest.hpp"
#include "operation.hpp"

namespace kinetide::leases {
namespace {

constexpr std::size_t page_bytes_max = 1024 * 1024;

// What both calls say of a page.
struct page_request {
    std::int64_t limit = 0;
    condition filter;
    std::vector<std::string> attributes;  // all when empty
    value start;                          // ExclusiveStartKey, if any
    bool counts_only = false;
};

result<page_request> page_request_of(value in, placeholders& p) {
    page_request r;
    const auto limit = count_member(in, "Limit", 1, std::numeric_limits<std::int64_t>::max());
    if (!limit) return limit.error();
    r.limit = *limit;
    const auto filter = text_member(in, "FilterExpression");
    if (!filter) return filter.error();
    if (member(in, "FilterExpression")) {
        auto parsed = parse_condition("FilterExpression", *filter, p);
        if (!parsed) return parsed.error();
        r.filter = std::move(*parsed);
    }
    const auto names = text_member(in, "ProjectionExpression");
    if (!names) return names.error();
    if (member(in, "ProjectionExpression")) {
        auto parsed = parse_projection(*names, p);
        if (!parsed) return parsed.error();
        r.attributes = std::move(*parsed);
    }
    r.start = member(in, "ExclusiveStartKey");
    if (r.start) {
        if (auto no = item_refusal(r.start)) return *no;
    }
    const auto select = text_member(in, "Select");
    if (!select) return select.error();
    r.counts_only = *select == "COUNT";
    return r;
}

// Collects a page; items are offered in order until it takes no more.
class page {
public:
    // `key` has the attributes that a LastEvaluatedKey names.
    page(const page_request& r, std::vector<std::string> key) : asked_(r), key_(std::move(key)) {}

    // False when the page was full before: then there is more.
    bool offer(value item) {
        if (scanned_ == asked_.limit || bytes_ >= page_bytes_max) return false;
        ++scanned_;
        bytes_ += item_bytes(item);
        last_ = item;
        if (!holds(asked_.filter, item)) return true;
        ++count_;
        if (asked_.counts_only) return true;
        if (!items_.empty()) items_ += ',';
        if (asked_.attributes.empty()) {
            item.append_to(items_);
        } else {
            items_ += only(asked_.attributes, item);
        }
        return true;
    }

    [[nodiscard]] std::string body(bool more) const {
        std::string out = "{";
        if (!asked_.counts_only) out += "\"Items\":[" + items_ + "],";
        out += "\"Count\":" + std::to_string(count_);
        out += ",\"ScannedCount\":" + std::to_string(scanned_);
        if (more && last_) out += ",\"LastEvaluatedKey\":" + only(key_, last_);
        return out + "}";
    }

private:
    static std::string only(const std::vector<std::string>& names, value item) {
        writer some(2 * names.size() + 1, 0);
        some.open(kind::object);
        for (const std::string& name : names) {
            some.name(name);
            some.copy(item.find(name));
        }
        some.close();
        return some.finish().top().dump();
    }

    const page_request& asked_;
    const std::vector<std::string> key_;
    std::int64_t scanned_ = 0;
    std::int64_t count_ = 0;
    std::size_t bytes_ = 0;
    std::string items_;
    value last_;
};

void add_names(const key_schema& keys, std::vector<std::string>& names) {
    names.push_back(keys.hash.name);
    if (keys.range) names.push_back(keys.range->name);
}

struct segment {
    std::int64_t number = 0;
    std::int64_t total = 1;

    // Items of one hash key stay together.
    [[nodiscard]] bool has(const item_key& key) const {
        return digest(key.hash) % static_cast<std::uint64_t>(total) ==
               static_cast<std::uint64_t>(number);
    }
};

result<segment> segment_of(value in) {
    constexpr std::int64_t total_max = 1'000'000;
    const bool has_number = bool(member(in, "Segment"));
    const bool has_total = bool(member(in, "TotalSegments"));
    if (has_number && !has_total) {
        return texts::not_valid(
            "The TotalSegments parameter is required but was not present in the request when "
            "Segment parameter is present");
    }
    if (has_total && !has_number) {
        return texts::not_valid(
            "The Segment parameter is required but was not present in the request when parameter "
            "TotalSegments is present");
    }
    const auto number = count_member(in, "Segment", 0, 0);
    if (!number) return number.error();
    const auto total = count_member(in, "TotalSegments", 1, 1);
    if (!total) return total.error();
    if (*total > total_max) {
        return texts::not_valid(
            "1 validation error detected: Value '" + std::to_string(*total) +
            "' at 'totalSegments' failed to satisfy constraint: Member must have value less than "
            "or equal to 1000000");
    }
    if (*number >= *total) {
        return texts::not_valid(
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
            "Segment: " +
            std::to_string(*number) + " is not less than TotalSegments: " + std::to_string(*total));
    }
    return segment{*number, *total};
}

// The hash key's value, and what is said of the range key.
struct key_condition {
    std::string hash;
    condition range;
};

result<key_condition> key_condition_of(const condition& c, const key_schema& keys) {
    using test = condition::test;
    const std::vector<condition> parts = c.is == test::all ? c.parts : std::vector{c};
    key_condition out;
    bool has_hash = false;
    for (const condition& part : parts) {
        const bool compares = part.is == test::equal || part.is >= test::less;
        if (!compares || !keys.has(part.attribute)) {
            return texts::not_valid("Query key condition not supported");
        }
        const bool is_hash = part.attribute == keys.hash.name;
        const std::string& type = is_hash ? keys.hash.type : keys.range->type;
        if (type_of(part.value) != type) {
            return texts::parameter_invalid("Condition parameter type does not match schema type");
        }
        if (!is_hash) {
            out.range.parts.push_back(part);
        } else if (part.is == test::equal && !has_hash) {
            out.hash = sortable(part.value);
            has_hash = true;
        } else {
            return texts::not_valid("Query key condition not supported");
        }
    }
    if (!has_hash) {
        return texts::not_valid("Query condition missed key schema element: " + keys.hash.name);
    }
    return out;
}

// Items with their places, in the order of the query.
using places = std::vector<std::pair<std::pair<item_key, item_key>, const document*>>;

places places_in(const table::items& items, const std::string& hash) {
    places out;
    for (auto at = items.lower_bound({hash, {}}); at != items.end() && at->first.hash == hash;
         ++at) {
        out.push_back({{at->first, at->first}, &at->second});
    }
    return out;
}

places places_in(const table::index& i, const std::string& hash) {
    places out;
    for (auto at = i.entries.lower_bound({{hash, {}}, {}});
         at != i.entries.end() && at->first.first.hash == hash;
         ++at) {
        out.emplace_back(*at);
    }
    return out;
}

// Drops what lies before and at the place that the start key names.
std::optional<refusal> start_behind(
    places& all, value start, const key_schema& keys, const key_schema& table_keys, bool forward) {
    const auto place = key_if_any(keys, start);
    const auto own = key_if_any(table_keys, start);
    if (!place || !own) return texts::not_valid("The provided starting key is invalid");
    const std::pair from(*place, *own);
    std::erase_if(
        all, [&](const auto& one) { return forward ? one.first <= from : one.first >= from; });
    return std::nullopt;
}

}  // namespace

outcome scan(const call& c) {
    const auto found = table_of(c);
    if (!found) return found.error();
    table& t = **found;
    const auto part = segment_of(c.in);
    if (!part) return part.error();
    auto p = placeholders::of(c.in);
    if (!p) return p.error();
    const auto asked = page_request_of(c.in, *p);
    if (!asked) return asked.error();
    if (auto no = p->unused()) return *no;
    std::optional<item_key> from;
    if (asked->start) {
        auto key = key_of(t.told().keys, asked->start);
        if (!key) return texts::not_valid("The provided starting key is invalid");
        from = std::move(*key);
    }

    std::vector<std::string> key_names;
    add_names(t.told().keys, key_names);
    page made(*asked, std::move(key_names));
    const base::lock_guard lock(t.mutex);
    bool more = false;
    auto at = from ? t.all().upper_bound(*from) : t.all().begin();
    for (; at != t.all().end() && !more; ++at) {
        if (part->has(at->first)) more = !made.offer(at->second.top());
    }
    return made.body(more);
}

outcome query(const call& c) {
    const auto found = table_of(c);
    if (!found) return found.error();
    table& t = **found;
    auto p = placeholders::of(c.in);
    if (!p) return p.error();
    const auto text = required_text(c.in, "KeyConditionExpression");
    if (!text) return text.error();
    const auto parsed = parse_condition("KeyConditionExpression", *text, *p);
    if (!parsed) return parsed.error();
    auto asked = page_request_of(c.in, *p);
    if (!asked) return asked.error();
    if (auto no = p->unused()) return *no;
    const auto index_name = text_member(c.in, "IndexName");
    if (!index_name) return index_name.error();
    const value forwards = member(c.in, "ScanIndexForward");
    const bool forward = !forwards.is_boolean() || forwards.truth();

    const base::lock_guard lock(t.mutex);
    const table::index* const index = index_name->empty() ? nullptr : t.find_index(*index_name);
    if (!index_name->empty() && index == nullptr) return texts::index_missing(*index_name);
    const key_schema& keys = index == nullptr ? t.told().keys : index->keys;
    const auto wanted = key_condition_of(*parsed, keys);
    if (!wanted) return wanted.error();
    places all =
        index == nullptr ? places_in(t.all(), wanted->hash) : places_in(*index, wanted->hash);
    if (asked->start) {
        if (auto no = start_behind(all, asked->start, keys, t.told().keys, forward)) return *no;
    }
    if (!forward) std::reverse(all.begin(), all.end());

    std::vector<std::string> key_names;
    add_names(keys, key_names);
    if (index != nullptr) add_names(t.told().keys, key_names);
    if (index != nullptr && index->projection.value("ProjectionType", json()) == "KEYS_ONLY" &&
        asked->attributes.empty()) {
        asked->attributes = key_names;
    }
    page made(*asked, key_names);
    bool more = false;
    for (const auto& [place, item] : all) {
        if (!holds(wanted->range, item->top())) continue;
        if (!made.offer(item->top())) {
            more = true;
            break;
        }
    }
    return made.body(more);
}

}  // namespace kinetide::leases
