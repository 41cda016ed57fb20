// Refusals about consumers.

#include "refusal_text.hpp"

namespace kinetide::operations::refusals {

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
