#include <kinetide/operations/policy_document.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include <kinetide/engine/limits.hpp>
#include <kinetide/model/names.hpp>
#include <kinetide/operations/refusals.hpp>
#include <kinetide/wire/decode.hpp>

namespace kinetide::operations {
namespace {

using json = nlohmann::json;

// Brackets and braces outside of texts.  The parser's tree is destroyed level by level, so its
// depth is judged before there is one.
bool is_too_deep(std::string_view text) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\') {
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '{' || c == '[')) {
            if (++depth > wire::depth_max) return true;
        } else if (!quoted && (c == '}' || c == ']')) {
            --depth;
        }
    }
    return false;
}

// A text, or a list of texts that is not empty; nothing when it is neither.
std::optional<std::vector<std::string>> texts_in(const json& element) {
    if (element.is_string()) return std::vector<std::string>{element.get<std::string>()};
    const bool texts =
        element.is_array() && !element.empty() &&
        std::all_of(element.begin(), element.end(), [](const json& e) { return e.is_string(); });
    if (!texts) return std::nullopt;
    return element.get<std::vector<std::string>>();
}

// root, user/<path and name> or role/<path and name>, of the characters that IAM has for them.
bool is_identity(std::string_view text) {
    if (text == "root") return true;
    const bool named = text.starts_with("user/") || text.starts_with("role/");
    if (!named || text.back() == '/') return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        constexpr std::string_view marks = "/+=,@";
        return is_name_text({&c, 1}) || marks.find(c) != std::string_view::npos;
    });
}

// <12 digits> or arn:aws*:iam::<12 digits>:<identity>
std::optional<std::string> account_of(std::string_view principal) {
    if (is_account_id(principal)) return std::string(principal);
    constexpr std::string_view head = "arn:";
    constexpr std::string_view service = ":iam::";
    constexpr std::size_t digits = 12;
    const auto at = principal.find(service);
    if (!principal.starts_with(head) || at == std::string_view::npos) return std::nullopt;
    const std::string_view partition = principal.substr(head.size(), at - head.size());
    const std::string_view rest = principal.substr(at + service.size());
    const std::string_view account = rest.substr(0, digits);
    const bool known = partition.starts_with("aws") && is_name_text(partition);
    if (!known || !is_account_id(account) || !rest.substr(digits).starts_with(':')) {
        return std::nullopt;
    }
    if (!is_identity(rest.substr(digits + 1))) return std::nullopt;
    return std::string(account);
}

// Reads one element of a statement into it.
using element_reader = std::optional<refusal> (*)(const json& element, policy_statement& out);

std::optional<refusal> read_sid(const json& element, policy_statement&) {
    if (!element.is_string()) return refusals::policy_element_invalid("Sid", "a text");
    return std::nullopt;
}

std::optional<refusal> read_effect(const json& element, policy_statement& out) {
    out.allows = element == "Allow";
    if (out.allows || element == "Deny") return std::nullopt;
    return refusals::policy_element_invalid("Effect", "Allow or Deny");
}

std::optional<refusal> read_principal(const json& element, policy_statement& out) {
    const bool of_accounts = element.is_object() && element.size() == 1 && element.contains("AWS");
    const auto principals = of_accounts ? texts_in(element["AWS"]) : std::nullopt;
    if (!principals) {
        return refusals::policy_element_invalid(
            "Principal", "an object whose only member AWS is a text or a list of texts");
    }
    for (const std::string& principal : *principals) {
        auto account = account_of(principal);
        if (!account) return refusals::policy_principal_invalid(principal);
        out.accounts.push_back(std::move(*account));
    }
    return std::nullopt;
}

std::optional<refusal> read_action(const json& element, policy_statement& out) {
    auto actions = texts_in(element);
    if (!actions) return refusals::policy_element_invalid("Action", "a text or a list of texts");
    out.actions = std::move(*actions);
    return std::nullopt;
}

std::optional<refusal> read_resource(const json& element, policy_statement& out) {
    auto resources = texts_in(element);
    if (!resources) {
        return refusals::policy_element_invalid("Resource", "a text or a list of texts");
    }
    out.resources = std::move(*resources);
    return std::nullopt;
}

struct element_rule {
    std::string_view name;
    bool required;
    element_reader read;
};
constexpr element_rule statement_rules[] = {
    {"Sid", false, &read_sid},
    {"Effect", true, &read_effect},
    {"Principal", true, &read_principal},
    {"Action", true, &read_action},
    {"Resource", true, &read_resource}};

bool is_of_statements(std::string_view name) {
    return std::any_of(
        std::begin(statement_rules), std::end(statement_rules), [&](const element_rule& rule) {
            return rule.name == name;
        });
}

result<policy_statement> read_statement(const json& statement) {
    if (!statement.is_object()) {
        return refusals::policy_element_invalid("Statement", "an object or a list of objects");
    }
    policy_statement out;
    std::size_t known = 0;
    for (const element_rule& rule : statement_rules) {
        const auto found = statement.find(rule.name);
        if (found == statement.end()) {
            if (rule.required) return refusals::policy_element_invalid(rule.name, "present");
            continue;
        }
        ++known;
        if (auto bad = rule.read(*found, out)) return *bad;
    }
    if (known == statement.size()) return out;
    // To read over a condition would be to allow more than was meant.
    for (const auto& [name, element] : statement.items()) {
        if (!is_of_statements(name)) return refusals::policy_element_unsupported(name);
    }
    return out;
}

// All but the statements.
std::optional<refusal> frame_refusal(const json& document) {
    for (const auto& [name, element] : document.items()) {
        if (name == "Version") {
            if (element == "2012-10-17" || element == "2008-10-17") continue;
            return refusals::policy_element_invalid("Version", "2012-10-17 or 2008-10-17");
        }
        if (name == "Id") {
            if (element.is_string()) continue;
            return refusals::policy_element_invalid("Id", "a text");
        }
        if (name != "Statement") return refusals::policy_element_unsupported(name);
    }
    if (!document.contains("Statement") || document["Statement"].empty()) {
        return refusals::policy_element_invalid("Statement", "an object or a list of objects");
    }
    return std::nullopt;
}

bool contains(const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

result<policy_document> policy_document::parse(std::string_view text) {
    if (text.size() > limits::policy_bytes_max) {
        return refusals::policy_too_long(static_cast<std::int64_t>(text.size()));
    }
    // The parser takes a NUL for the end.
    if (text.find('\0') != std::string_view::npos) return refusals::policy_unreadable();
    if (is_too_deep(text)) return refusals::policy_too_deep();
    const json document = json::parse(text, nullptr, false);
    if (!document.is_object()) return refusals::policy_unreadable();
    if (auto bad = frame_refusal(document)) return *bad;

    const json& element = document["Statement"];
    const json statements = element.is_array() ? element : json::array({element});
    policy_document out;
    for (const json& one : statements) {
        auto statement = read_statement(one);
        if (!statement) return statement.error();
        out.statements.push_back(std::move(*statement));
    }
    return out;
}

verdict policy_document::judge(std::string_view account, std::string_view action) const {
    verdict found = verdict::silent;
    for (const policy_statement& s : statements) {
        if (!contains(s.accounts, account) || !contains(s.actions, action)) continue;
        if (!s.allows) return verdict::denied;
        found = verdict::allowed;
    }
    return found;
}

}  // namespace kinetide::operations
