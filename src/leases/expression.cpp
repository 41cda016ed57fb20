#include "expression.hpp"

#include <array>
#include <set>
#include <utility>

#include "texts.hpp"
#include "tokens.hpp"

namespace kinetide::leases {
namespace {

using test = condition::test;
using action = attribute_change::action;

struct comparison {
    std::string_view sign;
    test is;
};
constexpr std::array<comparison, 6> comparisons{{
    {"=", test::equal},
    {"<>", test::unequal},
    {"<", test::less},
    {"<=", test::less_or_equal},
    {">", test::greater},
    {">=", test::greater_or_equal},
}};

class parser {
public:
    parser(std::string_view member, std::string_view text, placeholders& p)
        : member_(member), at_(text), placeholders_(p) {}

    result<condition> whole_condition() {
        auto all = any_of(0);
        if (!all) return all;
        if (!at_.now().empty()) return syntax_error();
        return all;
    }

    result<std::vector<attribute_change>> whole_update() {
        std::vector<attribute_change> changes;
        while (!at_.now().empty()) {
            if (at_.at_word("ADD") || at_.at_word("DELETE")) {
                return texts::not_served("ADD or DELETE in an UpdateExpression");
            }
            const bool sets = at_.at_word("SET");
            if (!sets && !at_.at_word("REMOVE")) return syntax_error();
            at_.next();
            do {
                auto one = sets ? assignment() : removal();
                if (!one) return one.error();
                changes.push_back(std::move(*one));
            } while (at_.take(","));
        }
        if (changes.empty()) return syntax_error();
        if (auto no = overlap(changes)) return *no;
        return changes;
    }

    result<std::vector<std::string>> whole_list() {
        std::vector<std::string> names;
        do {
            auto one = name();
            if (!one) return one.error();
            names.push_back(std::move(*one));
        } while (at_.take(","));
        if (!at_.now().empty()) return syntax_error();
        return names;
    }

private:
    [[nodiscard]] refusal invalid(const std::string& why) const {
        return texts::not_valid("Invalid " + std::string(member_) + ": " + why);
    }
    [[nodiscard]] refusal syntax_error() const {
        const std::string token(at_.now().empty() ? "<EOF>" : at_.now());
        return invalid(
            "Syntax error; token: \"" + token + "\", near: \"" + std::string(at_.near()) + "\"");
    }

    [[nodiscard]] std::optional<refusal> overlap(
        const std::vector<attribute_change>& changes) const {
        std::set<std::string_view> seen;
        for (const attribute_change& change : changes) {
            if (seen.insert(change.attribute).second) continue;
            const std::string path = "[" + change.attribute + "]";
            return invalid(
                "Two document paths overlap with each other; must remove or rewrite one of these "
                "paths; path one: " +
                path + ", path two: " + path);
        }
        return std::nullopt;
    }

    result<condition> any_of(int depth) { return chain(depth, "OR", test::any); }

    // Parts joined by one of the words; AND binds closer than OR.
    result<condition> chain(int depth, std::string_view word, test joined) {
        condition all{joined, {}, {}, {}};
        do {
            auto one = joined == test::any ? chain(depth, "AND", test::all) : factor(depth);
            if (!one) return one;
            all.parts.push_back(std::move(*one));
        } while (at_.take_word(word));
        if (all.parts.size() > 1) return all;
        condition only = std::move(all.parts.front());
        return only;
    }

    result<condition> factor(int depth) {
        if (depth == expression_depth_max) return invalid("The expression is nested too deeply");
        if (at_.take_word("NOT")) {
            auto one = factor(depth + 1);
            if (!one) return one;
            return condition{test::none, {}, {}, {std::move(*one)}};
        }
        if (at_.take("(")) {
            auto inner = any_of(depth + 1);
            if (inner && !at_.take(")")) return syntax_error();
            return inner;
        }
        if (at_.now() == "attribute_exists") return function(test::exists);
        if (at_.now() == "attribute_not_exists") return function(test::absent);
        return compared();
    }

    result<condition> function(test is) {
        at_.next();
        if (!at_.take("(")) return syntax_error();
        auto attribute = name();
        if (!attribute) return attribute.error();
        if (!at_.take(")")) return syntax_error();
        return condition{is, std::move(*attribute), {}, {}};
    }

    result<condition> compared() {
        auto attribute = name();
        if (!attribute) return attribute.error();
        if (at_.now() == "(") return texts::not_served("the function " + *attribute);
        if (at_.at_word("BETWEEN") || at_.at_word("IN")) {
            return texts::not_served(std::string(at_.now()) + " in a " + std::string(member_));
        }
        for (const comparison& one : comparisons) {
            if (!at_.take(one.sign)) continue;
            auto wanted = defined_value();
            if (!wanted) return wanted.error();
            return condition{one.is, std::move(*attribute), std::move(*wanted), {}};
        }
        return syntax_error();
    }

    result<attribute_change> assignment() {
        auto attribute = name();
        if (!attribute) return attribute.error();
        if (!at_.take("=")) return syntax_error();
        if (!at_.now().starts_with(':')) {
            return texts::not_served("SET of anything but one value (`name = :value`)");
        }
        auto wanted = defined_value();
        if (!wanted) return wanted.error();
        if (at_.now() == "+" || at_.now().starts_with('-')) {
            return texts::not_served("a sum in SET");
        }
        return attribute_change{action::set, std::move(*attribute), std::move(*wanted)};
    }

    result<attribute_change> removal() {
        auto attribute = name();
        if (!attribute) return attribute.error();
        return attribute_change{action::remove, std::move(*attribute), {}};
    }

    // A plain name or `#name`.
    result<std::string> name() {
        const std::string word(at_.now());
        if (word.find_first_of(".[") != std::string::npos) {
            return texts::not_served("a path into a value (" + word + ")");
        }
        if (word.starts_with('#')) {
            const auto defined = placeholders_.name(word);
            if (!defined) {
                return invalid(
                    "An expression attribute name used in the document path is not defined; "
                    "attribute name: " +
                    word);
            }
            at_.next();
            return std::string(*defined);
        }
        const bool letter =
            !word.empty() && (word[0] == '_' || (word[0] >= 'a' && word[0] <= 'z') ||
                              (word[0] >= 'A' && word[0] <= 'Z'));
        if (!letter || word.find('-') != std::string::npos) return syntax_error();
        at_.next();
        return word;
    }

    result<value> defined_value() {
        const std::string word(at_.now());
        if (!word.starts_with(':')) {
            if (word.empty()) return syntax_error();
            return texts::not_served("a comparison with anything but a value (`name = :value`)");
        }
        const value defined = placeholders_.value(word);
        if (!defined) {
            return invalid(
                "An expression attribute value used in expression is not defined; attribute "
                "value: " +
                word);
        }
        at_.next();
        return defined;
    }

    const std::string_view member_;
    tokens at_;
    placeholders& placeholders_;
};

std::optional<refusal> length_refusal(std::string_view member, std::string_view text) {
    const std::string start = "Invalid " + std::string(member) + ": ";
    if (text.empty()) return texts::not_valid(start + "The expression can not be empty;");
    if (text.size() <= expression_bytes_max) return std::nullopt;
    return texts::not_valid(
        start + "Expression size has exceeded the maximum allowed size; expression size: " +
        std::to_string(text.size()));
}

}  // namespace

result<condition> parse_condition(std::string_view member, std::string_view text, placeholders& p) {
    if (auto no = length_refusal(member, text)) return *no;
    return parser(member, text, p).whole_condition();
}

result<std::vector<attribute_change>> parse_update(std::string_view text, placeholders& p) {
    constexpr std::string_view member = "UpdateExpression";
    if (auto no = length_refusal(member, text)) return *no;
    return parser(member, text, p).whole_update();
}

result<std::vector<std::string>> parse_projection(std::string_view text, placeholders& p) {
    constexpr std::string_view member = "ProjectionExpression";
    if (auto no = length_refusal(member, text)) return *no;
    return parser(member, text, p).whole_list();
}

}  // namespace kinetide::leases
