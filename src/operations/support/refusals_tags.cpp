// Refusals about tags.

#include "refusal_text.hpp"

namespace kinetide::operations::refusals {

refusal tags_unreadable() {
    return {
        invalid_argument,
        "Some tags contain invalid characters. Valid characters: Unicode letters, digits, "
        "white space, _ . / = + - % @."};
}
refusal tags_illegal(std::string_view stream, std::string_view account) {
    return {
        invalid_argument,
        text(
            "Failed to add tags to stream ",
            stream,
            " under account ",
            account,
            " because some tags contained illegal characters. The allowed characters are "
            "Unicode letters, white-spaces, '_',',','/','=','+','-','@'.")};
}
// chosen
refusal tag_reserved(std::string_view key) {
    return {
        invalid_argument,
        text("Tag key ", key, " is invalid: keys that begin with aws: are reserved.")};
}
refusal too_many_tags(std::string_view stream, std::string_view account) {
    return {
        invalid_argument,
        text(
            "Failed to add tags to stream ",
            stream,
            " under account ",
            account,
            " because a given stream cannot have more than 10 tags associated with it.")};
}

}  // namespace kinetide::operations::refusals
