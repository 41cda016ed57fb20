// Scenarios that do for many operations.
#pragma once

#include "scenarios.hpp"

namespace kinetide::testing::scenarios {

// The stream has just been deleted, consumers and all.
std::string of_a_deleted_stream(const std::string& operation, wire::form form);
// The stream is still CREATING.
std::string while_creating(const std::string& operation, wire::form form);
// An ARN that satisfies the model and is no resource's.
std::string of_an_arn_of_nothing(const std::string& operation, wire::form form);
// The ARN of a stream of another account, which has no policy.
std::string of_another_account(const std::string& operation, wire::form form);
// One call more in an instant than AWS allows in a second.
std::string too_often(const std::string& operation, wire::form form);
// A member breaks its bounds.
std::string with_a_bad_stream_id(const std::string& operation, wire::form form);
std::string as_a_dry_run(const std::string& operation, wire::form form);
// A page's token is older than 300 s.
std::string with_an_old_token(const std::string& operation, wire::form form);
// The disk has failed.
std::string without_a_journal(const std::string& operation, wire::form form);

}  // namespace kinetide::testing::scenarios
