// The caller's streams in byte order of their names, a hundred at most, by token or by name.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(list_streams);

json list(service_kit& service, const json& body) {
    reply r = service.call("ListStreams", body);
    EXPECT_TRUE(r.ok()) << r.message;
    return r.body;
}

using names = std::vector<std::string>;

TEST_P(list_streams, has_nothing_to_tell_of_no_streams) {
    const json none = list(service, json::object());
    EXPECT_EQ(members(none), "HasMoreStreams StreamNames StreamSummaries");
    EXPECT_EQ(none["StreamNames"], json::array());
    EXPECT_EQ(none["StreamSummaries"], json::array());
    EXPECT_EQ(none["HasMoreStreams"], false);
}

TEST_P(list_streams, orders_by_bytes_and_sums_up_each_stream) {
    for (const char* name : {"b", "a", "B", "_", "a.b", "a-b", "0"}) service.create_stream(name);
    service.create_on_demand("z");
    json all = list(service, json::object());
    EXPECT_EQ(all["StreamNames"], names({"0", "B", "_", "a", "a-b", "a.b", "b", "z"}));
    ASSERT_EQ(all["StreamSummaries"].size(), 8U);
    EXPECT_EQ(
        all["StreamSummaries"][7],
        json(
            {{"StreamName", "z"},
             {"StreamARN", arn_of("z")},
             {"StreamStatus", "ACTIVE"},
             {"StreamModeDetails", {{"StreamMode", "ON_DEMAND"}}},
             {"StreamCreationTimestamp", kit_start.seconds()}}));
}

TEST_P(list_streams, lists_streams_in_every_state) {
    service_kit slow(GetParam(), slow_transitions());
    for (const char* name : {"active", "deleting", "updating"}) slow.create_stream(name);
    slow.clock.advance_ms(500);
    slow.create_stream("creating");
    slow.call("DeleteStream", {{"StreamName", "deleting"}});
    slow.call(
        "IncreaseStreamRetentionPeriod",
        {{"StreamName", "updating"}, {"RetentionPeriodHours", 48}});
    names states;
    const json all = list(slow, json::object());
    for (const json& s : all["StreamSummaries"]) {
        states.push_back(s["StreamStatus"]);
    }
    EXPECT_EQ(states, names({"ACTIVE", "CREATING", "DELETING", "UPDATING"}));
}

TEST_P(list_streams, pages_by_token_or_by_name) {
    for (const char* name : {"a", "b", "c", "d", "e"}) service.create_stream(name);
    const json first = list(service, {{"Limit", 2}});
    EXPECT_EQ(members(first), "HasMoreStreams NextToken StreamNames StreamSummaries");
    EXPECT_EQ(first["StreamNames"], names({"a", "b"}));
    EXPECT_EQ(first["HasMoreStreams"], true);

    const json second = list(service, {{"Limit", 2}, {"NextToken", first["NextToken"]}});
    EXPECT_EQ(second["StreamNames"], names({"c", "d"}));
    const json third = list(service, {{"Limit", 2}, {"NextToken", second["NextToken"]}});
    EXPECT_EQ(third["StreamNames"], names({"e"}));
    EXPECT_EQ(members(third), "HasMoreStreams StreamNames StreamSummaries");

    EXPECT_EQ(
        list(service, {{"ExclusiveStartStreamName", "b"}})["StreamNames"], names({"c", "d", "e"}));
    EXPECT_EQ(
        list(service, {{"ExclusiveStartStreamName", "bb"}})["StreamNames"], names({"c", "d", "e"}))
        << "the name need not exist";
    EXPECT_EQ(list(service, {{"ExclusiveStartStreamName", "e"}})["StreamNames"], json::array());
    EXPECT_EQ(list(service, {{"Limit", 5}})["HasMoreStreams"], false);
}

TEST_P(list_streams, gives_a_hundred_at_most) {
    for (int i = 100; i < 201; ++i) service.create_stream("s" + std::to_string(i));
    for (const json& limit : {json(), json(100), json(101), json(10000)}) {
        const json first = list(service, {{"Limit", limit}});
        EXPECT_EQ(first["StreamNames"].size(), 100U) << limit;
        EXPECT_EQ(first["HasMoreStreams"], true);
        EXPECT_EQ(
            list(service, {{"NextToken", first["NextToken"]}})["StreamNames"], names({"s200"}));
    }
}

TEST_P(list_streams, refuses_tokens_that_are_old_damaged_or_others) {
    for (const char* name : {"a", "b"}) service.create_stream(name);
    const std::string token = list(service, {{"Limit", 1}})["NextToken"];
    const auto use = [&](const std::string& t) {
        return service.call("ListStreams", {{"NextToken", t}});
    };
    const auto invalid = [&](const std::string& t) {
        return refused(use(t), "InvalidArgumentException", "Invalid NextToken.");
    };
    for (const std::size_t at :
         {std::size_t{0}, std::size_t{12}, token.size() / 2, token.size() - 3}) {
        std::string damaged = token;
        damaged[at] = damaged[at] == 'A' ? 'B' : 'A';
        EXPECT_TRUE(invalid(damaged)) << at;
    }
    EXPECT_TRUE(invalid("garbage"));
    EXPECT_TRUE(invalid(service.iterator("a", "LATEST"))) << "an iterator is no paging token";
    service.act_as("000000000000", "eu-west-1");
    EXPECT_TRUE(invalid(token));
    service.act_as("111111111111", "us-east-1");
    EXPECT_TRUE(invalid(token));
    service.act_as("000000000000", "us-east-1");

    service.clock.advance_ms(300'000);
    EXPECT_TRUE(use(token).ok()) << "any number of times, up to 300 s";
    service.clock.advance_ms(1);
    EXPECT_TRUE(refused(
        use(token),
        "ExpiredNextTokenException",
        "NextToken expired. The token was created at time Fri Jan 15 08:00:00 UTC 2027 while right "
        "now it is Fri Jan 15 08:05:00 UTC 2027 which is further in the future than the tolerated "
        "delay of 300000 milliseconds."));
}

TEST_P(list_streams, keeps_accounts_and_regions_apart) {
    service.create_stream("orders");
    service.act_as("111111111111", "us-east-1");
    EXPECT_TRUE(service.stream_names().empty());
    service.act_as("000000000000", "eu-west-1");
    EXPECT_TRUE(service.stream_names().empty());
}

TEST_P(list_streams, words_every_violation) {
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(service.call("ListStreams", body), "ValidationException", violations(all));
    };
    EXPECT_TRUE(violates(
        {{"Limit", 0}, {"ExclusiveStartStreamName", ""}, {"NextToken", ""}},
        {{"'0'", "limit", must::have_value_from(1)},
         {"''", "exclusiveStartStreamName", must::match_name},
         {"''", "exclusiveStartStreamName", must::have_length_from(1)},
         {"''", "nextToken", must::have_length_from(1)}}));
    const std::string long_name(129, 'n');
    const std::string long_token(1'048'577, 'A');
    EXPECT_TRUE(violates(
        {{"Limit", 10001}, {"ExclusiveStartStreamName", long_name}, {"NextToken", long_token}},
        {{"'10001'", "limit", must::have_value_to(10000)},
         {"'" + long_name + "'", "exclusiveStartStreamName", must::have_length_to(128)},
         {"'" + long_token + "'", "nextToken", must::have_length_to(1'048'576)}}));
    EXPECT_TRUE(refused(
        service.call("ListStreams", {{"NextToken", std::string(1'048'576, 'A')}}),
        "InvalidArgumentException",
        "Invalid NextToken."));
}

}  // namespace
}  // namespace kinetide::testing
