// The fast pass: from a reader straight into typed values, over tables.  One template for both wire
// forms, compiled once for each reader.
//
// It answers only "good" or "unsure".  A member given twice, null in a list, a value of another
// type, a broken constraint: all of these are unsure, and the plain pass decides.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>

#include <kinetide/base/blob.hpp>
#include <kinetide/base/clock.hpp>
#include <kinetide/wire/arena.hpp>
#include <kinetide/wire/list.hpp>
#include <kinetide/wire/table.hpp>

#include "checks.hpp"
#include "number.hpp"

namespace kinetide::wire {

// What a reader found where another member or element may stand.
enum class step { item, end, unsure };

template <class Reader>
class filler {
public:
    filler(Reader& in, arena& memory) : in_(in), memory_(memory) {}

    bool structure(const structure_table& table, void* place) {
        typename Reader::scope scope;
        if (!in_.enter_object(scope)) return false;
        std::uint64_t met = 0;
        std::uint64_t present = 0;
        std::size_t expected = 0;
        std::string_view name;
        step s = step::item;
        while ((s = in_.next_member(scope, name)) == step::item) {
            const std::size_t index = find_member(table, name, expected);
            if (index == not_found) {
                if (!in_.skip()) return false;
                continue;
            }
            const std::uint64_t bit = std::uint64_t{1} << index;
            if ((met & bit) != 0) return false;
            met |= bit;
            expected = index + 1;
            if (in_.null()) continue;
            const member_table& member = table.members[index];
            if (!value(*member.type, member.limits, member.make(place))) return false;
            present |= bit;
        }
        return s == step::end && (table.required & ~present) == 0;
    }

private:
    using pair = map::value_type;

    bool value(const type_table& type, const member_constraints& limits, void* place) {
        switch (type.what) {
            case kind::list: return list(type, limits, place);
            case kind::map: return text_map(limits, place);
            case kind::structure: return structure(*type.structure, place);
            default: return scalar(type, limits.own, place);
        }
    }

    bool scalar(const type_table& type, const constraints& limits, void* place) {
        switch (type.what) {
            case kind::text: {
                auto& text = *static_cast<std::string_view*>(place);
                return in_.text(text) && text_satisfies(limits, text);
            }
            case kind::blob: {
                auto& blob = *static_cast<blob_view*>(place);
                return in_.blob(blob) && size_satisfies(limits, blob.size);
            }
            case kind::boolean: return in_.boolean(*static_cast<bool*>(place));
            case kind::integer: {
                std::int64_t number = 0;
                if (!in_.integer(number)) return false;
                const std::int32_t bounded = bounded_integer(number);
                std::memcpy(place, &bounded, sizeof bounded);
                return number_satisfies(limits, bounded);
            }
            case kind::long_integer: {
                std::int64_t number = 0;
                if (!in_.integer(number)) return false;
                std::memcpy(place, &number, sizeof number);
                return number_satisfies(limits, number);
            }
            case kind::time: {
                std::int64_t ms = 0;
                if (!in_.time(ms)) return false;
                *static_cast<instant*>(place) = instant{bounded_ms(ms)};
                return true;
            }
            case kind::enumeration: {
                std::string_view name;
                if (!in_.text(name)) return false;
                const std::size_t index = find_name(type, name);
                if (index == not_found) return false;
                type.select(place, index);
                return true;
            }
            default: return false;
        }
    }

    // Elements are bytes to move: they are trivially copyable (describe.hpp).
    bool list(const type_table& type, const member_constraints& limits, void* place) {
        typename Reader::scope scope;
        if (!in_.enter_list(scope)) return false;
        const type_table& element = *type.element;
        char* elements = nullptr;
        std::size_t size = 0;
        std::size_t capacity = 0;
        step s = step::item;
        while ((s = in_.next_element(scope)) == step::item) {
            if (in_.null()) return false;
            if (size == capacity) {
                capacity = std::max<std::size_t>(capacity * 2, 8);
                auto* const moved = static_cast<char*>(
                    memory_.allocate(capacity * type.element_size, type.element_alignment));
                if (size > 0) std::memcpy(moved, elements, size * type.element_size);
                elements = moved;
            }
            char* const at = elements + size * type.element_size;
            type.construct(at);
            const bool good = element.what == kind::structure ? structure(*element.structure, at)
                                                              : scalar(element, limits.inner, at);
            if (!good) return false;
            ++size;
        }
        type.assign(place, elements, size);
        return s == step::end && size_satisfies(limits.own, size);
    }

    bool text_map(const member_constraints& limits, void* place) {
        typename Reader::scope scope;
        if (!in_.enter_object(scope)) return false;
        pair* entries = nullptr;
        std::size_t size = 0;
        std::size_t capacity = 0;
        pair entry;
        step s = step::item;
        while ((s = in_.next_member(scope, entry.first)) == step::item) {
            if (!in_.text(entry.second) || !text_satisfies(limits.inner, entry.first) ||
                !text_satisfies(limits.values, entry.second)) {
                return false;
            }
            if (size == capacity) {
                capacity = std::max<std::size_t>(capacity * 2, 8);
                pair* const moved = make_array<pair>(capacity);
                std::uninitialized_copy_n(entries, size, moved);
                entries = moved;
            }
            new (entries + size) pair(entry);
            ++size;
        }
        if (s != step::end || has_twins(entries, size)) return false;
        *static_cast<map*>(place) = map(entries, size);
        return size_satisfies(limits.own, size);
    }

    bool has_twins(const pair* entries, std::size_t size) {
        auto* const keys = make_array<std::string_view>(size);
        for (std::size_t i = 0; i < size; ++i) {
            new (keys + i) std::string_view(entries[i].first);
        }
        std::sort(keys, keys + size);
        return std::adjacent_find(keys, keys + size) != keys + size;
    }

    template <class T>
    T* make_array(std::size_t size) {
        return static_cast<T*>(memory_.allocate(size * sizeof(T), alignof(T)));
    }

    Reader& in_;
    arena& memory_;
};

}  // namespace kinetide::wire
