// A name is taken once; counts, modes, sizes and tags are judged before anything is made.

#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

KINETIDE_BOTH_FORMS(create_stream);

const std::string start_of_shard_limit =
    "This request would exceed the shard limit for the account 000000000000 in us-east-1. ";
const std::string end_of_shard_limit =
    ". Refer to the AWS Service Limits page "
    "(http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits "
    "and how to request higher limits.";

std::string over_shard_limit(int open, int limit, std::int64_t additional) {
    return start_of_shard_limit + "Current shard count for the account: " + std::to_string(open) +
           ". Limit: " + std::to_string(limit) +
           ". Number of additional shards that would have resulted from this request: " +
           std::to_string(additional) + end_of_shard_limit;
}

json counted(const std::string& name, std::int64_t shards) {
    return {{"StreamName", name}, {"ShardCount", shards}};
}

json on_demand(const std::string& name) {
    return {{"StreamName", name}, {"StreamModeDetails", {{"StreamMode", "ON_DEMAND"}}}};
}

TEST_P(create_stream, answers_at_once_and_settles_by_the_clock) {
    service_kit slow(GetParam(), slow_transitions());
    EXPECT_TRUE(slow.call("CreateStream", counted("orders", 2)).ok_and_empty());

    slow.clock.advance_ms(499);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "CREATING");
    slow.clock.advance_ms(1);
    EXPECT_EQ(slow.summary("orders")["StreamStatus"], "ACTIVE");
    EXPECT_EQ(slow.summary("orders")["OpenShardCount"], 2);
}

TEST_P(create_stream, chooses_the_mode_by_what_is_counted) {
    const auto shape = [&](const std::string& name) {
        json s = service.summary(name);
        return s["StreamModeDetails"]["StreamMode"].get<std::string>() + " " +
               s["OpenShardCount"].dump();
    };
    service.call("CreateStream", {{"StreamName", "none"}});
    service.call("CreateStream", counted("count", 3));
    service.call("CreateStream", on_demand("mode"));
    json both = on_demand("both");
    both["ShardCount"] = 7;
    service.call("CreateStream", both);
    json provisioned = counted("provisioned", 2);
    provisioned["StreamModeDetails"] = {{"StreamMode", "PROVISIONED"}};
    service.call("CreateStream", provisioned);

    EXPECT_EQ(shape("none"), "ON_DEMAND 4");
    EXPECT_EQ(shape("count"), "PROVISIONED 3");
    EXPECT_EQ(shape("mode"), "ON_DEMAND 4");
    EXPECT_EQ(shape("both"), "ON_DEMAND 4");
    EXPECT_EQ(shape("provisioned"), "PROVISIONED 2");

    const json uncounted = {
        {"StreamName", "uncounted"}, {"StreamModeDetails", {{"StreamMode", "PROVISIONED"}}}};
    EXPECT_TRUE(refused(
        service.call("CreateStream", uncounted),
        "ValidationException",
        "ShardCount is required for a stream in PROVISIONED mode."));
    EXPECT_EQ(service.stream_names().size(), 5U);
}

TEST_P(create_stream, refuses_a_name_that_is_taken_in_any_state) {
    service_kit slow(GetParam(), slow_transitions());
    const auto taken = [&] {
        return refused(
            slow.call("CreateStream", counted("orders", 3)),
            "ResourceInUseException",
            "Stream orders under account 000000000000 already exists.");
    };
    slow.call("CreateStream", counted("orders", 1));
    EXPECT_TRUE(taken()) << "CREATING";
    slow.clock.advance_ms(500);
    EXPECT_TRUE(taken()) << "ACTIVE";
    EXPECT_EQ(slow.summary("orders")["OpenShardCount"], 1);

    slow.call(
        "IncreaseStreamRetentionPeriod", {{"StreamName", "orders"}, {"RetentionPeriodHours", 48}});
    EXPECT_TRUE(taken()) << "UPDATING";
    slow.clock.advance_ms(500);
    slow.call("DeleteStream", {{"StreamName", "orders"}});
    EXPECT_TRUE(taken()) << "DELETING";
    slow.clock.advance_ms(500);
    EXPECT_TRUE(slow.call("CreateStream", counted("orders", 3)).ok());
}

TEST_P(create_stream, keeps_accounts_and_regions_apart) {
    service.create_stream("orders");
    service.act_as("111111111111", "us-east-1");
    EXPECT_TRUE(service.call("CreateStream", counted("orders", 2)).ok());
    EXPECT_EQ(service.summary("orders")["StreamARN"], arn_of("orders", "111111111111"));
    service.act_as("000000000000", "eu-west-1");
    EXPECT_TRUE(service.call("CreateStream", counted("orders", 3)).ok());
    service.act_as("000000000000", "us-east-1");
    EXPECT_EQ(service.summary("orders")["OpenShardCount"], 1);
}

TEST_P(create_stream, words_every_violation) {
    const auto violates = [&](const json& body, const std::vector<violation>& all) {
        return refused(service.call("CreateStream", body), "ValidationException", violations(all));
    };
    const std::string long_name(129, 'n');
    EXPECT_TRUE(violates(
        {{"ShardCount", 0}, {"StreamName", ""}},
        {{"'0'", "shardCount", must::have_value_from(1)},
         {"''", "streamName", must::match_name},
         {"''", "streamName", must::have_length_from(1)}}));
    EXPECT_TRUE(violates(json::object(), {{"null", "streamName", must::not_be_null}}));
    EXPECT_TRUE(violates(
        counted(long_name, 1), {{"'" + long_name + "'", "streamName", must::have_length_to(128)}}));
    EXPECT_TRUE(violates(counted("a b", 1), {{"'a b'", "streamName", must::match_name}}));
    json mode = counted("s", 1);
    mode["StreamModeDetails"] = {{"StreamMode", "OTHER"}};
    EXPECT_TRUE(violates(
        mode,
        {{"'OTHER'", "streamModeDetails.streamMode", must::be_one_of("PROVISIONED, ON_DEMAND")}}));
    mode["StreamModeDetails"] = json::object();
    EXPECT_TRUE(violates(mode, {{"null", "streamModeDetails.streamMode", must::not_be_null}}));
    json strategy = on_demand("s");
    strategy["RecordDistributionStrategy"] = "OTHER";
    EXPECT_TRUE(violates(
        strategy,
        {{"'OTHER'", "recordDistributionStrategy", must::be_one_of("AUTO, USER_PARTITION_KEY")}}));
    json sizes = counted("s", 1);
    sizes["MaxRecordSizeInKiB"] = 1023;
    sizes["WarmThroughputMiBps"] = -1;
    EXPECT_TRUE(violates(
        sizes,
        {{"'-1'", "warmThroughputMiBps", must::have_value_from(0)},
         {"'1023'", "maxRecordSizeInKiB", must::have_value_from(1024)}}));
    sizes = counted("s", 1);
    sizes["MaxRecordSizeInKiB"] = 10241;
    EXPECT_TRUE(violates(sizes, {{"'10241'", "maxRecordSizeInKiB", must::have_value_to(10240)}}));

    EXPECT_TRUE(service.stream_names().empty());
    EXPECT_TRUE(service.call("CreateStream", counted(std::string(128, 'n'), 1)).ok());
    EXPECT_TRUE(service.call("CreateStream", counted("aZ_0.-", 1)).ok());
}

TEST_P(create_stream, takes_record_sizes_from_1_to_10_mib) {
    for (const int kib : {1024, 10240}) {
        json body = counted("of_" + std::to_string(kib), 1);
        body["MaxRecordSizeInKiB"] = kib;
        EXPECT_TRUE(service.call("CreateStream", body).ok());
        EXPECT_EQ(service.summary(body["StreamName"])["MaxRecordSizeInKiB"], kib);
    }
}

TEST_P(create_stream, has_no_warm_throughput_to_give) {
    json body = on_demand("warm");
    body["WarmThroughputMiBps"] = 100;
    EXPECT_EQ(service.call("CreateStream", body).error_code, "ValidationException");
    EXPECT_TRUE(service.stream_names().empty());
}

TEST_P(create_stream, spreads_records_on_demand_only) {
    json body = counted("spread", 1);
    body["RecordDistributionStrategy"] = "AUTO";
    EXPECT_EQ(service.call("CreateStream", body).error_code, "InvalidArgumentException");
    EXPECT_TRUE(service.stream_names().empty());

    service.create_automatic("spread");
    service.create_on_demand("keyed");
    EXPECT_EQ(service.summary("spread")["RecordDistributionStrategy"], "AUTO");
    EXPECT_EQ(service.summary("keyed")["RecordDistributionStrategy"], "USER_PARTITION_KEY");
}

TEST_P(create_stream, counts_open_shards_against_the_limit_that_is_set) {
    service::options o;
    o.engine.shard_limit = 5;
    service_kit few(GetParam(), o);
    few.create_stream("three", {.shards = 3});
    EXPECT_TRUE(refused(
        few.call("CreateStream", counted("more", 3)),
        "LimitExceededException",
        over_shard_limit(3, 5, 3)));
    EXPECT_TRUE(refused(
        few.call("CreateStream", on_demand("more")),
        "LimitExceededException",
        over_shard_limit(3, 5, 4)));
    EXPECT_EQ(few.stream_names(), std::vector<std::string>{"three"});
    EXPECT_TRUE(few.call("CreateStream", counted("more", 2)).ok());

    few.act_as("111111111111", "us-east-1");
    EXPECT_TRUE(few.call("CreateStream", counted("others", 5)).ok()) << "each account has its own";
}

TEST_P(create_stream, caps_a_stream_in_every_profile) {
    // Numbers are held within 32 bits before they are judged.
    EXPECT_TRUE(refused(
        service.call("CreateStream", counted("huge", 100'000'000'000)),
        "LimitExceededException",
        over_shard_limit(0, 100'000, 2147483647)));
    EXPECT_EQ(
        service.call("CreateStream", counted("huge", 100'001)).error_code,
        "LimitExceededException");
    EXPECT_TRUE(service.stream_names().empty());
}

TEST_P(create_stream, has_the_regions_shard_quota_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    EXPECT_TRUE(refused(
        aws.call("CreateStream", counted("huge", 20'001)),
        "LimitExceededException",
        over_shard_limit(0, 20'000, 20'001)));
    aws.act_as("000000000000", "eu-south-2");
    EXPECT_EQ(
        aws.call("CreateStream", counted("huge", 1'001)).error_code, "LimitExceededException");
    EXPECT_TRUE(aws.call("CreateStream", counted("huge", 1'000)).ok());
    EXPECT_TRUE(aws.call("CreateStream", on_demand("other")).ok())
        << "the quota is of provisioned shards";
    aws.clock.advance_ms(1'000);
    EXPECT_EQ(aws.call("CreateStream", counted("one", 1)).error_code, "LimitExceededException");
}

TEST_P(create_stream, makes_no_more_shards_than_a_machine_holds_whatever_the_limit) {
    service::options boundless;
    boundless.engine.shard_limit = 2'147'483'647;
    service_kit large(GetParam(), boundless);
    EXPECT_TRUE(refused(
        large.call("CreateStream", counted("huge", 100'001)),
        "LimitExceededException",
        over_shard_limit(0, 100'000, 100'001)));
}

TEST_P(create_stream, lets_five_streams_change_at_once_under_aws_limits) {
    const std::string text =
        "This request would have exceed the limit on the number  of streams that can "
        "simultaneously be in CREATING or DELETING for the account 000000000000. Limit: 5.";
    service_kit aws(GetParam(), aws_limits(2'000));
    for (const char* name : {"a", "b", "c", "d", "e"}) {
        EXPECT_TRUE(aws.call("CreateStream", counted(name, 1)).ok());
    }
    aws.clock.advance_ms(1'000);  // another five calls may be made
    EXPECT_TRUE(refused(aws.call("CreateStream", counted("f", 1)), "LimitExceededException", text));
    aws.clock.advance_ms(1'000);
    EXPECT_TRUE(aws.call("CreateStream", counted("f", 1)).ok());

    service_kit relaxed(GetParam(), slow_transitions());
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(relaxed.call("CreateStream", counted(std::to_string(i), 1)).ok());
    }
}

TEST_P(create_stream, lets_an_account_have_fifty_on_demand_streams_under_aws_limits) {
    service_kit aws(GetParam(), aws_limits());
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(aws.call("CreateStream", on_demand("s" + std::to_string(i))).ok());
        aws.clock.advance_ms(200);  // five calls a second
    }
    EXPECT_TRUE(refused(
        aws.call("CreateStream", on_demand("more")),
        "LimitExceededException",
        "This request would exceed the on-demand stream limit for the account 000000000000. "
        "Limit: 50."));
    EXPECT_TRUE(aws.call("CreateStream", counted("counted", 1)).ok());
}

class tags_of_a_new_stream : public service_test {
protected:
    reply create(const json& tags) {
        json body = counted("orders", 1);
        body["Tags"] = tags;
        return service.call("CreateStream", body);
    }
    static json many(int count) {
        json tags = json::object();
        for (int i = 1000; i < 1000 + count; ++i) tags["k" + std::to_string(i)] = "";
        return tags;
    }
};
INSTANTIATE_TEST_SUITE_P(wire, tags_of_a_new_stream, every_wire_form(), form_name);

TEST_P(tags_of_a_new_stream, may_be_fifty) {
    EXPECT_TRUE(refused(
        create(many(51)),
        "InvalidArgumentException",
        "Failed to add tags to stream orders under account 000000000000 because a given stream "
        "cannot have more than 10 tags associated with it."));
    EXPECT_TRUE(service.stream_names().empty());
    EXPECT_TRUE(create(many(50)).ok());
}

TEST_P(tags_of_a_new_stream, are_of_letters_digits_blanks_and_some_marks) {
    const std::string unreadable =
        "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white "
        "space, _ . / = + - % @.";
    for (const char* text : {"a\tb", "a\nb", "a,b", "a;b"}) {
        EXPECT_TRUE(refused(create({{text, "v"}}), "InvalidArgumentException", unreadable));
        EXPECT_TRUE(refused(create({{"k", text}}), "InvalidArgumentException", unreadable));
    }
    const std::string illegal =
        "Failed to add tags to stream orders under account 000000000000 because some tags "
        "contained illegal characters. The allowed characters are Unicode letters, white-spaces, "
        "'_',',','/','=','+','-','@'.";
    EXPECT_TRUE(refused(create({{"a%", "v"}}), "InvalidArgumentException", illegal));
    EXPECT_TRUE(refused(create({{"k", "%"}}), "InvalidArgumentException", illegal));
    EXPECT_EQ(create({{"aws:k", "v"}}).error_code, "InvalidArgumentException");
    EXPECT_TRUE(service.stream_names().empty());
    EXPECT_TRUE(create({{"aZ 09_./=+-@:", ""}, {"ключ", "ÿ"}}).ok());
}

TEST_P(tags_of_a_new_stream, have_lengths) {
    const auto violates = [&](const json& tags, const violation& v) {
        return refused(create(tags), "ValidationException", violations({v}));
    };
    const std::string key(129, 'k');
    const std::string value(257, 'v');
    EXPECT_TRUE(violates(
        {{key, "v"}},
        {"'{" + key + "=v}'",
         "tags",
         "Map keys must satisfy constraint: [Member must have length less than or equal to 128, "
         "Member must have length greater than or equal to 1]"}));
    EXPECT_TRUE(violates(
        {{"k", value}},
        {"'{k=" + value + "}'",
         "tags",
         "Map value must satisfy constraint: [Member must have length less than or equal to 256, "
         "Member must have length greater than or equal to 0]"}));
    EXPECT_TRUE(violates(json::object(), {"'{}'", "tags", must::have_length_from(1)}));
    EXPECT_NE(create(many(201)).message.find(must::have_length_to(200)), std::string::npos);
    EXPECT_EQ(create(many(200)).error_code, "InvalidArgumentException");
    EXPECT_TRUE(service.stream_names().empty());
    EXPECT_TRUE(create({{std::string(128, 'k'), std::string(256, 'v')}}).ok());
}

}  // namespace
}  // namespace kinetide::testing
