// What is asked here beside Kinesis: pages, and the small services that its clients expect to find.
// Each has a desk; the first that knows a request answers it.
#pragma once

#include <optional>
#include <string_view>

#include <kinetide/http/message.hpp>

#include "request_note.hpp"
#include "worker_counts.hpp"

namespace kinetide::service {

struct visit {
    const http::request& asked;
    std::string_view request_id;  // of the answer's x-amzn-RequestId, which the service adds
    request_note* note;           // nullptr when nobody reads it
};

// Any thread.
class desk {
public:
    virtual ~desk() = default;

    [[nodiscard]] virtual neighbour part_of() const { return neighbour::page; }

    // Nothing when the request is another's.
    virtual std::optional<http::response> answer(const visit& v) = 0;
};

}  // namespace kinetide::service
