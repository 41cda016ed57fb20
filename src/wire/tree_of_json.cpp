// nlohmann's parser judges the grammar; what it takes differently from Kinesis is smoothed before:
// it ends the document at a NUL, refuses lone surrogates, and refuses numbers that a double cannot
// hold.

#include <cmath>
#include <cstdlib>
#include <string>

#include <nlohmann/json.hpp>

#include "escapes.hpp"
#include "number.hpp"
#include "text.hpp"
#include "tree.hpp"

namespace kinetide::wire {
namespace {

// A number is never longer than this without a reason to look closer.
constexpr std::size_t harmless_number_size = 300;

// Beyond 64 bits, and within a double.  Shorter than any number that it replaces, "1e999" at least.
constexpr std::string_view huge_number = "9e99";

bool overflows(std::string_view number) {
    const bool has_exponent = number.find_first_of("eE") != std::string_view::npos;
    if (!has_exponent && number.size() <= harmless_number_size) return false;
    return std::isinf(std::strtod(std::string(number).c_str(), nullptr));
}

// Both replacements keep their places in the text.
class smoother {
public:
    explicit smoother(std::string& body) : at_(body.data()), end_(body.data() + body.size()) {}

    void run() {
        while (at_ != end_) {
            if (*at_ == '"') {
                ++at_;
                text();
            } else if (*at_ == '-' || (*at_ >= '0' && *at_ <= '9')) {
                number();
            } else {
                ++at_;
            }
        }
    }

private:
    void text() {
        while (at_ != end_ && *at_ != '"') {
            if (*at_ != '\\') {
                ++at_;
                continue;
            }
            const escape_sequence e = read_escape(at_, end_);
            if (e.behind == nullptr) return;  // the parser will say so
            if (e.lone_surrogate) {
                static_assert(lone_surrogate_becomes == 0x3f);
                std::string_view("\\u003f").copy(at_, 6);
            }
            at_ += e.behind - at_;
        }
        if (at_ != end_) ++at_;
    }

    void number() {
        const char* const behind = behind_json_number(at_, end_);
        if (behind == nullptr) {
            ++at_;
            return;
        }
        const std::string_view digits(at_, static_cast<std::size_t>(behind - at_));
        if (overflows(digits)) {
            const bool negative = *at_ == '-';
            for (char* blank = at_ + (negative ? 1 : 0); blank != behind; ++blank) *blank = ' ';
            huge_number.copy(at_ + (negative ? 1 : 0), huge_number.size());
        }
        at_ += behind - at_;
    }

    char* at_;
    char* end_;
};

// Grows the tree; false ends the parse.
class grower {
public:
    explicit grower(tree& t) : tree_(t) {}

    bool null() { return tree_.add({}); }
    bool boolean(bool value) { return tree_.add({.what = node::type::boolean, .truth = value}); }
    bool number_integer(std::int64_t value) { return number(std::to_string(value)); }
    bool number_unsigned(std::uint64_t value) { return number(std::to_string(value)); }
    bool number_float(double, const std::string& digits) { return number(digits); }
    bool string(std::string& value) {
        return tree_.add({.what = node::type::text, .text = tree_.keep(value)});
    }
    bool binary(nlohmann::json::binary_t&) { return false; }
    bool start_object(std::size_t) { return tree_.open(node::type::object); }
    bool end_object() { return tree_.close(); }
    bool start_array(std::size_t) { return tree_.open(node::type::list); }
    bool end_array() { return tree_.close(); }
    bool key(std::string& name) {
        tree_.name_next(tree_.keep(name));
        return true;
    }
    static bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) {
        return false;
    }

private:
    bool number(std::string_view digits) {
        return tree_.add(
            {.what = node::type::number,
             .whole = floor_of_json_number(digits, 0),
             .ms = bounded_ms(floor_of_json_number(digits, 3))});
    }

    tree& tree_;
};

}  // namespace

std::optional<tree> tree_of_json(std::string_view body, arena& memory) {
    if (body.find('\0') != std::string_view::npos) return std::nullopt;
    std::string smooth(body);
    smoother(smooth).run();
    tree t(memory);
    grower g(t);
    if (!nlohmann::json::sax_parse(smooth, &g) || !t.top_is_object()) return std::nullopt;
    return t;
}

}  // namespace kinetide::wire
