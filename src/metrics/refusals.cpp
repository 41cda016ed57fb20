#include "refusals.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <kinetide/metrics/protocol.hpp>

namespace kinetide::metrics {
namespace {

constexpr std::string_view invalid_parameter_value = "InvalidParameterValueException";
constexpr std::string_view invalid_combination = "InvalidParameterCombinationException";
constexpr std::string_view missing_parameter = "MissingRequiredParameterException";

// Shapes whose code differs from their name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> query_codes{{
    {invalid_parameter_value, "InvalidParameterValue"},
    {invalid_combination, "InvalidParameterCombination"},
    {missing_parameter, "MissingParameter"},
    {"InternalServiceFault", "InternalServiceError"},
    {"UnknownOperationException", "InvalidAction"},
    {"IncompleteSignatureException", "IncompleteSignature"},
    {"MissingAuthenticationTokenException", "MissingAuthenticationToken"},
}};

std::string text(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) out.append(part);
    return out;
}

// The beginning of what a peer sent.  XML, JSON and a log take it whatever it was.
std::string shown(std::string_view value) {
    constexpr std::size_t shown_max = 100;
    std::string out(value.substr(0, shown_max));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return out;
}

}  // namespace

std::string_view query_code(std::string_view code) {
    const auto* const found = std::find_if(
        query_codes.begin(), query_codes.end(), [&](const auto& c) { return c.first == code; });
    return found == query_codes.end() ? code : found->second;
}

namespace refusals {

refusal missing(std::string_view parameter) {
    return {missing_parameter, text({"The parameter ", parameter, " is required."})};
}

refusal invalid_value(std::string_view parameter, std::string_view value) {
    return invalid(
        text({"The value ", shown(value), " for parameter ", parameter, " is invalid."}));
}

refusal not_ascii(std::string_view parameter, std::string_view value) {
    return invalid(text(
        {"The value ",
         shown(value),
         " for parameter ",
         parameter,
         " contains non-ASCII characters."}));
}

refusal not_matching(std::string_view parameter, std::string_view value, std::string_view pattern) {
    return invalid(text(
        {"The value ",
         shown(value),
         " for parameter ",
         parameter,
         " is not matching the expected pattern ",
         pattern,
         "."}));
}

refusal invalid(std::string message) { return {invalid_parameter_value, std::move(message)}; }

refusal combination(std::string message) { return {invalid_combination, std::move(message)}; }

refusal too_many(std::string_view collection, std::size_t count_max) {
    return invalid(text(
        {"The collection ",
         collection,
         " must not have a size greater than ",
         std::to_string(count_max),
         "."}));
}

refusal too_long(std::string_view parameter, std::size_t length_max) {
    return invalid(text(
        {"The parameter ",
         parameter,
         " must be shorter than ",
         std::to_string(length_max + 1),
         " characters."}));
}

refusal both(std::string_view one, std::string_view other) {
    return combination(text(
        {"The parameters ",
         one,
         " and ",
         other,
         " are mutually exclusive and you have specified both."}));
}

refusal invalid_token() {
    return {"InvalidNextToken", "The next token is not one that an answer gave."};
}

refusal malformed() {
    return {
        "SerializationException",
        "The body is not a request of this protocol, or is nested too deeply."};
}

refusal not_served(std::string_view operation) {
    return {
        "UnknownOperationException",
        text(
            {"Kinetide does not serve ",
             shown(operation),
             " of CloudWatch; it serves PutMetricData, GetMetricData, GetMetricStatistics and "
             "ListMetrics."})};
}

}  // namespace refusals
}  // namespace kinetide::metrics
