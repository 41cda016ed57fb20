#include <kinetide/operations/account.hpp>

namespace kinetide::operations {

commitment_status status_of(const engine::billing_commitment& b, instant now) {
    if (!b.started_at) return commitment_status::disabled;
    if (!b.ends_at) return commitment_status::enabled;
    return *b.ends_at > now ? commitment_status::enabled_until_earliest_end
                            : commitment_status::disabled;
}

bool is_committed(const call& c, const engine::tenant_id& tenant) {
    return status_of(c.engine.commitment(tenant), c.now) != commitment_status::disabled;
}

account_settings describe_account(const call& c) {
    const engine::billing_commitment b = c.engine.commitment(c.caller);
    commitment_shape out;
    out.status = status_of(b, c.now);
    out.started_at = b.started_at;
    if (out.status == commitment_status::disabled) {
        out.ended_at = b.ends_at;
    } else {
        out.earliest_allowed_end = b.earliest_end;
    }
    return {out};
}

}  // namespace kinetide::operations
