// Refusals about consumers.

#include <kinetide/engine/limits.hpp>

#include "refusal_text.hpp"

namespace kinetide::operations::refusals {
namespace {

// As the service names a subscription.
std::string subscription(
    std::string_view consumer, shard_id shard, const engine::stream_id& stream) {
    return text(stream.tenant.account_id, ":", stream.name, ":", shard.text(), ":", consumer);
}

}  // namespace

// chosen
refusal no_consumer_named() {
    return {
        invalid_argument,
        "Either ConsumerARN or both StreamARN and ConsumerName should be provided."};
}
// chosen
refusal two_consumers_named(std::string_view arn, std::string_view member, std::string_view value) {
    return {
        invalid_argument,
        text("ConsumerARN ", arn, " and ", member, " ", value, " name different consumers.")};
}
// chosen
refusal not_a_consumer_arn(std::string_view arn) {
    return {invalid_argument, text("ConsumerARN ", arn, " is not the ARN of a consumer.")};
}
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
// chosen
refusal consumer_exists(std::string_view name, const engine::stream_id& stream) {
    return {
        in_use,
        text(
            "Consumer ",
            name,
            " under stream ",
            stream.name,
            " and account ",
            stream.tenant.account_id,
            " already exists.")};
}
// chosen
refusal too_many_consumers(const engine::stream_id& stream, std::int64_t limit) {
    return {
        limit_exceeded,
        text(
            "This request would exceed the limit on the number of consumers of stream ",
            named(stream),
            ". Limit: ",
            limit,
            ".")};
}
// chosen
refusal too_many_consumers_creating(const engine::stream_id& stream) {
    return {
        limit_exceeded,
        text(
            "This request would exceed the limit on the number of consumers that can "
            "simultaneously be in CREATING for stream ",
            named(stream),
            ". Limit: ",
            limits::consumers_creating_max,
            ".")};
}
refusal subscribed_already(
    std::string_view consumer, shard_id shard, const engine::stream_id& stream) {
    return {
        in_use,
        text(
            "Another active subscription exists for this consumer: ",
            subscription(consumer, shard, stream))};
}
// chosen
refusal subscribed_too_often(
    std::string_view consumer, shard_id shard, const engine::stream_id& stream) {
    return {
        limit_exceeded,
        text(
            "Rate exceeded for consumer ",
            consumer,
            " and shard ",
            shard.text(),
            in_stream(stream),
            ".")};
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
