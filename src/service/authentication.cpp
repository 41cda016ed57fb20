#include "authentication.hpp"

#include <algorithm>
#include <array>

#include <kinetide/model/names.hpp>

namespace kinetide::service {
namespace {

constexpr std::string_view incomplete_signature = "IncompleteSignatureException";

std::string_view query_of(const http::request& r) {
    const auto mark = r.target.find('?');
    return mark == std::string_view::npos ? std::string_view{} : r.target.substr(mark + 1);
}

// Takes what stands before the next separator.
std::string_view take_until(std::string_view& text, char separator) {
    const auto end = std::min(text.find(separator), text.size());
    const std::string_view one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return one;
}

// What follows `name=`, when that is what this is and something follows.
std::optional<std::string_view> value_in(std::string_view one, std::string_view name) {
    if (one.size() <= name.size() + 1 || !one.starts_with(name) || one[name.size()] != '=') {
        return std::nullopt;
    }
    return one.substr(name.size() + 1);
}

// Shows the parts of an Authorization header, apart by commas, blanks or both, until `enough` says
// so.
template <class Enough>
void walk_authorization(std::string_view text, Enough enough) {
    while (!text.empty()) {
        for (std::string_view words = take_until(text, ','); !words.empty();) {
            if (enough(take_until(words, ' '))) return;
        }
    }
}

std::optional<std::string_view> credential_in(std::string_view authorization) {
    std::optional<std::string_view> found;
    walk_authorization(authorization, [&](std::string_view one) {
        found = value_in(one, "Credential");
        return found.has_value();
    });
    return found;
}

// What every request is asked for, once through; without a value it counts as missing.
struct demanded_parts {
    bool credential = false;
    bool signature = false;
    bool signed_headers = false;

    explicit demanded_parts(std::string_view authorization) {
        walk_authorization(authorization, [this](std::string_view one) {
            credential = credential || value_in(one, "Credential");
            signature = signature || value_in(one, "Signature");
            signed_headers = signed_headers || value_in(one, "SignedHeaders");
            return credential && signature && signed_headers;
        });
    }
};

std::optional<std::string_view> query_part(const http::request& r, std::string_view name) {
    for (std::string_view rest = query_of(r); !rest.empty();) {
        if (const auto value = value_in(take_until(rest, '&'), name)) return value;
    }
    return std::nullopt;
}

// Whether the query names it at all, with or without a value.
bool query_has(const http::request& r, std::string_view name) {
    for (std::string_view rest = query_of(r); !rest.empty();) {
        const std::string_view one = take_until(rest, '&');
        if (one == name || (one.starts_with(name) && one.substr(name.size()).starts_with('='))) {
            return true;
        }
    }
    return false;
}

std::optional<refusal> header_refusal(const http::request& r, std::string_view authorization) {
    const demanded_parts parts(authorization);
    std::string missing;
    if (!parts.credential) missing += "Authorization header requires 'Credential' parameter. ";
    if (!parts.signature) missing += "Authorization header requires 'Signature' parameter. ";
    if (!parts.signed_headers)
        missing += "Authorization header requires 'SignedHeaders' parameter. ";
    if (!r.find("x-amz-date") && !r.find("date")) {
        missing +=
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    }
    if (missing.empty()) return std::nullopt;
    missing += "Authorization=";
    // A field may have bytes that no text has.
    constexpr unsigned char ascii_max = 0x7e;
    for (const char c : authorization)
        missing += static_cast<unsigned char>(c) > ascii_max ? '?' : c;
    return refusal{incomplete_signature, std::move(missing)};
}

std::optional<refusal> query_refusal(const http::request& r) {
    constexpr std::array<std::string_view, 5> parts{
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Signature",
        "X-Amz-SignedHeaders",
        "X-Amz-Date"};
    std::string missing;
    for (const std::string_view name : parts) {
        if (query_part(r, name)) continue;
        missing.append("AWS query-string parameters must include '").append(name).append("'. ");
    }
    if (missing.empty()) return std::nullopt;
    missing += "Re-examine the query-string parameters.";
    return refusal{incomplete_signature, std::move(missing)};
}

// What stands before the next '/' or its escaped form in a query.
std::string_view take_scope_part(std::string_view& scope) {
    constexpr std::string_view escaped = "%2F";
    const auto plain_at = scope.find('/');
    const auto escaped_at = scope.find(escaped);
    const auto end = std::min({plain_at, escaped_at, scope.size()});
    const std::string_view one = scope.substr(0, end);
    const std::size_t separator = end == escaped_at ? escaped.size() : 1;
    scope.remove_prefix(std::min(end + separator, scope.size()));
    return one;
}

bool is_region(std::string_view text) {
    constexpr std::size_t length_max = 32;
    return !text.empty() && text.size() <= length_max &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

}  // namespace

std::optional<refusal> signature_refusal(const http::request& r) {
    const std::string_view* authorization = r.find("authorization");
    const bool in_query = query_has(r, "X-Amz-Algorithm");
    if (authorization != nullptr && in_query) {
        return refusal{
            "InvalidSignatureException",
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' "
            "as HTTP header."};
    }
    if (authorization != nullptr) return header_refusal(r, *authorization);
    if (in_query) return query_refusal(r);
    return refusal{"MissingAuthenticationTokenException", "Missing Authentication Token"};
}

engine::tenant_id caller_of(const http::request& r, const engine::tenant_id& defaults) {
    std::optional<std::string_view> credential;
    if (const std::string_view* authorization = r.find("authorization")) {
        credential = credential_in(*authorization);
    } else {
        credential = query_part(r, "X-Amz-Credential");
    }
    engine::tenant_id caller = defaults;
    if (!credential) return caller;
    const std::string_view key = take_scope_part(*credential);
    take_scope_part(*credential);  // the date
    const std::string_view region = take_scope_part(*credential);
    if (is_account_id(key)) caller.account_id = key;
    if (is_region(region)) caller.region = region;
    return caller;
}

}  // namespace kinetide::service
