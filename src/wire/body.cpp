#include <kinetide/wire/body.hpp>

#include <algorithm>

#include "cbor_out.hpp"
#include "encoder.hpp"
#include "json_out.hpp"
#include "sinks.hpp"

namespace kinetide::wire {
namespace {

// Smaller elements are not worth the trouble.
constexpr std::size_t undivided_bytes_max = std::size_t{64} << 10U;

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
    const member_table* last = table.members.empty() ? nullptr : &table.members.back();
    const bool pauses = last != nullptr && last->type->what == kind::sequence;
    const void* const at = pauses ? last->find(value) : nullptr;
    counting_sink counter;
    with_encoder(form_, counter, [&](auto walker) {
        if (at == nullptr) return walker.structure(table, value);
        element_ = last->type->element;
        walker.open_body(table, value);
        bool first = true;
        const auto all = last->type->open(at);
        while (const void* const element = all->next()) {
            const std::uint64_t before = counter.written();
            walker.element(*element_, element, first);
            largest_ = std::max(largest_, counter.written() - before);
            first = false;
        }
        walker.close_body();
    });
    size_ = counter.written();
    if (at != nullptr) rest_ = last->type->open(at);
}

bool body::next(std::string& out, std::size_t wanted) {
    if (stage_ == stage::done) return false;
    if (stage_ == stage::head) {
        string_sink sink(out);
        with_encoder(form_, sink, [&](auto walker) {
            if (element_ == nullptr) return walker.structure(*table_, value_);
            walker.open_body(*table_, value_);
        });
        wanted -= std::min(wanted, sink.written());
        stage_ = element_ == nullptr ? stage::done : stage::elements;
    }
    if (stage_ == stage::elements) {
        if (divided_ != nullptr || largest_ > std::max(wanted, undivided_bytes_max)) {
            next_divided(out, std::max(wanted, undivided_bytes_max));
        } else {
            next_elements(out, wanted);
        }
    }
    return stage_ != stage::done;
}

void body::next_elements(std::string& out, std::size_t wanted) {
    string_sink sink(out);
    with_encoder(form_, sink, [&](auto walker) {
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
}

// Writes the same element again for each piece of it, and shows only that piece.
void body::next_divided(std::string& out, std::size_t wanted) {
    const std::size_t end = out.size() + wanted;
    while (out.size() < end) {
        if (divided_ == nullptr) {
            divided_ = rest_->next();
            if (divided_ == nullptr) {
                string_sink sink(out);
                with_encoder(form_, sink, [&](auto walker) { walker.close_body(); });
                stage_ = stage::done;
                return;
            }
            divided_given_ = 0;
        }
        const std::size_t start = out.size();
        window_sink sink(out, divided_given_, end - start);
        with_encoder(
            form_, sink, [&](auto walker) { walker.element(*element_, divided_, first_element_); });
        divided_given_ += out.size() - start;
        if (divided_given_ < sink.written()) return;
        divided_ = nullptr;
        first_element_ = false;
    }
}

}  // namespace kinetide::wire
