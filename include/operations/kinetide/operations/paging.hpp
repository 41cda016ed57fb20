// Paging tokens: signed, bound to account and region, good for 300 seconds.
#pragma once

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {

// Whose listing a token may go on with.
using listing_judge = bool (*)(const call& c, const engine::stream_id& listed);

inline bool is_own_listing(const call& c, const engine::stream_id& listed) {
    return listed.tenant == c.caller;
}

inline result<engine::token> open_next_token(
    const call& c,
    std::string_view text,
    engine::token_kind kind,
    listing_judge may_go_on = &is_own_listing) {
    auto token = c.engine.tokens().open(text, kind);
    if (!token || !may_go_on(c, token->stream)) return refusals::next_token_invalid();
    if (c.now.ms - token->issued.ms > limits::next_token_age_ms_max) {
        return refusals::next_token_expired(token->issued, c.now);
    }
    return std::move(*token);
}

}  // namespace kinetide::operations
