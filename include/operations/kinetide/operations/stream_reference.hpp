// How requests name a stream: StreamName, StreamARN or both.  StreamId is accepted and ignored: it
// is reserved, and clients that learned one from AWS send it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <kinetide/base/result.hpp>
#include <kinetide/engine/engine.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/patterns.hpp>

namespace kinetide::operations {

struct stream_reference {
    std::optional<std::string_view> name;
    std::optional<std::string_view> arn;
    std::optional<std::string_view> id;

    static constexpr auto shape() {
        return wire::structure(
            wire::member(
                "StreamName", &stream_reference::name, patterns::name, wire::length{1, 128}),
            wire::member(
                "StreamARN", &stream_reference::arn, patterns::stream_arn, wire::length{1, 2048}),
            wire::member(
                "StreamId", &stream_reference::id, patterns::stream_id, wire::length{1, 24}));
    }
};

// Which stream a reference means, whether or not it exists.
struct named_stream {
    engine::tenant_id tenant;
    std::string name;
};

// Refuses a reference that names nothing, or two different streams, or a stream of another account
// whose policy does not let this call pass.
result<named_stream> resolve(const call& c, const stream_reference& r);
result<named_stream> resolve_arn(const call& c, std::string_view arn);

// The stream in whatever status, or ResourceNotFoundException; or, where the operation has a rate
// of each stream's, LimitExceededException.
result<std::shared_ptr<engine::stream>> find_stream(const call& c, const stream_reference& r);
result<std::shared_ptr<engine::stream>> find_stream(const call& c, const named_stream& n);

// The same, and ACTIVE, or ResourceInUseException.
result<std::shared_ptr<engine::stream>> find_active_stream(
    const call& c, const stream_reference& r);

// Operations that name streams by ARN only.
struct stream_arn_reference {
    std::string_view arn;
    std::optional<std::string_view> id;

    static constexpr auto shape() {
        return wire::structure(
            wire::member(
                "StreamARN",
                &stream_arn_reference::arn,
                patterns::stream_arn,
                wire::length{1, 2048}),
            wire::member(
                "StreamId", &stream_arn_reference::id, patterns::stream_id, wire::length{1, 24}));
    }
    [[nodiscard]] stream_reference reference() const { return {std::nullopt, arn, id}; }
};

}  // namespace kinetide::operations
