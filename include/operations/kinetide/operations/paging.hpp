// Paging tokens: signed, bound to account and region, good for 300 seconds.
#pragma once

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {

inline result<engine::token> open_next_token(
    const call& c, std::string_view text, engine::token_kind kind) {
    auto token = c.engine.tokens().open(text, kind);
    if (!token || token->stream.tenant != c.caller) return refusals::next_token_invalid();
    if (c.now.ms - token->issued.ms > limits::next_token_age_ms_max) {
        return refusals::next_token_expired(token->issued, c.now);
    }
    return std::move(*token);
}

}  // namespace kinetide::operations
