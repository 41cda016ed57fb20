// Well-formed CBOR, by RFC 8949, of one item.  A library's reader is not used here: those at hand
// recurse without bound over tags and nested chunks.

#include <string>

#include "cbor_head.hpp"
#include "text.hpp"
#include "tree.hpp"

namespace kinetide::wire {
namespace {

class cbor_parser {
public:
    cbor_parser(std::string_view body, tree& t)
        : at_(body.data()), end_(body.data() + body.size()), tree_(t) {}

    bool document() {
        const cbor_head head = read_cbor_value_head(at_, end_);
        return value(head) && at_ == end_;
    }

private:
    // Recursion ends where the tree refuses more depth.
    bool value(const cbor_head& head) {
        if (head.behind == nullptr) return false;
        at_ = head.behind;
        switch (head.major) {
            case cbor_major::unsigned_integer:
            case cbor_major::negative_integer: return number(head);
            case cbor_major::bytes:
            case cbor_major::text: return string(head);
            case cbor_major::array:
            case cbor_major::map: return container(head);
            case cbor_major::simple: break;
            case cbor_major::tag: return false;
        }
        if (head.is_break()) return false;
        if (head.is_float()) return number(head);
        if (head.is_boolean()) {
            return tree_.add({.what = node::type::boolean, .truth = head.detail == 21});
        }
        return tree_.add({});
    }

    bool number(const cbor_head& head) {
        return tree_.add(
            {.what = node::type::number, .whole = head.whole_number(), .ms = head.time_ms()});
    }

    bool string(const cbor_head& head) {
        std::string_view bytes;
        if (!contents(head, bytes)) return false;
        if (head.major == cbor_major::bytes) {
            return tree_.add({.what = node::type::bytes, .text = bytes});
        }
        return is_utf8(bytes) && tree_.add({.what = node::type::text, .text = bytes});
    }

    // What a text or byte string holds, from behind its head on.
    bool contents(const cbor_head& head, std::string_view& out) {
        if (!head.indefinite()) return take(head.argument, out);
        std::string joined;
        while (true) {
            const cbor_head chunk = read_cbor_head(at_, end_);
            if (chunk.behind == nullptr) return false;
            at_ = chunk.behind;
            if (chunk.is_break()) break;
            std::string_view part;
            if (chunk.major != head.major || chunk.indefinite()) return false;
            if (!take(chunk.argument, part)) return false;
            joined += part;
        }
        out = tree_.keep(joined);
        return true;
    }

    bool take(std::uint64_t size, std::string_view& out) {
        if (size > static_cast<std::uint64_t>(end_ - at_)) return false;
        out = {at_, static_cast<std::size_t>(size)};
        at_ += size;
        return true;
    }

    bool container(const cbor_head& head) {
        const bool object = head.major == cbor_major::map;
        if (!tree_.open(object ? node::type::object : node::type::list)) return false;
        std::uint64_t left = head.argument;
        while (head.indefinite() || left-- > 0) {
            if (head.indefinite()) {
                const cbor_head next = read_cbor_head(at_, end_);
                if (next.behind != nullptr && next.is_break()) {
                    at_ = next.behind;
                    break;
                }
            }
            if (object && !name()) return false;
            if (!value(read_cbor_value_head(at_, end_))) return false;
        }
        return tree_.close();
    }

    bool name() {
        const cbor_head head = read_cbor_head(at_, end_);
        if (head.behind == nullptr || head.major != cbor_major::text) return false;
        at_ = head.behind;
        std::string_view text;
        if (!contents(head, text) || !is_utf8(text)) return false;
        tree_.name_next(text);
        return true;
    }

    const char* at_;
    const char* end_;
    tree& tree_;
};

}  // namespace

std::optional<tree> tree_of_cbor(std::string_view body, arena& memory) {
    tree t(memory);
    if (!cbor_parser(body, t).document() || !t.top_is_object()) return std::nullopt;
    return t;
}

}  // namespace kinetide::wire
