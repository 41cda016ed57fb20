// The walk that encodes: over tables and values, to any form and any sink.  Compiled four times,
// for all shapes together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include <kinetide/base/blob.hpp>
#include <kinetide/base/clock.hpp>
#include <kinetide/wire/list.hpp>
#include <kinetide/wire/table.hpp>

namespace kinetide::wire {

template <class Out, class Sink>
class encoder {
public:
    explicit encoder(Sink& sink) : out_(sink) {}

    void structure(const structure_table& table, const void* from) {
        open_structure(table, from);
        bool first = true;
        for (const member_table& m : table.members) first = !member(m, from, first) && first;
        out_.close_structure();
    }

    // The structure up to and into its last member, a sequence that is present.
    void open_body(const structure_table& table, const void* from) {
        open_structure(table, from);
        bool first = true;
        const member_table& last = table.members.back();
        for (const member_table& m : table.members.first(table.members.size() - 1)) {
            first = !member(m, from, first) && first;
        }
        out_.name(last.name, first);
        out_.open_sequence();
    }
    void element(const type_table& type, const void* from, bool first) {
        out_.separate(first);
        value(type, from);
    }
    void close_body() {
        out_.close_sequence();
        out_.close_structure();
    }

private:
    void open_structure(const structure_table& table, const void* from) {
        std::size_t present = 0;
        if constexpr (Out::wants_counts) {
            for (const member_table& m : table.members) {
                if (m.find(from) != nullptr) ++present;
            }
        }
        out_.open_structure(present);
    }

    // False when it has no value.
    bool member(const member_table& m, const void* from, bool first) {
        const void* const at = m.find(from);
        if (at == nullptr) return false;
        out_.name(m.name, first);
        value(*m.type, at);
        return true;
    }

    void value(const type_table& type, const void* at) {
        switch (type.what) {
            case kind::text: text(type, at); break;
            case kind::blob: out_.blob(*static_cast<const blob_view*>(at)); break;
            case kind::boolean: out_.boolean(*static_cast<const bool*>(at)); break;
            case kind::integer: out_.number(load<std::int32_t>(at)); break;
            case kind::long_integer: out_.number(load<std::int64_t>(at)); break;
            case kind::time: out_.time(*static_cast<const instant*>(at)); break;
            case kind::enumeration: out_.text(type.names[type.index(at)]); break;
            case kind::list: list(type, at); break;
            case kind::map: text_map(*static_cast<const map*>(at)); break;
            case kind::structure: structure(*type.structure, at); break;
            case kind::sequence: sequence(type, at); break;
        }
    }

    // By bytes: `long` and `long long` are different types of one size.
    template <class Number>
    static Number load(const void* at) {
        Number number = 0;
        std::memcpy(&number, at, sizeof number);
        return number;
    }

    // Text types need no escapes (shape.hpp), and need not be written to be counted.
    void text(const type_table& type, const void* at) {
        if (type.text_size == nullptr) {
            out_.text(type.text(at, nullptr));
        } else if constexpr (Sink::counts_only) {
            out_.count_plain_text(type.text_size(at));
        } else {
            out_.written_text([&](char* to) { return type.text(at, to).size(); });
        }
    }

    void list(const type_table& type, const void* at) {
        const element_run run = type.elements(at);
        const auto* element_at = static_cast<const char*>(run.first);
        out_.open_list(run.size);
        for (std::size_t i = 0; i < run.size; ++i, element_at += type.element_size) {
            element(*type.element, element_at, i == 0);
        }
        out_.close_list();
    }

    void text_map(const map& entries) {
        out_.open_structure(entries.size());
        bool first = true;
        for (const auto& [name, entry] : entries) {
            out_.key(name, first);
            out_.text(entry);
            first = false;
        }
        out_.close_structure();
    }

    void sequence(const type_table& type, const void* at) {
        const std::unique_ptr<element_cursor> rest = type.open(at);
        out_.open_sequence();
        bool first = true;
        while (const void* next = rest->next()) {
            element(*type.element, next, first);
            first = false;
        }
        out_.close_sequence();
    }

    Out out_;
};

}  // namespace kinetide::wire
