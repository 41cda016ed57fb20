// The fast pass's reader of JSON: pulls one value after the other out of the body, and holds to the
// JSON grammar also where a value is skipped.  False (or step::unsure) means that the plain pass
// must look; nothing may be asked afterwards.
//
// Texts without escapes view the body; others, and decoded base64, lie in the arena.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <kinetide/base/blob.hpp>
#include <kinetide/wire/arena.hpp>

#include "fill.hpp"

namespace kinetide::wire {

class json_reader {
public:
    // An object or list that has been entered.
    struct scope {
        bool first = true;
    };

    json_reader(std::string_view body, arena& memory)
        : at_(body.data()), end_(body.data() + body.size()), memory_(memory) {
        skip_blanks();
    }

    bool enter_object(scope&) { return enter('{'); }
    bool enter_list(scope&) { return enter('['); }
    // The name of the next member, and on to its value.
    step next_member(scope& s, std::string_view& name);
    step next_element(scope& s);

    // Takes the value only when it is null.
    bool null() { return take_word("null"); }
    bool text(std::string_view& out);
    bool blob(blob_view& out);
    bool boolean(bool& out);
    bool integer(std::int64_t& out);
    bool time(std::int64_t& ms);
    bool skip();
    // Nothing but blanks is left.
    bool finish();

private:
    [[nodiscard]] char now() const { return at_ != end_ ? *at_ : '\0'; }
    void skip_blanks();
    bool enter(char opening);
    step next(scope& s, char closing);
    bool take_word(std::string_view word);
    bool skip_text();
    bool skip_number();
    bool text_with_escapes(const char* start, const char* escape, std::string_view& out);

    const char* at_;
    const char* end_;
    arena& memory_;
    int depth_ = 0;
    std::size_t values_ = 1;
};

}  // namespace kinetide::wire
