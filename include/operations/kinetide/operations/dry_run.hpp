// DryRun of the data calls: all checks, nothing done.
#pragma once

#include <kinetide/operations/operation.hpp>
#include <kinetide/operations/refusals.hpp>

namespace kinetide::operations {

// What a dry run that passed answers.  The calls that have it share one rate of each stream's.
inline refusal dry_run(const call& c, engine::stream& stream) {
    const bool counted = c.engine.settings().limits == engine::limits_profile::aws;
    if (counted && !stream.rates().admit("DryRun", 1, c.now)) {
        return refusals::dry_run_rate_exceeded(stream.id());
    }
    return refusals::dry_run_passed();
}

}  // namespace kinetide::operations
