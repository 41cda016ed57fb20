#include <kinetide/wire/encode.hpp>

#include <kinetide/wire/shape.hpp>

#include "cbor_out.hpp"
#include "encoder.hpp"
#include "json_out.hpp"
#include "sinks.hpp"

namespace kinetide::wire {
namespace {

struct error_body {
    std::string_view type;
    const std::string* message;
    bool capital_message;
};

template <class Out>
void write_error(const error_body& e, Out out) {
    out.open_structure(e.message == nullptr ? 1 : 2);
    out.name("__type", true);
    out.text(e.type);
    if (e.message != nullptr) {
        out.name(e.capital_message ? "Message" : "message", false);
        out.text(*e.message);
    }
    out.close_structure();
}

}  // namespace

namespace detail {

void encode(form f, const structure_table& table, const void* value, std::string& out) {
    string_sink sink(out);
    if (f == form::json) {
        encoder<json_out<string_sink>, string_sink>(sink).structure(table, value);
    } else {
        encoder<cbor_out<string_sink>, string_sink>(sink).structure(table, value);
    }
}

}  // namespace detail

std::string encode_error(
    form f, std::string_view type, const std::string* message, bool capital_message) {
    std::string out;
    {
        string_sink sink(out);
        const error_body e{type, message, capital_message};
        if (f == form::json) {
            write_error(e, json_out<string_sink>(sink));
        } else {
            write_error(e, cbor_out<string_sink>(sink));
        }
    }
    return out;
}

}  // namespace kinetide::wire
