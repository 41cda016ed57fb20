// The plain pass's picture of a body: everything that stands in it, in order, before any shape is
// looked at.  Bounded by the depth and the number of values (decode.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <kinetide/wire/arena.hpp>

namespace kinetide::wire {

struct node {
    enum class type : std::uint8_t { null, boolean, number, text, bytes, list, object };

    type what = type::null;
    bool truth = false;
    std::uint32_t next = 0;   // sibling; 0: none
    std::uint32_t first = 0;  // child; 0: none
    std::string_view name;    // in an object
    std::string_view text;    // or bytes
    std::int64_t whole = 0;   // a number rounded down
    std::int64_t ms = 0;      // a number as a time
};

class tree {
public:
    explicit tree(arena& memory) : memory_(memory) { nodes_.emplace_back(); }

    // All of these are false beyond the bounds.
    bool add(node n);
    bool open(node::type container);
    bool close();
    void name_next(std::string_view name) { name_ = name; }

    // For texts that do not stay where they are.
    std::string_view keep(std::string_view text);

    [[nodiscard]] bool top_is_object() const {
        return nodes_.size() > 1 && nodes_[1].what == node::type::object;
    }
    [[nodiscard]] const node& top() const { return nodes_[1]; }
    // nullptr: none.
    [[nodiscard]] const node* child(const node& n) const { return at(n.first); }
    [[nodiscard]] const node* sibling(const node& n) const { return at(n.next); }

private:
    struct container {
        std::uint32_t index;
        std::uint32_t last_child;
    };

    [[nodiscard]] const node* at(std::uint32_t i) const { return i == 0 ? nullptr : &nodes_[i]; }

    arena& memory_;
    std::vector<node> nodes_;  // 0 stands for none
    std::vector<container> open_;
    std::string_view name_;
};

// The whole body, which must be one well-formed object; nothing otherwise.  Texts view the body or
// the arena.
std::optional<tree> tree_of_json(std::string_view body, arena& memory);
std::optional<tree> tree_of_cbor(std::string_view body, arena& memory);

}  // namespace kinetide::wire
