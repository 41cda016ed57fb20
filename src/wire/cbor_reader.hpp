// The fast pass's reader of CBOR; the same calls, and the same promises, as json_reader.  A length
// or count that the peer claims is believed only as far as bytes are there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <kinetide/base/blob.hpp>
#include <kinetide/wire/arena.hpp>

#include "cbor_head.hpp"
#include "fill.hpp"

namespace kinetide::wire {

class cbor_reader {
public:
    struct scope {
        bool indefinite = false;
        std::uint64_t left = 0;
    };

    cbor_reader(std::string_view body, arena& memory)
        : at_(body.data()), end_(body.data() + body.size()), memory_(memory) {}

    bool enter_object(scope& s) { return enter(s, cbor_major::map); }
    bool enter_list(scope& s) { return enter(s, cbor_major::array); }
    step next_member(scope& s, std::string_view& name);
    step next_element(scope& s);

    bool null();
    bool text(std::string_view& out);
    bool blob(blob_view& out);
    bool boolean(bool& out);
    bool integer(std::int64_t& out);
    bool time(std::int64_t& ms);
    bool skip();
    [[nodiscard]] bool finish() const { return at_ == end_; }

private:
    bool enter(scope& s, cbor_major container);
    bool string(const cbor_head& head, std::string_view& out);
    bool string_in_chunks(cbor_major major, std::string_view& out);

    const char* at_;
    const char* end_;
    arena& memory_;
    int depth_ = 0;
    std::size_t values_ = 1;
};

}  // namespace kinetide::wire
