// The three protocols that CloudWatch is spoken in, as forms around one call: what is asked becomes
// a tree, and an answer or a refusal takes the form of the question.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include <kinetide/base/result.hpp>
#include <kinetide/metrics/value.hpp>

namespace kinetide::metrics {

enum class protocol : std::uint8_t {
    query,  // a form asks, XML answers
    json,   // awsJson1_0
    cbor    // rpc-v2-cbor
};

inline constexpr std::size_t body_bytes_max = std::size_t{1024} * 1024;  // CloudWatch's own

// The members of a request.  In a form all values are texts, and a list is the object `member` with
// the numbers of its elements.  Nothing when the body is not of that protocol, or nested too
// deeply.
[[nodiscard]] std::optional<nlohmann::json> parse(protocol p, std::string_view body);

// The first value of that name in a form, decoded.
[[nodiscard]] std::optional<std::string> form_value(std::string_view form, std::string_view name);

// What gzip has made smaller; nothing when it is damaged or holds more than `bytes_max`.
[[nodiscard]] std::optional<std::string> inflate(std::string_view gzip, std::size_t bytes_max);

// Whose words an answer uses, where the protocol has some.
struct naming {
    std::string_view xml_namespace;
    std::string_view operation;
    std::string_view request_id;
};

// An answer's body.  Without members, a query's answer has no result element.
[[nodiscard]] std::string encode(protocol p, const value_members& answer, const naming& names);
[[nodiscard]] std::string encode_error(protocol p, const refusal& r, const naming& names);
// The code as the query protocol has it: not always the name of the error's shape.
[[nodiscard]] std::string_view query_code(std::string_view code);

// 2026-01-01T00:00:00Z, with or without a fraction or an offset.
[[nodiscard]] std::optional<instant> parse_time(std::string_view text);
[[nodiscard]] std::string time_text(instant t);

}  // namespace kinetide::metrics
