// Accounts and regions never meet: a thousand streams of the same names in thirty places.

#include <map>

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(tenants);

const std::vector<std::string> regions{"us-east-1", "eu-west-1", "ap-south-1"};
constexpr int accounts = 10;
constexpr int streams_each = 34;  // 1,020 in all

std::string account(int i) { return std::string(11, '1') + std::to_string(i); }
std::string name(int i) { return "stream-" + std::to_string(100 + i); }

template <class Visit>
void everywhere(service_kit& service, Visit visit) {
    for (int a = 0; a < accounts; ++a) {
        for (const std::string& region : regions) {
            service.act_as(account(a), region);
            visit(account(a), region);
        }
    }
}

TEST_P(tenants, list_and_read_their_own_streams_only) {
    everywhere(service, [&](const std::string& who, const std::string& region) {
        for (int i = 0; i < streams_each; ++i) service.create_stream(name(i));
        service.put(name(0), "k", who + region);
    });
    everywhere(service, [&](const std::string& who, const std::string& region) {
        const auto names = service.stream_names();
        ASSERT_EQ(names.size(), static_cast<std::size_t>(streams_each));
        EXPECT_EQ(names.front(), name(0));
        EXPECT_EQ(service.all_data(name(0)), std::vector<std::string>{who + region});
        EXPECT_EQ(service.summary(name(0))["StreamARN"], arn_of(name(0), who, region));
    });
}

TEST_P(tenants, delete_their_own_streams_only) {
    everywhere(service, [&](const auto&, const auto&) { service.create_stream("orders"); });
    service.act_as(account(3), "eu-west-1");
    EXPECT_TRUE(service.call("DeleteStream", {{"StreamName", "orders"}}).ok());
    everywhere(service, [&](const std::string& who, const std::string& region) {
        const bool deleted = who == account(3) && region == "eu-west-1";
        EXPECT_EQ(service.stream_names().size(), deleted ? 0U : 1U);
    });
}

TEST_P(tenants, meet_by_no_iterator_token_or_arn) {
    service.act_as(account(1), "us-east-1");
    service.create_stream("orders", {.shards = 2});
    service.create_stream("other");
    const std::string iterator = service.iterator("orders", "TRIM_HORIZON");
    const std::string shards =
        service.call("ListShards", {{"StreamName", "orders"}, {"MaxResults", 1}}).body["NextToken"];
    const std::string streams = service.call("ListStreams", {{"Limit", 1}}).body["NextToken"];
    for (const auto& [who, region] : std::vector<std::pair<std::string, std::string>>{
             {account(2), "us-east-1"}, {account(1), "eu-west-1"}}) {
        service.act_as(who, region);
        service.create_stream("orders", {.shards = 2});
        EXPECT_TRUE(
            refused(service.read(iterator), "InvalidArgumentException", "Invalid ShardIterator."));
        EXPECT_EQ(
            service.call("ListShards", {{"NextToken", shards}}).error_code,
            "InvalidArgumentException");
        EXPECT_EQ(
            service.call("ListStreams", {{"NextToken", streams}}).error_code,
            "InvalidArgumentException");
    }
    service.act_as(account(2), "us-east-1");
    EXPECT_EQ(
        service.call("DescribeStream", {{"StreamARN", arn_of("orders", account(1))}}).error_code,
        "AccessDeniedException");
    service.act_as(account(1), "eu-west-1");
    EXPECT_TRUE(service.call("DescribeStream", {{"StreamARN", arn_of("orders", account(1))}}).ok());
}

}  // namespace
}  // namespace kinetide::testing
