// From a tree to values of the declared types.  The texts are those that Kinesis was seen to
// answer; CBOR takes the same ones, its byte strings being java.nio.HeapByteBuffer.

#include <algorithm>
#include <array>
#include <unordered_map>

#include <kinetide/wire/decode.hpp>

#include "base64.hpp"
#include "checks.hpp"
#include "number.hpp"
#include "plain.hpp"
#include "text.hpp"

namespace kinetide::wire {
namespace {

using outcome = std::optional<type_error>;

// As messages call the type, with their article.
std::string_view java_name(kind k) {
    switch (k) {
        case kind::blob: return "a Blob";
        case kind::boolean: return "an Boolean";
        case kind::integer: return "an Integer";
        case kind::long_integer: return "an Long";
        case kind::time: return "milliseconds since epoch";
        default: return "an String";
    }
}

std::string_view java_class(node::type t) {
    switch (t) {
        case node::type::boolean: return "class java.lang.Boolean";
        case node::type::number:
            return "class com.amazon.coral.value.json.numbers.TruncatingBigNumber";
        case node::type::bytes: return "class java.nio.HeapByteBuffer";
        default: return "class java.lang.String";
    }
}

type_error mismatch(node::type given, kind wanted) {
    if (given == node::type::list) return {"Start of list found where not expected"};
    if (given == node::type::object) {
        return {"Start of structure or map found where not expected."};
    }
    switch (wanted) {
        case kind::list: return {"Expected list or null"};
        case kind::map: return {"Expected map or null"};
        case kind::structure: return {"Expected null"};
        default: break;
    }
    std::string message(java_class(given));
    return {message.append(" can not be converted to ").append(java_name(wanted))};
}

// What is wrong with text that did not decode.  The order is that of a decoder that goes from left
// to right and knows beforehand how many pads there are.
std::string base64_fault(std::string_view text) {
    const std::size_t size = utf16_units(text);
    if (size % 4 != 0) {
        return "Base64 encoded length is expected a multiple of 4 bytes but found: " +
               std::to_string(size);
    }
    std::string_view unpadded = text;
    for (int pads = 0; pads < 2 && unpadded.ends_with('='); ++pads) unpadded.remove_suffix(1);
    const char* const end = unpadded.data() + unpadded.size();
    const auto* const bad = std::find_if(unpadded.data(), end, [](char c) {
        return !(
            (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
            c == '+' || c == '/');
    });
    if (bad == end) return "Invalid last non-pad Base64 character dectected";
    return "Invalid Base64 character: '" + std::string(bad, behind_character(bad, end)) + "'";
}

std::string upper_case(std::string_view text) {
    std::string upper(text);
    for (char& c : upper) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return upper;
}

class converter {
public:
    converter(form f, const tree& from, arena& memory) : form_(f), tree_(from), memory_(memory) {}

    // In the body's order; of members given twice only the last is looked at.
    outcome structure(const structure_table& table, const node& from, plain_value& to) {
        std::array<const node*, structure_table::members_max> last{};
        for (const node* n = tree_.child(from); n != nullptr; n = tree_.sibling(*n)) {
            const std::size_t index = find_member(table, n->name, 0);
            if (index != not_found) last[index] = n;
        }
        to.present = true;
        to.inner.resize(table.members.size());
        for (const node* n = tree_.child(from); n != nullptr; n = tree_.sibling(*n)) {
            const std::size_t index = find_member(table, n->name, 0);
            if (index == not_found || last[index] != n) continue;
            if (auto bad = value(*table.members[index].type, *n, to.inner[index])) return bad;
        }
        return std::nullopt;
    }

private:
    outcome value(const type_table& type, const node& from, plain_value& to) {
        if (from.what == node::type::null) return std::nullopt;
        to.present = true;
        switch (type.what) {
            case kind::list: return list(type, from, to);
            case kind::map: return text_map(from, to);
            case kind::structure:
                if (from.what != node::type::object) return mismatch(from.what, type.what);
                return structure(*type.structure, from, to);
            case kind::blob: return blob(from, to);
            case kind::boolean: return boolean(from, to);
            case kind::integer:
            case kind::long_integer:
            case kind::time: return number(type.what, from, to);
            default: break;
        }
        if (from.what != node::type::text) return mismatch(from.what, kind::text);
        to.text = from.text;
        return std::nullopt;
    }

    outcome list(const type_table& type, const node& from, plain_value& to) {
        if (from.what != node::type::list) return mismatch(from.what, type.what);
        for (const node* n = tree_.child(from); n != nullptr; n = tree_.sibling(*n)) {
            if (auto bad = value(*type.element, *n, to.inner.emplace_back())) return bad;
        }
        return std::nullopt;
    }

    // Of keys given twice the last value counts, in the place of the first.
    outcome text_map(const node& from, plain_value& to) {
        if (from.what != node::type::object) return mismatch(from.what, kind::map);
        std::unordered_map<std::string_view, const node*> last;
        for (const node* n = tree_.child(from); n != nullptr; n = tree_.sibling(*n)) {
            last[n->name] = n;
        }
        for (const node* n = tree_.child(from); n != nullptr; n = tree_.sibling(*n)) {
            const auto found = last.find(n->name);
            if (found == last.end()) continue;
            const node& given = *found->second;
            last.erase(found);
            plain_value& entry = to.inner.emplace_back();
            entry.key = n->name;
            if (given.what == node::type::null) continue;
            if (given.what != node::type::text) return mismatch(given.what, kind::text);
            entry.present = true;
            entry.text = given.text;
        }
        return std::nullopt;
    }

    outcome blob(const node& from, plain_value& to) {
        if (from.what == node::type::bytes) {
            to.text = from.text;
            return std::nullopt;
        }
        if (from.what != node::type::text || form_ == form::cbor)
            return mismatch(from.what, kind::blob);
        char* const room = memory_.text(from.text.size() / 4 * 3);
        const std::size_t size = base64_decode(from.text, room);
        if (size == not_base64) {
            std::string message = "'";
            message.append(from.text).append("' can not be converted to a Blob: ");
            return type_error{message + base64_fault(from.text)};
        }
        to.text = {room, size};
        return std::nullopt;
    }

    static outcome boolean(const node& from, plain_value& to) {
        if (from.what == node::type::boolean) {
            to.number = from.truth ? 1 : 0;
            return std::nullopt;
        }
        if (from.what != node::type::text) return mismatch(from.what, kind::boolean);
        const std::string word = upper_case(from.text);
        const bool truth = word == "TRUE" || word == "1" || word == "YES";
        if (!truth && word != "FALSE" && word != "0" && word != "NO") {
            return type_error{"'" + word + "' can not be converted to an Boolean"};
        }
        to.number = truth ? 1 : 0;
        return std::nullopt;
    }

    static outcome number(kind wanted, const node& from, plain_value& to) {
        if (from.what != node::type::number) return mismatch(from.what, wanted);
        to.number = wanted == kind::time      ? from.ms
                    : wanted == kind::integer ? bounded_integer(from.whole)
                                              : from.whole;
        return std::nullopt;
    }

    form form_;
    const tree& tree_;
    arena& memory_;
};

}  // namespace

std::optional<type_error> convert(
    form f, const tree& from, const structure_table& table, arena& memory, plain_value& to) {
    return converter(f, from, memory).structure(table, from.top(), to);
}

}  // namespace kinetide::wire
