// How requests name what bears tags and policies: by ResourceARN, a stream or one of its consumers.
// Channels and queues have such ARNs too; none exist.
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

struct resource_reference {
    std::string_view arn;
    std::optional<std::string_view> id;  // StreamId: read over

    static constexpr auto shape() {
        return wire::structure(
            wire::member(
                "ResourceARN",
                &resource_reference::arn,
                patterns::resource_arn,
                wire::length{1, 2048}),
            wire::member(
                "StreamId", &resource_reference::id, patterns::stream_id, wire::length{1, 24}));
    }
};

struct resource {
    std::shared_ptr<engine::stream> stream;
    std::optional<engine::consumer> consumer;  // absent: the stream itself

    [[nodiscard]] engine::tag_list tags() const;
    [[nodiscard]] std::string policy() const;  // empty: none
    // As changes name it.
    [[nodiscard]] std::optional<std::string> consumer_name() const;
};

// The resource in whatever status; or AccessDeniedException, as no policy shares the calls that
// name resources, or ResourceNotFoundException.
result<resource> find_resource(const call& c, const resource_reference& r);

// The same, and the stream neither CREATING nor DELETING, or ResourceInUseException.
result<resource> find_settled_resource(const call& c, const resource_reference& r);

// The same, and ACTIVE, or ResourceInUseException.  A consumer is judged by its own status.
result<resource> find_active_resource(const call& c, const resource_reference& r);

}  // namespace kinetide::operations
