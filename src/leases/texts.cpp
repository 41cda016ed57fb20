#include "texts.hpp"

namespace kinetide::leases::texts {
namespace {

constexpr std::string_view validation = "ValidationException";
constexpr std::string_view not_found = "ResourceNotFoundException";
constexpr std::string_view in_use = "ResourceInUseException";

std::string joined(std::initializer_list<std::string_view> pieces) {
    std::string out;
    for (const std::string_view piece : pieces) out.append(piece);
    return out;
}

}  // namespace

refusal table_missing() { return {not_found, "Requested resource not found"}; }
refusal table_missing(std::string_view table) {
    return {not_found, joined({"Requested resource not found: Table: ", table, " not found"})};
}
refusal table_exists(std::string_view table) {
    return {in_use, joined({"Table already exists: ", table})};
}
refusal index_missing(std::string_view index) {
    return {validation, joined({"The table does not have the specified index: ", index})};
}
refusal index_exists(std::string_view index) {
    return {validation, joined({"Attempting to create an index which already exists: ", index})};
}

refusal condition_failed() {
    return {"ConditionalCheckFailedException", "The conditional request failed"};
}
refusal not_valid(std::string_view what) { return {validation, std::string(what)}; }
refusal parameter_invalid(std::string_view what) {
    return {validation, joined({"One or more parameter values were invalid: ", what})};
}
refusal member_missing(std::string_view member) {
    return {
        validation,
        joined({"The parameter '", member, "' is required but was not present in the request"})};
}
refusal member_of_another_type(std::string_view member) {
    return {"SerializationException", joined({"The member ", member, " has an unexpected type"})};
}
refusal unreadable() { return {"SerializationException", {}}; }

refusal not_served(std::string_view what) {
    return {
        validation,
        joined(
            {"Kinetide serves the part of DynamoDB in which Kinesis clients keep their leases, "
             "and ",
             what,
             " is not in it: point this client at another DynamoDB (AWS_ENDPOINT_URL_DYNAMODB)"})};
}

refusal key_missing(std::string_view attribute) {
    return parameter_invalid(joined({"Missing the key ", attribute, " in the item"}));
}
refusal key_does_not_match() {
    return {validation, "The provided key element does not match the schema"};
}
refusal key_is_fixed(std::string_view attribute) {
    return parameter_invalid(
        joined({"Cannot update attribute ", attribute, ". This attribute is part of the key"}));
}
refusal key_type_mismatch(
    std::string_view attribute, std::string_view expected, std::string_view actual) {
    return parameter_invalid(joined(
        {"Type mismatch for key ", attribute, " expected: ", expected, " actual: ", actual}));
}
refusal item_too_large(bool by_update) {
    return {
        validation,
        by_update ? "Item size to update has exceeded the maximum allowed size"
                  : "Item size has exceeded the maximum allowed size"};
}

}  // namespace kinetide::leases::texts
