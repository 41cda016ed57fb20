// Refusals about tags, and about naming what bears them.

#include "refusal_text.hpp"

namespace kinetide::operations::refusals {
namespace {

// "stream <S> under account <acct>"
std::string described(const tag_bearer& b) {
    return text(b.kind, " ", b.name, " under account ", b.account);
}

constexpr std::string_view illegal_characters =
    " because some tags contained illegal characters. The allowed characters are Unicode letters, "
    "white-spaces, '_',',','/','=','+','-','@'.";

}  // namespace

// chosen
refusal not_a_resource_arn(std::string_view arn) {
    return {
        invalid_argument,
        text("ResourceARN ", arn, " is not the ARN of a stream, consumer, channel or queue.")};
}
// chosen
refusal resource_not_found(std::string_view arn) {
    return {not_found, text("Resource ", arn, " not found.")};
}

refusal tags_unreadable() {
    return {
        invalid_argument,
        "Some tags contain invalid characters. Valid characters: Unicode letters, digits, "
        "white space, _ . / = + - % @."};
}
refusal tags_to_add_illegal(const tag_bearer& bearer) {
    return {
        invalid_argument, text("Failed to add tags to ", described(bearer), illegal_characters)};
}
refusal tags_to_remove_illegal(const tag_bearer& bearer) {
    return {
        invalid_argument,
        text("Failed to remove tags from ", described(bearer), illegal_characters)};
}
// chosen
refusal tag_reserved(std::string_view key) {
    return {
        invalid_argument,
        text("Tag key ", key, " is invalid: keys that begin with aws: are reserved.")};
}
refusal too_many_tags(const tag_bearer& bearer) {
    // The 10 is the service's, from when it was the limit (observed).
    return {
        invalid_argument,
        text(
            "Failed to add tags to ",
            described(bearer),
            " because a given ",
            bearer.kind,
            " cannot have more than 10 tags associated with it.")};
}

}  // namespace kinetide::operations::refusals
