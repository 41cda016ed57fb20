// UpdateAccountSettings: begins or ends the commitment to a minimum throughput.  It holds for a day
// at least: DISABLED before that ends it at the day's end, and ENABLED again takes that back.

#include <limits>

#include <kinetide/engine/limits.hpp>
#include <kinetide/operations/account.hpp>
#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {
namespace {

struct commitment_input {
    commitment_request status = commitment_request::disabled;

    static constexpr auto shape() {
        return wire::structure(wire::member("Status", &commitment_input::status));
    }
};

struct input {
    commitment_input commitment;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("MinimumThroughputBillingCommitment", &input::commitment));
    }
};

engine::billing_commitment changed(
    engine::billing_commitment b, commitment_request wanted, instant now) {
    const bool holds = status_of(b, now) != commitment_status::disabled;
    if (wanted == commitment_request::enabled) {
        if (!holds) b = {now, now + limits::commitment_ms_min, std::nullopt};
        b.ends_at.reset();
    } else if (holds && !b.ends_at) {
        b.ends_at = std::max(now, b.earliest_end);
    }
    return b;
}

// What is warm needs the commitment.
std::optional<refusal> warm_stream_refusal(const call& c) {
    const auto all = c.engine.list(c.caller, "", std::numeric_limits<std::size_t>::max());
    for (const auto& s : all) {
        if (s->settings().warm_mib_per_s != 0) return refusals::commitment_in_use(s->id());
    }
    return std::nullopt;
}

result<account_settings> handle(const input& in, call& c) {
    const engine::control_lock control = c.engine.control();
    const engine::billing_commitment present = c.engine.commitment(c.caller);
    const engine::billing_commitment wanted = changed(present, in.commitment.status, c.now);
    if (wanted.ends_at && !present.ends_at) {
        if (auto in_use = warm_stream_refusal(c)) return *in_use;
    }
    const engine::commitment_changed change{c.caller, wanted};
    if (!c.engine.commit(control, change, c.answer_after)) return refusals::journal_failed();
    return describe_account(c);
}

}  // namespace

operation update_account_settings() {
    return define<&handle>("UpdateAccountSettings", per_account(5));
}

}  // namespace kinetide::operations
