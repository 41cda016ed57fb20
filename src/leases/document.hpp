// JSON that never changes once it is made.  It is flat: a request, or a lease, is three allocations
// and lies together in memory.
//
//     const auto d = document::parse(body);     nothing when it is no JSON object
//     value key = d->top().find("Key");         a view: as long as the document's content lives
//
// Members are in the order of their names; of two with one name the last one counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinetide::leases {

using json = nlohmann::json;

// Values nest 32 deep, each in two brackets, within a few of the request.
inline constexpr std::size_t depth_max = 80;

enum class kind : std::uint8_t { none, null, boolean, whole, real, text, list, object };

// What a document is made of.
struct content {
    struct node {
        std::uint32_t name_at = 0;  // in texts
        std::uint32_t name_bytes = 0;
        std::uint32_t at = 0;     // in texts; of a list or object, its first child in nodes
        std::uint32_t count = 0;  // bytes or children
        kind what = kind::none;
        bool truth = false;
    };

    std::vector<node> nodes;  // children together, the top last
    std::string texts;
};

// One value, or none where nothing was found.
class value {
public:
    value() = default;
    value(const content* of, std::size_t index) : of_(of), index_(index) {}

    [[nodiscard]] kind what() const { return of_ == nullptr ? kind::none : node().what; }
    [[nodiscard]] explicit operator bool() const { return of_ != nullptr; }
    [[nodiscard]] bool is_null() const { return what() == kind::null; }
    [[nodiscard]] bool is_boolean() const { return what() == kind::boolean; }
    [[nodiscard]] bool is_text() const { return what() == kind::text; }
    [[nodiscard]] bool is_list() const { return what() == kind::list; }
    [[nodiscard]] bool is_object() const { return what() == kind::object; }

    // Of a text or number, as written; empty for others.
    [[nodiscard]] std::string_view text() const;
    [[nodiscard]] bool truth() const { return is_boolean() && node().truth; }
    // Nothing unless it is a whole number; those that do not fit are cut to what does.
    [[nodiscard]] std::optional<std::int64_t> whole() const;

    // Of lists and objects; others have no children.
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] value at(std::size_t i) const { return {of_, node().at + i}; }
    [[nodiscard]] value find(std::string_view name) const;
    // Of a member.
    [[nodiscard]] std::string_view name() const;

    class iterator {
    public:
        iterator(const content* of, std::size_t index) : of_(of), index_(index) {}
        value operator*() const { return {of_, index_}; }
        iterator& operator++() {
            ++index_;
            return *this;
        }
        bool operator!=(const iterator& other) const { return index_ != other.index_; }

    private:
        const content* of_;
        std::size_t index_;
    };
    [[nodiscard]] iterator begin() const { return {of_, size() == 0 ? 0 : node().at}; }
    [[nodiscard]] iterator end() const {
        const std::size_t count = size();
        return {of_, count == 0 ? 0 : node().at + count};
    }

    // JSON again.
    void append_to(std::string& out) const;
    [[nodiscard]] std::string dump() const;
    [[nodiscard]] json to_json() const { return json::parse(dump()); }

    // The same JSON, numbers by their spelling.
    friend bool operator==(const value& a, const value& b);

private:
    [[nodiscard]] const content::node& node() const { return of_->nodes[index_]; }

    const content* of_ = nullptr;
    std::size_t index_ = 0;
};

// What a request says by that name; null says nothing.
value member(value in, std::string_view name);

class document {
public:
    static std::optional<document> parse(std::string_view body);

    document() = default;
    explicit document(content made) : content_(std::make_unique<content>(std::move(made))) {}

    [[nodiscard]] value top() const { return {content_.get(), content_->nodes.size() - 1}; }
    [[nodiscard]] std::size_t value_count() const { return content_->nodes.size(); }
    [[nodiscard]] std::size_t text_bytes() const { return content_->texts.size(); }

private:
    std::unique_ptr<content> content_;
};

// Makes a document, value by value.  What is opened is closed before finish().
class writer {
public:
    // For about so many values and bytes of text.
    writer(std::size_t values, std::size_t bytes);

    // Of the value that comes next, in an object.
    void name(std::string_view text);
    void null() { add({.what = kind::null}); }
    void boolean(bool truth) { add({.what = kind::boolean, .truth = truth}); }
    void number(std::string_view digits, bool is_whole);
    void text(std::string_view text);
    // No member of this name, whatever came before.
    void nothing() { add({}); }
    void copy(value v);

    void open(kind list_or_object);
    void close();
    [[nodiscard]] std::size_t depth() const { return open_.size(); }
    [[nodiscard]] std::size_t value_count() const { return made_.nodes.size() + waiting_.size(); }
    document finish();

private:
    struct container {
        content::node itself;
        std::size_t first;  // of its children in waiting_
    };

    void add(content::node n);
    std::uint32_t keep(std::string_view text);
    void settle_members(std::size_t first);

    content made_;
    std::vector<content::node> waiting_;  // children of what is open
    std::vector<container> open_;
    std::uint32_t name_at_ = 0;
    std::uint32_t name_bytes_ = 0;
};

}  // namespace kinetide::leases
