#include "document.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace kinetide::leases {
namespace {

std::string_view name_in(const content& c, const content::node& n) {
    return std::string_view(c.texts).substr(n.name_at, n.name_bytes);
}

void append_text(std::string_view text, std::string& out) {
    const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
    });
    if (plain) {
        out.append("\"").append(text).append("\"");
    } else {
        out += json(text).dump();
    }
}

// A value takes more memory than the two bytes that it may be in a body.
constexpr std::size_t values_max = 1'000'000;

// nlohmann's events to a writer; false ends the parse.
class events {
public:
    explicit events(writer& w) : writer_(w) {}

    bool null() { return put(&writer::null); }
    bool boolean(bool truth) { return put(&writer::boolean, truth); }
    bool number_integer(std::int64_t n) { return put(&writer::number, std::to_string(n), true); }
    bool number_unsigned(std::uint64_t n) { return put(&writer::number, std::to_string(n), true); }
    bool number_float(double, const std::string& digits) {
        return put(&writer::number, digits, false);
    }
    bool string(const std::string& text) { return put(&writer::text, text); }
    static bool binary(const json::binary_t&) { return false; }
    bool start_object(std::size_t) { return open(kind::object); }
    bool start_array(std::size_t) { return open(kind::list); }
    bool end_object() { return put(&writer::close); }
    bool end_array() { return put(&writer::close); }
    bool key(const std::string& text) { return put(&writer::name, text); }
    static bool parse_error(std::size_t, const std::string&, const json::exception&) {
        return false;
    }

private:
    template <class... Parameters, class... Values>
    bool put(void (writer::*call)(Parameters...), const Values&... values) {
        (writer_.*call)(values...);
        return writer_.value_count() <= values_max;
    }
    bool open(kind list_or_object) {
        if (writer_.depth() == depth_max) return false;
        return put(&writer::open, list_or_object);
    }

    writer& writer_;
};

}  // namespace

std::string_view value::text() const {
    const kind is = what();
    if (is != kind::text && is != kind::whole && is != kind::real) return {};
    return std::string_view(of_->texts).substr(node().at, node().count);
}

std::optional<std::int64_t> value::whole() const {
    if (what() != kind::whole) return std::nullopt;
    const std::string_view digits = text();
    std::int64_t number = 0;
    const auto [end, failed] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (failed == std::errc{}) return number;
    using limits = std::numeric_limits<std::int64_t>;
    return digits.starts_with('-') ? limits::min() : limits::max();
}

std::size_t value::size() const { return is_list() || is_object() ? node().count : 0; }

value value::find(std::string_view name) const {
    if (!is_object()) return {};
    const auto first = of_->nodes.begin() + node().at;
    const auto last = first + node().count;
    const auto found =
        std::lower_bound(first, last, name, [&](const content::node& n, std::string_view wanted) {
            return name_in(*of_, n) < wanted;
        });
    if (found == last || name_in(*of_, *found) != name) return {};
    return {of_, static_cast<std::size_t>(found - of_->nodes.begin())};
}

value member(value in, std::string_view name) {
    const value found = in.find(name);
    return found.is_null() ? value() : found;
}

std::string_view value::name() const { return name_in(*of_, node()); }

// Recursion ends with depth_max.
void value::append_to(std::string& out) const {
    switch (what()) {
        case kind::none:
        case kind::null: out += "null"; return;
        case kind::boolean: out += truth() ? "true" : "false"; return;
        case kind::whole:
        case kind::real: out += text(); return;
        case kind::text: return append_text(text(), out);
        case kind::list:
        case kind::object: break;
    }
    const bool named = is_object();
    char before = named ? '{' : '[';
    for (const value child : *this) {
        out += std::exchange(before, ',');
        if (named) {
            append_text(child.name(), out);
            out += ':';
        }
        child.append_to(out);
    }
    if (empty()) out += before;
    out += named ? '}' : ']';
}

std::string value::dump() const {
    std::string out;
    append_to(out);
    return out;
}

bool operator==(const value& a, const value& b) {
    if (a.what() != b.what() || a.size() != b.size()) return false;
    if (a.text() != b.text() || a.truth() != b.truth()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a.is_object() && a.at(i).name() != b.at(i).name()) return false;
        if (!(a.at(i) == b.at(i))) return false;
    }
    return true;
}

std::optional<document> document::parse(std::string_view body) {
    constexpr std::size_t bytes_a_value = 16;
    writer w(body.size() / bytes_a_value, body.size());
    events e(w);
    if (!json::sax_parse(body, &e)) return std::nullopt;
    document d = w.finish();
    if (!d.top().is_object()) return std::nullopt;
    return d;
}

writer::writer(std::size_t values, std::size_t bytes) {
    made_.nodes.reserve(values);
    made_.texts.reserve(bytes);
    constexpr std::size_t few = 16;
    waiting_.reserve(few);
    open_.reserve(few);
}

void writer::name(std::string_view text) {
    name_at_ = keep(text);
    name_bytes_ = static_cast<std::uint32_t>(text.size());
    made_.texts += ':';  // so that each name, empty ones too, has a place of its own
}

void writer::number(std::string_view digits, bool is_whole) {
    const std::uint32_t at = keep(digits);
    const auto bytes = static_cast<std::uint32_t>(digits.size());
    add({.at = at, .count = bytes, .what = is_whole ? kind::whole : kind::real});
}

void writer::text(std::string_view text) {
    const std::uint32_t at = keep(text);
    add({.at = at, .count = static_cast<std::uint32_t>(text.size()), .what = kind::text});
}

void writer::copy(value v) {
    switch (v.what()) {
        case kind::none: return nothing();
        case kind::null: return null();
        case kind::boolean: return boolean(v.truth());
        case kind::whole:
        case kind::real: return number(v.text(), v.what() == kind::whole);
        case kind::text: return text(v.text());
        case kind::list:
        case kind::object: break;
    }
    open(v.what());
    for (const value child : v) {
        if (v.is_object()) name(child.name());
        copy(child);
    }
    close();
}

void writer::open(kind list_or_object) {
    open_.push_back(
        {{.name_at = name_at_, .name_bytes = name_bytes_, .what = list_or_object},
         waiting_.size()});
}

void writer::close() {
    auto [itself, first] = open_.back();
    open_.pop_back();
    if (itself.what == kind::object) settle_members(first);
    const auto from = waiting_.begin() + static_cast<std::ptrdiff_t>(first);
    itself.at = static_cast<std::uint32_t>(made_.nodes.size());
    itself.count = static_cast<std::uint32_t>(waiting_.end() - from);
    made_.nodes.insert(made_.nodes.end(), from, waiting_.end());
    waiting_.resize(first);
    waiting_.push_back(itself);
}

// Sorts them, and leaves the last of each name, if it is something.
void writer::settle_members(std::size_t first) {
    const auto from = waiting_.begin() + static_cast<std::ptrdiff_t>(first);
    std::sort(from, waiting_.end(), [&](const content::node& a, const content::node& b) {
        const int order = name_in(made_, a).compare(name_in(made_, b));
        return order < 0 || (order == 0 && a.name_at < b.name_at);  // names are kept as they come
    });
    auto kept = from;
    for (auto at = from; at != waiting_.end(); ++at) {
        const auto next = at + 1;
        if (next != waiting_.end() && name_in(made_, *next) == name_in(made_, *at)) continue;
        if (at->what != kind::none) *kept++ = *at;
    }
    waiting_.erase(kept, waiting_.end());
}

document writer::finish() {
    made_.nodes.push_back(waiting_.back());
    return document(std::move(made_));
}

void writer::add(content::node n) {
    n.name_at = name_at_;
    n.name_bytes = name_bytes_;
    waiting_.push_back(n);
}

std::uint32_t writer::keep(std::string_view text) {
    const std::size_t at = made_.texts.size();
    made_.texts += text;
    return static_cast<std::uint32_t>(at);
}

}  // namespace kinetide::leases
