#include <cstring>
#include <new>

#include <kinetide/base/blob.hpp>
#include <kinetide/base/clock.hpp>
#include <kinetide/wire/list.hpp>

#include "checks.hpp"
#include "plain.hpp"

namespace kinetide::wire {
namespace {

void settle_value(const type_table& type, const plain_value& from, arena& memory, void* place);

void settle_list(const type_table& type, const plain_value& from, arena& memory, void* place) {
    auto* const elements = static_cast<char*>(
        memory.allocate(from.inner.size() * type.element_size, type.element_alignment));
    char* at = elements;
    for (const plain_value& element : from.inner) {
        type.construct(at);
        settle_value(*type.element, element, memory, at);
        at += type.element_size;
    }
    type.assign(place, elements, from.inner.size());
}

void settle_map(const plain_value& from, arena& memory, void* place) {
    using pair = map::value_type;
    auto* const entries =
        static_cast<pair*>(memory.allocate(from.inner.size() * sizeof(pair), alignof(pair)));
    pair* at = entries;
    for (const plain_value& entry : from.inner) new (at++) pair(entry.key, entry.text);
    *static_cast<map*>(place) = map(entries, from.inner.size());
}

void settle_value(const type_table& type, const plain_value& from, arena& memory, void* place) {
    switch (type.what) {
        case kind::text: *static_cast<std::string_view*>(place) = from.text; break;
        case kind::blob: *static_cast<blob_view*>(place) = blob_view(from.text); break;
        case kind::boolean: *static_cast<bool*>(place) = from.number != 0; break;
        case kind::integer: {
            const auto number = static_cast<std::int32_t>(from.number);
            std::memcpy(place, &number, sizeof number);
            break;
        }
        case kind::long_integer: std::memcpy(place, &from.number, sizeof from.number); break;
        case kind::time: *static_cast<instant*>(place) = instant{from.number}; break;
        case kind::enumeration: type.select(place, find_name(type, from.text)); break;
        case kind::list: settle_list(type, from, memory, place); break;
        case kind::map: settle_map(from, memory, place); break;
        case kind::structure: settle(*type.structure, from, memory, place); break;
        case kind::sequence: break;  // answers only
    }
}

}  // namespace

void settle(const structure_table& table, const plain_value& from, arena& memory, void* structure) {
    for (std::size_t i = 0; i < table.members.size(); ++i) {
        const member_table& member = table.members[i];
        if (!from.inner[i].present) continue;
        settle_value(*member.type, from.inner[i], memory, member.make(structure));
    }
}

}  // namespace kinetide::wire
