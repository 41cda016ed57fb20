#include <kinetide/wire/decode.hpp>
#include <kinetide/wire/passes.hpp>

#include "cbor_reader.hpp"
#include "fill.hpp"
#include "json_reader.hpp"
#include "plain.hpp"
#include "tree.hpp"

namespace kinetide::wire {
namespace {

template <class Reader>
bool fill(std::string_view body, arena& memory, const structure_table& table, void* out) {
    Reader reader(body, memory);
    return filler<Reader>(reader, memory).structure(table, out) && reader.finish();
}

std::optional<tree> parse(form f, std::string_view body, arena& memory) {
    return f == form::json ? tree_of_json(body, memory) : tree_of_cbor(body, memory);
}

}  // namespace

namespace detail {

bool decode_fast(
    form f, std::string_view body, arena& memory, const structure_table& table, void* out) {
    return f == form::json ? fill<json_reader>(body, memory, table, out)
                           : fill<cbor_reader>(body, memory, table, out);
}

std::optional<failure> decode_plainly(
    form f, std::string_view body, arena& memory, const structure_table& table, void* out) {
    const std::optional<tree> t = parse(f, body, memory);
    if (!t) return failure{failure_kind::unparsable, {}};

    plain_value value;
    if (auto bad = convert(f, *t, table, memory, value)) {
        return failure{failure_kind::serialization, std::move(bad->message)};
    }
    if (auto words = describe_violations(table, value)) {
        return failure{failure_kind::validation, std::move(*words)};
    }
    settle(table, value, memory, out);
    return std::nullopt;
}

std::optional<failure> decode(
    form f,
    std::string_view body,
    arena& memory,
    const structure_table& table,
    void* out,
    void (*reset)(void* out)) {
    if (decode_fast(f, body, memory, table, out)) return std::nullopt;
    reset(out);
    return decode_plainly(f, body, memory, table, out);
}

}  // namespace detail

bool parses_to_object(form f, std::string_view body) {
    arena memory;
    return parse(f, body, memory).has_value();
}

}  // namespace kinetide::wire
