// From a request to its operation and back: the service's order of checks, first hit wins.
#pragma once

#include <string>
#include <string_view>

#include <kinetide/engine/engine.hpp>
#include <kinetide/http/message.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/service/service.hpp>

#include "push.hpp"
#include "request_note.hpp"

namespace kinetide::service {

// Whether the request names an operation of this API, known or not.
[[nodiscard]] bool names_kinesis(const http::request& r);

// Any thread.
class dispatcher {
public:
    // `failures` are what puts and gets are to meet, nullptr for none.
    dispatcher(
        engine::engine& e,
        auth_mode auth,
        engine::tenant_id defaults,
        operations::random_failures* failures = nullptr);

    // On the thread of `home`, where the connection lives.  `note` is filled when someone will read
    // it, else nullptr.
    http::response answer(const http::request& r, http::home& home, request_note* note);

    // The engine's clock has been moved.
    void clock_moved() { pushes_.clock_moved(); }

private:
    http::response answer_post(const http::request& r, http::home& home, request_note* note);
    http::response run(
        const operations::operation& op,
        wire::form f,
        const http::request& r,
        http::home& home,
        request_note* note);

    engine::engine& engine_;
    const auth_mode auth_;
    const engine::tenant_id defaults_;
    operations::random_failures* const failures_;
    pushes pushes_;
};

}  // namespace kinetide::service
