#include "tree.hpp"

#include <algorithm>

#include <kinetide/wire/decode.hpp>

namespace kinetide::wire {

bool tree::add(node n) {
    if (nodes_.size() > values_max) return false;
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    n.name = name_;
    name_ = {};
    nodes_.push_back(n);
    if (!open_.empty()) {
        container& c = open_.back();
        (c.last_child == 0 ? nodes_[c.index].first : nodes_[c.last_child].next) = index;
        c.last_child = index;
    }
    return true;
}

bool tree::open(node::type container_type) {
    if (open_.size() == depth_max) return false;
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    node n;
    n.what = container_type;
    if (!add(n)) return false;
    open_.push_back({index, 0});
    return true;
}

bool tree::close() {
    open_.pop_back();
    return true;
}

std::string_view tree::keep(std::string_view text) {
    char* const room = memory_.text(text.size());
    std::copy(text.begin(), text.end(), room);
    return {room, text.size()};
}

}  // namespace kinetide::wire
