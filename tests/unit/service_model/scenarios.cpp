#include "scenarios.hpp"

#include <algorithm>

#include "general_scenarios.hpp"
#include "own_scenarios.hpp"

namespace kinetide::testing {
namespace {

template <class Row>
const Row* find(
    const std::vector<Row>& all, const std::string& operation, const std::string& error) {
    const Row* general = nullptr;
    for (const Row& row : all) {
        if (row.error != error) continue;
        if (row.operations.empty()) general = &row;
        const auto& own = row.operations;
        if (std::find(own.begin(), own.end(), operation) != own.end()) return &row;
    }
    return general;
}

}  // namespace

const std::vector<scenario>& all_scenarios() {
    using namespace scenarios;
    static const std::vector<scenario> all{
        {"AccessDeniedException", of_another_account, {}},
        {"AccessDeniedException", by_another_account, {"SubscribeToShard"}},
        {"DryRunOperationException", as_a_dry_run, {}},
        {"ExpiredIteratorException", with_an_old_iterator, {}},
        {"ExpiredNextTokenException", with_an_old_token, {}},
        {"InternalFailureException",
         without_a_journal,
         {"DeleteResourcePolicy",
          "PutRecord",
          "PutResourcePolicy",
          "TagResource",
          "UntagResource"}},
        {"InvalidArgumentException", of_an_arn_of_nothing, {}},
        {"InvalidArgumentException", automatic_and_provisioned, {"CreateStream"}},
        {"InvalidArgumentException", with_a_damaged_token, {"ListStreams"}},
        {"InvalidArgumentException",
         without_members,
         {"DeregisterStreamConsumer", "DescribeStreamConsumer"}},
        {"InvalidArgumentException", with_warm_throughput_in_use, {"UpdateAccountSettings"}},
        {"InvalidArgumentException", from_a_number_of_another_shard, {"SubscribeToShard"}},
        {"KMSNotFoundException", with_a_malformed_key, {"StartStreamEncryption"}},
        {"LimitExceededException", too_often, {}},
        {"LimitExceededException", beyond_the_shard_limit, {"CreateStream"}},
        {"LimitExceededException", twice_at_once, {"SubscribeToShard"}},
        {"LimitExceededException", thrice_a_day, {"UpdateStreamMode"}},
        {"LimitExceededException",
         too_often_a_day,
         {"StartStreamEncryption", "StopStreamEncryption"}},
        {"LimitExceededException", to_more_than_double, {"UpdateShardCount"}},
        {"ProvisionedThroughputExceededException", six_times, {"GetRecords", "GetShardIterator"}},
        {"ProvisionedThroughputExceededException", of_two_large_records, {"PutRecord"}},
        {"ProvisionedThroughputExceededException", of_one_large_record_too_many, {"PutRecords"}},
        {"ResourceInUseException", while_creating, {}},
        {"ResourceInUseException",
         of_a_name_that_is_taken,
         {"CreateStream", "RegisterStreamConsumer"}},
        {"ResourceInUseException", while_deleting, {"DeleteStream"}},
        {"ResourceInUseException", a_second_time, {"SubscribeToShard"}},
        {"ResourceNotFoundException", of_a_deleted_stream, {}},
        {"ValidationException", with_a_bad_stream_id, {}},
        {"ValidationException", provisioned_without_a_count, {"CreateStream"}},
        {"ValidationException", on_demand, {"MergeShards", "SplitShard", "UpdateShardCount"}},
        {"ValidationException", of_another_status, {"UpdateAccountSettings"}}};
    return all;
}

const std::vector<unreachable>& all_unreachable() {
    static const std::string no_keys = "no key service: every well-formed key is there and enabled";
    static const std::vector<unreachable> all{
        {"InternalFailureException",
         "only a defect gives it: the call reads, and reading does not fail",
         {"GetRecords", "GetResourcePolicy", "GetShardIterator", "ListTagsForResource"}},
        {"InternalFailureException",
         "told of each record, as InternalFailure, in an answer that succeeds",
         {"PutRecords"}},
        {"KMSAccessDeniedException", no_keys, {}},
        {"KMSDisabledException", no_keys, {}},
        {"KMSInvalidStateException", no_keys, {}},
        {"KMSNotFoundException", no_keys, {"GetRecords", "PutRecord", "PutRecords"}},
        {"KMSOptInRequired", no_keys, {}},
        {"KMSThrottlingException", no_keys, {}}};
    return all;
}

const scenario* find_scenario(const std::string& operation, const std::string& error) {
    return find(all_scenarios(), operation, error);
}

const unreachable* find_unreachable(const std::string& operation, const std::string& error) {
    return find(all_unreachable(), operation, error);
}

}  // namespace kinetide::testing
