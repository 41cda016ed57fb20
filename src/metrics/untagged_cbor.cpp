#include <array>
#include <cstdint>

#include "parsers.hpp"

namespace kinetide::metrics {
namespace {

constexpr std::uint64_t until_break = ~std::uint64_t{0};

enum major : unsigned { byte_string = 2, text_string = 3, array = 4, map = 5, tag = 6, simple = 7 };

struct head {
    unsigned type = 0;
    std::uint64_t argument = 0;
    bool indefinite = false;
};

// Nothing at the body's end, or for lengths that do not exist.
std::optional<head> take_head(std::string_view& rest) {
    if (rest.empty()) return std::nullopt;
    const unsigned first = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    head h{first >> 5U, first & 31U};
    if (h.argument < 24) return h;
    if (h.argument == 31) {
        h.indefinite = true;
        return h;
    }
    if (h.argument > 27) return std::nullopt;
    const std::size_t size = std::size_t{1} << (h.argument - 24);
    if (rest.size() < size) return std::nullopt;
    h.argument = 0;
    for (std::size_t i = 0; i < size; ++i) {
        h.argument = h.argument << 8U | static_cast<unsigned char>(rest[i]);
    }
    rest.remove_prefix(size);
    return h;
}

// The items that are still to come, from the outermost to the innermost.
class nesting {
public:
    bool open(std::uint64_t items) {
        if (depth_ == left_.size()) return false;
        left_[depth_++] = items;
        return true;
    }
    bool close_indefinite() {
        if (depth_ == 0 || left_[depth_ - 1] != until_break) return false;
        --depth_;
        return true;
    }
    // An item is complete, and with it those whose last one it was.
    void count() {
        while (depth_ != 0) {
            std::uint64_t& left = left_[depth_ - 1];
            if (left == until_break || --left != 0) return;
            --depth_;
        }
    }
    [[nodiscard]] bool done() const { return depth_ == 0; }

private:
    std::array<std::uint64_t, depth_max> left_{};
    std::size_t depth_ = 0;
};

}  // namespace

std::optional<std::string> untagged_cbor(std::string_view rest) {
    std::string kept;
    kept.reserve(rest.size());
    nesting open;
    do {
        const std::string_view item = rest;
        const auto h = take_head(rest);
        if (!h) return std::nullopt;
        const bool text = h->type == byte_string || h->type == text_string;
        const bool list = h->type == array || h->type == map;
        // Each item takes a byte at least.
        if ((text || list) && !h->indefinite && h->argument > rest.size()) return std::nullopt;
        if (text && !h->indefinite) rest.remove_prefix(h->argument);
        if (h->type != tag) kept.append(item.substr(0, item.size() - rest.size()));

        std::uint64_t items = 0;  // within this one
        if (h->indefinite) {
            items = until_break;
        } else if (list) {
            items = h->type == map ? h->argument * 2 : h->argument;
        } else if (h->type == tag) {
            items = 1;
        }
        if (h->type == simple && h->indefinite) {
            if (!open.close_indefinite()) return std::nullopt;
            open.count();
        } else if (h->indefinite && !text && !list) {
            return std::nullopt;
        } else if (items == 0) {
            open.count();
        } else if (!open.open(items)) {
            return std::nullopt;
        }
    } while (!open.done());
    if (!rest.empty()) return std::nullopt;
    return kept;
}

}  // namespace kinetide::metrics
