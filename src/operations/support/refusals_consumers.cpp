// Refusals about consumers.

#include "refusal_text.hpp"

namespace kinetide::operations::refusals {

// chosen
refusal consumer_not_found(std::string_view name, std::string_view account) {
    return {not_found, text("Consumer ", name, ", account ", account, " not found.")};
}
refusal consumer_not_active(
    std::string_view name, instant created, const engine::stream_id& stream) {
    return {
        in_use,
        text(
            "Consumer ",
            name,
            " with creation timestamp ",
            created.seconds(),
            " under stream ",
            stream.name,
            " and account ",
            stream.tenant.account_id,
            " is not in ACTIVE status.")};
}
refusal consumers_in_the_way(const engine::stream_id& stream) {
    return {
        in_use,
        text(
            "DeleteStream can't delete ",
            stream.tenant.account_id,
            ":",
            stream.name,
            " because there are consumers associated with this data stream. To delete ",
            stream.name,
            " anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of "
            "all the consumers that are associated with it.")};
}

}  // namespace kinetide::operations::refusals
