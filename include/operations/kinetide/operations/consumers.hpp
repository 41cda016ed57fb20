// Registered consumers (enhanced fan-out): how requests name them and answers show them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <kinetide/engine/consumers.hpp>
#include <kinetide/operations/enums.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/stream_reference.hpp>

namespace kinetide::operations {

// A consumer as RegisterStreamConsumer and ListStreamConsumers tell it.
struct consumer_shape {
    std::string name;
    std::string arn;
    engine::consumer_status status = engine::consumer_status::creating;
    instant created;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("ConsumerName", &consumer_shape::name),
            wire::member("ConsumerARN", &consumer_shape::arn),
            wire::member("ConsumerStatus", &consumer_shape::status),
            wire::member("ConsumerCreationTimestamp", &consumer_shape::created));
    }
};

consumer_shape describe(const engine::stream_id& stream, const engine::consumer& c);

std::string consumer_arn_of(
    const engine::stream_id& stream, std::string_view name, instant created);

// ConsumerARN, or StreamARN and ConsumerName, or all three.
struct consumer_reference {
    std::optional<std::string_view> stream_arn;
    std::optional<std::string_view> name;
    std::optional<std::string_view> arn;
    std::optional<std::string_view> id;

    static constexpr auto shape() {
        return wire::structure(
            wire::member(
                "StreamARN",
                &consumer_reference::stream_arn,
                patterns::stream_arn,
                wire::length{1, 2048}),
            wire::member(
                "ConsumerName", &consumer_reference::name, patterns::name, wire::length{1, 128}),
            wire::member(
                "ConsumerARN",
                &consumer_reference::arn,
                patterns::consumer_arn,
                wire::length{1, 2048}),
            wire::member(
                "StreamId", &consumer_reference::id, patterns::stream_id, wire::length{1, 24}));
    }
};

struct found_consumer {
    std::shared_ptr<engine::stream> stream;
    engine::consumer consumer;
};

// The consumer in whatever status.  Refuses a reference that names none, or two different ones, or
// another account's that this call may not reach.
result<found_consumer> find_consumer(const call& c, const consumer_reference& r);

}  // namespace kinetide::operations
