// From a request to its operation and back: the service's order of checks, first hit wins.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <kinetide/engine/engine.hpp>
#include <kinetide/http/message.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/service/service.hpp>

#include "counts.hpp"
#include "push.hpp"
#include "request_note.hpp"

namespace kinetide::service {

// Whether the request names an operation of this API, known or not.
[[nodiscard]] bool names_kinesis(const http::request& r);

// Any thread.
class dispatcher {
public:
    // `failures` are what puts and gets are to meet, nullptr for none; `c` is who counts, nullptr
    // for nobody.
    dispatcher(
        engine::engine& e,
        auth_mode auth,
        engine::tenant_id defaults,
        operations::random_failures* failures = nullptr,
        counts* c = nullptr);

    // On the thread of `home`, where the connection lives.  `note` is filled when someone will read
    // it, else nullptr.
    http::response answer(const http::request& r, http::home& home, request_note* note);

    // The engine's clock has been moved.
    void clock_moved() { pushes_.clock_moved(); }

private:
    // How a request came.
    struct arrival {
        http::home& home;
        request_note* note;
        worker_counts* counts;
        std::chrono::steady_clock::time_point at;
    };

    http::response answer_post(
        const operations::operation* op, const http::request& r, const arrival& came);
    http::response run(
        const operations::operation& op, wire::form f, const http::request& r, const arrival& came);

    engine::engine& engine_;
    const auth_mode auth_;
    const engine::tenant_id defaults_;
    operations::random_failures* const failures_;
    counts* const counts_;
    pushes pushes_;
};

}  // namespace kinetide::service
