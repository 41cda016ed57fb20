// Refusals by and about resource policies.

#include <kinetide/engine/limits.hpp>
#include <kinetide/wire/decode.hpp>

#include "refusal_text.hpp"

namespace kinetide::operations::refusals {
namespace {

std::string not_authorized(
    std::string_view caller_account, std::string_view operation, std::string_view resource) {
    return text(
        "User: arn:aws:iam::",
        caller_account,
        ":root is not authorized to perform: kinesis:",
        operation,
        " on resource: ",
        resource);
}

}  // namespace

// chosen
refusal access_denied(
    std::string_view caller_account, std::string_view operation, std::string_view resource) {
    return {
        access_denied_code,
        text(
            not_authorized(caller_account, operation, resource),
            " because no resource-based policy allows the kinesis:",
            operation,
            " action")};
}
// chosen
refusal access_denied_by_statement(
    std::string_view caller_account, std::string_view operation, std::string_view resource) {
    return {
        access_denied_code,
        text(
            not_authorized(caller_account, operation, resource),
            " with an explicit deny in a resource-based policy")};
}

// chosen
refusal policy_too_long(std::int64_t bytes) {
    return {
        invalid_argument,
        text(
            "Policy of ",
            bytes,
            " bytes is longer than the maximum of ",
            limits::policy_bytes_max,
            " bytes.")};
}
// chosen
refusal policy_too_deep() {
    return {invalid_argument, text("Policy is nested deeper than ", wire::depth_max, " levels.")};
}
// chosen
refusal policy_unreadable() { return {invalid_argument, "Policy is not a JSON object."}; }
// chosen
refusal policy_element_invalid(std::string_view element, std::string_view what_it_is) {
    return {invalid_argument, text("Policy is malformed: ", element, " must be ", what_it_is, ".")};
}
// chosen
refusal policy_element_unsupported(std::string_view element) {
    return {invalid_argument, text("Policy is malformed: ", element, " is not supported.")};
}
// chosen
refusal policy_principal_invalid(std::string_view principal) {
    return {
        invalid_argument,
        text(
            "Policy is malformed: principal ",
            principal,
            " is neither an account nor the ARN of an account's root, user or role; wildcards are "
            "not supported.")};
}
// chosen
refusal policy_action_invalid(std::string_view action) {
    return {
        invalid_argument,
        text(
            "Policy is malformed: action ",
            action,
            " cannot be shared for this type of resource; wildcards are not supported.")};
}
// chosen
refusal policy_resource_invalid(std::string_view resource, std::string_view arn) {
    return {
        invalid_argument,
        text("Policy is malformed: resource ", resource, " is not the resource ARN ", arn, ".")};
}
// chosen
refusal policy_not_found(std::string_view arn) {
    return {not_found, text("No resource policy found for resource ARN ", arn)};
}

}  // namespace kinetide::operations::refusals
