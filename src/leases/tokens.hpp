// An expression in pieces.
#pragma once

#include <string_view>

namespace kinetide::leases {

class tokens {
public:
    explicit tokens(std::string_view text) : text_(text) { next(); }

    // A word, `#word` or `:word`, a sign such as `<=` or `(`, or one character that belongs
    // nowhere; empty at the end.
    [[nodiscard]] std::string_view now() const { return now_; }
    void next();

    // Whether the token is this word in any case; the grammar's words may be written so.
    [[nodiscard]] bool at_word(std::string_view upper) const;
    // Steps over the sign if it is there.
    bool take(std::string_view sign);
    bool take_word(std::string_view upper);

    // What the texts show of where an expression went wrong.
    [[nodiscard]] std::string_view near() const;

private:
    std::string_view text_;
    std::size_t end_ = 0;
    std::string_view now_;
};

}  // namespace kinetide::leases
