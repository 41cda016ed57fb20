// Scenarios of one operation, or of a few that are alike.
#pragma once

#include "scenarios.hpp"

namespace kinetide::testing::scenarios {

std::string of_a_name_that_is_taken(const std::string& operation, wire::form form);
std::string while_deleting(const std::string& operation, wire::form form);
std::string on_demand(const std::string& operation, wire::form form);
std::string provisioned_without_a_count(const std::string& operation, wire::form form);
std::string automatic_and_provisioned(const std::string& operation, wire::form form);
std::string without_members(const std::string& operation, wire::form form);
std::string with_a_damaged_token(const std::string& operation, wire::form form);
std::string of_another_status(const std::string& operation, wire::form form);
// Warm throughput needs the commitment that is about to end.
std::string with_warm_throughput_in_use(const std::string& operation, wire::form form);
std::string beyond_the_shard_limit(const std::string& operation, wire::form form);
std::string to_more_than_double(const std::string& operation, wire::form form);
std::string thrice_a_day(const std::string& operation, wire::form form);
// The 26th of either in 24 hours.  One is started long before it is stopped, so that of 26 starts
// only 25 lie within the last day.
std::string too_often_a_day(const std::string& operation, wire::form form);
std::string six_times(const std::string& operation, wire::form form);
std::string with_an_old_iterator(const std::string& operation, wire::form form);
std::string of_two_large_records(const std::string& operation, wire::form form);
// Told of the record, not of the call.
std::string of_one_large_record_too_many(const std::string& operation, wire::form form);
// Within the 5 s of the first.
std::string a_second_time(const std::string& operation, wire::form form);
std::string twice_at_once(const std::string& operation, wire::form form);
std::string by_another_account(const std::string& operation, wire::form form);
std::string from_a_number_of_another_shard(const std::string& operation, wire::form form);
std::string with_a_malformed_key(const std::string& operation, wire::form form);

}  // namespace kinetide::testing::scenarios
