// What each operation does with a stream that is CREATING, UPDATING or DELETING.

#include <map>

#include "hostile_requests.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(states);

// The error's type in each state; empty where the call is carried out.
struct answers {
    std::string creating;
    std::string updating;
    std::string deleting;
};

const std::string in_use = "ResourceInUseException";
const std::string no_such = "ResourceNotFoundException";

const answers always{"", "", ""};
const answers when_active{in_use, in_use, in_use};
const answers with_shards{in_use, "", in_use};
const answers with_records{no_such, "", no_such};

const std::map<std::string, answers> expected{
    {"AddTagsToStream", when_active},
    {"CreateStream", always},
    {"DecreaseStreamRetentionPeriod", when_active},
    {"DeleteResourcePolicy", when_active},
    {"DeleteStream", {"", "", in_use}},
    {"DescribeAccountSettings", always},
    {"DescribeLimits", always},
    {"DescribeStream", always},
    {"DescribeStreamSummary", always},
    {"DisableEnhancedMonitoring", when_active},
    {"EnableEnhancedMonitoring", when_active},
    {"GetResourcePolicy", with_shards},
    {"GetShardIterator", {no_such, "", ""}},
    {"IncreaseStreamRetentionPeriod", when_active},
    {"ListShards", with_shards},
    {"ListStreamConsumers", with_shards},
    {"ListStreams", always},
    {"ListTagsForResource", with_shards},
    {"ListTagsForStream", always},
    {"MergeShards", when_active},
    {"PutRecord", with_records},
    {"PutRecords", with_records},
    {"PutResourcePolicy", when_active},
    {"RegisterStreamConsumer", when_active},
    {"RemoveTagsFromStream", when_active},
    {"SplitShard", when_active},
    {"StartStreamEncryption", when_active},
    {"StopStreamEncryption", when_active},
    {"TagResource", when_active},
    {"UntagResource", when_active},
    {"UpdateAccountSettings", always},
    {"UpdateMaxRecordSize", when_active},
    {"UpdateShardCount", when_active},
    {"UpdateStreamMode", when_active},
    {"UpdateStreamRecordDistributionStrategy", when_active},
    {"UpdateStreamWarmThroughput", when_active},
};

class in_state : public service_kit {
public:
    in_state(wire::form form, const std::string& status) : service_kit(form, slow_transitions()) {
        create_stream("orders", {.shards = 2});
        if (status == "CREATING") return;
        clock.advance_ms(500);
        const json orders = {{"StreamName", "orders"}};
        json longer = orders;
        longer["RetentionPeriodHours"] = 25;
        const bool updating = status == "UPDATING";
        const reply r =
            updating ? call("IncreaseStreamRetentionPeriod", longer) : call("DeleteStream", orders);
        EXPECT_TRUE(r.ok()) << r.message;
        EXPECT_EQ(summary("orders")["StreamStatus"], status);
    }
};

TEST_P(states, decide_what_each_operation_does) {
    for (const victim& v : victims("", "")) {
        const auto found = expected.find(v.operation);
        if (found == expected.end()) continue;
        const std::vector<std::pair<std::string, std::string>> by_state{
            {"CREATING", found->second.creating},
            {"UPDATING", found->second.updating},
            {"DELETING", found->second.deleting}};
        for (const auto& [status, code] : by_state) {
            in_state busy(GetParam(), status);
            const reply r = busy.call(v.operation, v.body);
            EXPECT_EQ(r.error_code, code) << v.operation << " while " << status << ' ' << r.message;
            if (code == in_use && v.operation != "ListShards") {
                EXPECT_EQ(r.message, not_active("orders", status)) << v.operation;
            }
        }
    }
}

// What works on a consumer or an iterator has its own states, tested with its operation.
TEST_P(states, are_known_for_every_operation) {
    std::vector<std::string> others;
    for (const victim& v : victims("", "")) {
        if (expected.count(v.operation) == 0) others.push_back(v.operation);
    }
    EXPECT_EQ(
        others,
        (std::vector<std::string>{
            "DeregisterStreamConsumer",
            "DescribeStreamConsumer",
            "GetRecords",
            "SubscribeToShard"}));
}

TEST_P(states, leave_nothing_of_a_stream_to_the_next_of_its_name) {
    service.create_stream("orders", {.shards = 2, .retention_hours = 48});
    service.put("orders", "a", "old");
    const std::string old_iterator = service.iterator("orders", "TRIM_HORIZON");
    const json orders = {{"StreamName", "orders"}};
    json body = orders;
    body["Tags"] = {{"team", "a"}};
    service.call("AddTagsToStream", body);
    const json app = {{"StreamARN", arn_of("orders")}, {"ConsumerName", "app"}};
    service.call("RegisterStreamConsumer", app);
    json page = orders;
    page["MaxResults"] = 1;
    const std::string old_token = service.call("ListShards", page).body["NextToken"];
    body = orders;
    body["EnforceConsumerDeletion"] = true;
    ASSERT_TRUE(service.call("DeleteStream", body).ok());
    service.create_stream("orders", {.shards = 2});

    EXPECT_TRUE(refused(
        service.read(old_iterator),
        "ResourceNotFoundException",
        no_such_shard("shardId-000000000000", "orders")));
    EXPECT_EQ(
        service.call("ListShards", {{"NextToken", old_token}}).error_code,
        "ResourceNotFoundException");
    EXPECT_TRUE(service.all_data("orders").empty());
    EXPECT_EQ(service.summary("orders")["RetentionPeriodHours"], 24);
    EXPECT_EQ(service.summary("orders")["ConsumerCount"], 0);
    EXPECT_EQ(service.call("ListTagsForStream", orders).body["Tags"], json::array());
}

}  // namespace
}  // namespace kinetide::testing
