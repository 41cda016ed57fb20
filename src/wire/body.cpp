#include <kinetide/wire/body.hpp>

#include "cbor_out.hpp"
#include "encoder.hpp"
#include "json_out.hpp"
#include "sinks.hpp"

namespace kinetide::wire {
namespace {

template <class Sink, class Walk>
void with_encoder(form f, Sink& sink, Walk walk) {
    if (f == form::json) {
        walk(encoder<json_out<Sink>, Sink>(sink));
    } else {
        walk(encoder<cbor_out<Sink>, Sink>(sink));
    }
}

}  // namespace

body::~body() = default;

void body::start(const structure_table& table, const void* value) {
    table_ = &table;
    value_ = value;
    counting_sink counter;
    with_encoder(form_, counter, [&](auto walker) { walker.structure(table, value); });
    size_ = counter.written();

    if (table.members.empty()) return;
    const member_table& last = table.members.back();
    const void* const at = last.type->what == kind::sequence ? last.find(value) : nullptr;
    if (at == nullptr) return;
    element_ = last.type->element;
    rest_ = last.type->open(at);
}

bool body::next(std::string& out, std::size_t wanted) {
    if (stage_ == stage::done) return false;
    string_sink sink(out);
    with_encoder(form_, sink, [&](auto walker) {
        if (element_ == nullptr) {
            walker.structure(*table_, value_);
            stage_ = stage::done;
            return;
        }
        if (stage_ == stage::head) {
            walker.open_body(*table_, value_);
            stage_ = stage::elements;
        }
        do {
            const void* const element = rest_->next();
            if (element == nullptr) {
                walker.close_body();
                stage_ = stage::done;
                return;
            }
            walker.element(*element_, element, first_element_);
            first_element_ = false;
        } while (sink.written() < wanted);
    });
    return stage_ != stage::done;
}

}  // namespace kinetide::wire
