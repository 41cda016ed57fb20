// A subscription's stream of events: woken by puts, kept alive by beats, ended by time, shard,
// consumer and stream; in pieces as the peer takes them.

#include <cmath>

#include "support/subscribing.hpp"

namespace kinetide::testing {
namespace {

class push : public ::testing::Test {
protected:
    explicit push(service::options o = {}) : service(wire::form::json, std::move(o)) {
        create_subscribed(service);
    }
    // A record, and the wake-up that it leads to.
    std::string put(const std::string& data, const std::string& key = "k") {
        const std::string number = service.put("orders", key, data);
        service.home.answer_rings();
        return number;
    }
    // What a subscriber has said since it was asked last.
    std::vector<json> said(const std::shared_ptr<event_reader>& s) {
        s->take_if_woken();
        return s->events();
    }

    service_kit service;
};

class push_aws : public push {
protected:
    push_aws() : push(aws_limits()) { service.clock.advance_ms(10'000); }
};

TEST_F(push, gives_each_record_once_and_its_number_to_go_on_behind) {
    const auto s = subscribe(service, from("LATEST"));
    for (int i = 0; i < 3; ++i) {
        const std::string data = std::to_string(i);
        const std::string number = put(data);
        const std::vector<json> events = said(s);
        ASSERT_EQ(events.size(), 1U);
        EXPECT_EQ(data_in(events), std::vector<std::string>{data});
        EXPECT_EQ(events[0]["ContinuationSequenceNumber"], number);
        EXPECT_EQ(events[0]["MillisBehindLatest"], 0);
        EXPECT_TRUE(s->asleep);
    }
}

TEST_F(push, gives_the_records_of_many_puts_before_the_worker_runs_in_one_event) {
    const auto s = subscribe(service, from("LATEST"));
    for (const char* data : {"a", "b", "c"}) service.put("orders", "k", data);
    EXPECT_EQ(service.home.rings, 1);
    service.home.answer_rings();
    const std::vector<json> events = said(s);
    EXPECT_EQ(events.size(), 1U);
    EXPECT_EQ(data_in(events), (std::vector<std::string>{"a", "b", "c"}));
}

TEST_F(push, rings_nobody_when_nobody_sleeps) {
    service.put("orders", "k", "a");
    EXPECT_EQ(service.home.rings, 0);
    const auto s = subscribe(service, from("LATEST"));
    s->cancel();
    service.put("orders", "k", "b");
    EXPECT_EQ(service.home.rings, 0);
}

TEST_F(push, beats_within_five_seconds_when_there_is_nothing) {
    const json shards = service.call("ListShards", {{"StreamName", "orders"}}).body["Shards"];
    const auto s = subscribe(service, from("LATEST"));
    EXPECT_GT(service.home.delay_ms, 0);
    EXPECT_LE(service.home.delay_ms, 5'000);
    for (int beat = 0; beat < 3; ++beat) {
        service.pass(service.home.delay_ms - 1);
        EXPECT_TRUE(said(s).empty());
        service.pass(1);
        const std::vector<json> events = said(s);
        ASSERT_EQ(events.size(), 1U) << beat;
        EXPECT_EQ(
            events[0],
            json(
                {{"Records", json::array()},
                 {"MillisBehindLatest", 0},
                 {"ContinuationSequenceNumber",
                  shards[0]["SequenceNumberRange"]["StartingSequenceNumber"]}}));
    }
}

TEST_F(push, beats_by_its_timer_when_the_clock_runs_by_itself) {
    const auto s = subscribe(service, from("LATEST"));
    service.clock.advance_ms(service.home.delay_ms);
    service.home.run_later();
    EXPECT_EQ(said(s).size(), 1U);
    // One that stands still makes it wait again.
    const std::int64_t delay_ms = service.home.delay_ms;
    service.home.run_later();
    EXPECT_TRUE(said(s).empty());
    EXPECT_EQ(service.home.delay_ms, delay_ms);
}

TEST_F(push, beats_count_from_the_last_event_and_go_on_behind_it) {
    const auto s = subscribe(service, from("LATEST"));
    service.pass(4'000);
    const std::string number = put("a");
    EXPECT_EQ(said(s).size(), 1U);
    service.pass(1'000);
    EXPECT_TRUE(said(s).empty());
    service.pass(4'000);
    const std::vector<json> events = said(s);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0]["ContinuationSequenceNumber"], number);
}

TEST_F(push, beats_on_when_the_clock_goes_back) {
    const auto s = subscribe(service, from("LATEST"));
    service.pass(-3'600'000);
    s->take_if_woken();
    service.pass(5'000);
    EXPECT_EQ(said(s).size(), 1U);
}

TEST_F(push, ends_cleanly_after_five_minutes) {
    const auto s = subscribe(service, from("LATEST"));
    std::size_t beats = 0;
    for (int i = 0; i < 299; ++i) {
        service.pass(1'000);
        beats += said(s).size();
        ASSERT_FALSE(s->ended) << i;
    }
    EXPECT_GE(beats, 59U);
    service.pass(999);
    said(s);
    EXPECT_FALSE(s->ended);
    service.pass(1);
    EXPECT_TRUE(said(s).empty());
    EXPECT_TRUE(s->ended);
    EXPECT_EQ(s->exception(), "");
}

TEST_F(push, has_a_continuation_that_goes_on_everywhere) {
    std::string continuation;
    std::vector<std::string> seen;
    for (int round = 0; round < 4; ++round) {
        const auto s = subscribe(
            service,
            round == 0 ? from("TRIM_HORIZON")
                       : from("AFTER_SEQUENCE_NUMBER", {{"SequenceNumber", continuation}}));
        if (round != 1) put(std::to_string(round));
        service.pass(4'500);
        for (const json& e : said(s)) {
            for (const std::string& data : data_in({e})) seen.push_back(data);
            const std::string next = e["ContinuationSequenceNumber"];
            EXPECT_GE(next, continuation) << "numbers of one length order as texts";
            continuation = next;
        }
        service.pass(500);
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"0", "2", "3"}));
}

// Records expire that were never sent.
TEST_F(push, goes_on_behind_what_expires_unread) {
    service.put("orders", "k", "old");
    const auto held = subscribe(service, from("TRIM_HORIZON"));
    EXPECT_EQ(data_in(held->events()).size(), 1U);
    service.clock.advance_ms(86'400'000 + 1);
    const auto s = subscribe(service, from("TRIM_HORIZON"));
    service.pass(4'500);
    const std::vector<json> events = said(s);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_TRUE(events[0]["Records"].empty());
    const std::string continuation = events[0]["ContinuationSequenceNumber"];
    put("young");
    EXPECT_EQ(data_in(said(s)), std::vector<std::string>{"young"});
    service.pass(5'000);
    const auto next =
        subscribe(service, from("AFTER_SEQUENCE_NUMBER", {{"SequenceNumber", continuation}}));
    EXPECT_EQ(data_in(next->events()), std::vector<std::string>{"young"});
}

TEST_F(push, sends_at_most_a_mebibyte_an_event_as_fast_as_it_is_taken) {
    const std::string large(300'000, 'x');
    for (int i = 0; i < 8; ++i) service.put("orders", "k", large);
    service.clock.advance_ms(7);
    const auto s = subscribe(service, from("TRIM_HORIZON"));
    const std::vector<json> events = s->events();
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[0]["Records"].size(), 3U);
    EXPECT_EQ(events[1]["Records"].size(), 3U);
    EXPECT_EQ(events[2]["Records"].size(), 2U);
    EXPECT_EQ(events[0]["MillisBehindLatest"], 7);
    EXPECT_EQ(events[2]["MillisBehindLatest"], 0);
}

TEST_F(push, sends_a_larger_record_alone) {
    const json larger = {{"StreamARN", arn_of("orders")}, {"MaxRecordSizeInKiB", 10'240}};
    ASSERT_TRUE(service.call("UpdateMaxRecordSize", larger).ok());
    const std::string huge(10'000'000, 'x');
    service.put("orders", "k", "before");
    service.put("orders", "k", huge);
    service.put("orders", "k", "behind");
    const auto s = subscribe(service, from("TRIM_HORIZON"));
    const std::vector<json> events = s->events();
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(data_in({events[1]}), std::vector<std::string>{huge});
    EXPECT_EQ(data_in({events[2]}), std::vector<std::string>{"behind"});
    EXPECT_LT(s->largest_piece, 70'000U) << "divided too";
}

TEST_F(push, is_sent_in_pieces_and_waits_for_its_peer) {
    for (int i = 0; i < 100; ++i) service.put("orders", "k", std::string(1'000, 'x'));
    const auto s = subscribe(service, from("LATEST"));
    for (int i = 0; i < 100; ++i) service.put("orders", "k", std::string(1'000, 'y'));
    service.home.answer_rings();
    EXPECT_EQ(s->wakes, 1);
    EXPECT_EQ(s->take(), http::body_stream::state::more);
    EXPECT_LT(s->bytes.size(), 10'000U) << "a piece, not the event";
    for (int i = 0; i < 100; ++i) service.put("orders", "k", std::string(1'000, 'z'));
    service.home.answer_rings();
    EXPECT_EQ(s->wakes, 0) << "it was not asleep";
    service.pass(200'000);
    EXPECT_EQ(s->wakes, 0) << "a peer that takes nothing is waited for";
    s->take_all();
    EXPECT_EQ(data_in(s->events()).size(), 200U);
    EXPECT_LT(s->largest_piece, 10'000U);
}

TEST_F(push, finishes_what_it_began_when_its_time_is_over) {
    const auto s = subscribe(service, from("LATEST"));
    for (int i = 0; i < 100; ++i) service.put("orders", "k", std::string(1'000, 'y'));
    service.home.answer_rings();
    EXPECT_EQ(s->take(), http::body_stream::state::more);
    service.pass(300'000);
    put("too late");
    s->take_all();
    EXPECT_TRUE(s->ended);
    EXPECT_EQ(data_in(s->events()).size(), 100U);
}

TEST_F(push, tells_the_shards_end_however_it_closes) {
    const json twice = {
        {"StreamName", "orders"}, {"TargetShardCount", 2}, {"ScalingType", "UNIFORM_SCALING"}};
    const json split = {
        {"StreamName", "orders"}, {"ShardToSplit", "0"}, {"NewStartingHashKey", "1000"}};
    for (const auto& [operation, body] :
         {std::pair{"UpdateShardCount", twice}, {"SplitShard", split}}) {
        service_kit own(wire::form::json);
        create_subscribed(own);
        const auto s = subscribe(own, from("LATEST"));
        own.put("orders", "k", "last");
        ASSERT_TRUE(own.call(operation, body).ok());
        own.summary("orders");  // runs what is due
        own.home.answer_rings();
        s->take_if_woken();
        const std::vector<json> events = s->events();
        ASSERT_FALSE(events.empty());
        EXPECT_EQ(data_in(events), std::vector<std::string>{"last"});
        EXPECT_FALSE(events.back().contains("ContinuationSequenceNumber"));
        EXPECT_EQ(events.back()["ChildShards"].size(), 2U);
        EXPECT_TRUE(s->ended);
        EXPECT_EQ(s->exception(), "");
    }
}

TEST_F(push, tells_both_parents_at_the_end_of_a_merge) {
    service_kit own(wire::form::json);
    create_subscribed(own, 2);
    const auto s = subscribe(own, from("LATEST"));
    const json merge = {
        {"StreamName", "orders"}, {"ShardToMerge", "0"}, {"AdjacentShardToMerge", "1"}};
    ASSERT_TRUE(own.call("MergeShards", merge).ok());
    own.summary("orders");
    own.home.answer_rings();
    s->take_if_woken();
    const std::vector<json> events = s->events();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(
        events[0]["ChildShards"][0]["ParentShards"],
        json({"shardId-000000000000", "shardId-000000000001"}));
    EXPECT_TRUE(s->ended);
}

TEST_F(push, ends_with_its_consumer) {
    const auto s = subscribe(service, from("LATEST"));
    ASSERT_TRUE(service.call("DeregisterStreamConsumer", {{"ConsumerARN", billing_arn}}).ok());
    service.home.answer_rings();
    s->take_if_woken();
    EXPECT_TRUE(s->ended);
    EXPECT_EQ(s->exception(), "ResourceNotFoundException");
    EXPECT_EQ(s->exception_message(), "Consumer billing, account 000000000000 not found.");
}

TEST_F(push, ends_with_its_stream) {
    const auto s = subscribe(service, from("LATEST"));
    const json whole = {{"StreamName", "orders"}, {"EnforceConsumerDeletion", true}};
    ASSERT_TRUE(service.call("DeleteStream", whole).ok());
    service.home.answer_rings();
    s->take_if_woken();
    EXPECT_TRUE(s->ended);
    EXPECT_EQ(s->exception(), "ResourceNotFoundException");
    EXPECT_EQ(s->exception_message(), not_found("orders"));
}

TEST_F(push, outlives_another_consumers_end) {
    const json audit = {{"StreamARN", arn_of("orders")}, {"ConsumerName", "audit"}};
    ASSERT_TRUE(service.call("RegisterStreamConsumer", audit).ok());
    const auto s = subscribe(service, from("LATEST"));
    ASSERT_TRUE(service.call("DeregisterStreamConsumer", audit).ok());
    service.home.answer_rings();
    s->take_if_woken();
    EXPECT_TRUE(s->asleep);
    put("a");
    EXPECT_EQ(data_in(said(s)), std::vector<std::string>{"a"});
}

TEST_F(push_aws, is_limited_to_two_mebibytes_a_second) {
    const auto backfill = [&](int records) {
        for (int i = 0; i < records; ++i) {
            service.put("orders", "k", std::string(1'000'000, 'x'));
            service.clock.advance_ms(1'000);
        }
    };
    backfill(6);
    const auto s = subscribe(service, from("TRIM_HORIZON"));
    std::size_t given = s->events().size();
    EXPECT_EQ(given, 2U) << "a second's worth at once";
    EXPECT_TRUE(s->asleep);
    for (std::int64_t ms = 0; given < 6; ms += 50) {
        ASSERT_LE(ms, 2'000);
        service.pass(50);
        for (const json& e : said(s)) {
            ++given;
            // What was sent by now, less the second's worth that was there.
            const auto bytes = static_cast<std::int64_t>(given) * 1'000'001;
            EXPECT_LE(bytes - 2'097'152, (ms + 50) * 2'097'152 / 1000);
            EXPECT_EQ(e["MillisBehindLatest"] == 0, given == 6);
        }
    }
    EXPECT_TRUE(said(s).empty());
}

TEST_F(push_aws, waits_by_its_timer_and_hears_of_its_end_meanwhile) {
    for (int i = 0; i < 3; ++i) {
        service.put("orders", "k", std::string(1'000'000, 'x'));
        service.clock.advance_ms(1'000);
    }
    const auto s = subscribe(service, from("TRIM_HORIZON"));
    EXPECT_EQ(s->events().size(), 2U);
    EXPECT_GT(service.home.delay_ms, 0);
    EXPECT_LE(service.home.delay_ms, 500);
    ASSERT_TRUE(service.call("DeregisterStreamConsumer", {{"ConsumerARN", billing_arn}}).ok());
    service.home.answer_rings();
    s->take_if_woken();
    EXPECT_EQ(s->exception(), "ResourceNotFoundException");
}

TEST_F(push, is_not_limited_when_relaxed) {
    for (int i = 0; i < 20; ++i) service.put("orders", "k", std::string(1'000'000, 'x'));
    EXPECT_EQ(subscribe(service, from("TRIM_HORIZON"))->events().size(), 20U);
}

TEST_F(push, forgets_a_subscriber_that_goes_away_at_once) {
    const auto s = subscribe(service, from("LATEST"));
    service.put("orders", "k", "a");
    EXPECT_EQ(service.home.rings, 1);
    s->cancel();
    service.home.answer_rings();
    service.home.run_later();
    service.pass(300'000);
    EXPECT_EQ(s->wakes, 0);
}

}  // namespace
}  // namespace kinetide::testing
