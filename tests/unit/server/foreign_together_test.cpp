// Settings of other emulators together: which one counts, and what the log says of them.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include <kinetide/server/configuration.hpp>

#include "configuring.hpp"

namespace kinetide::testing {
namespace {

using program::configuration;

const std::string memory = "records are kept in memory only for now";
const std::string tls = "every port takes TLS as well as plain HTTP";
const std::string none = "understood, but without effect here";
const std::string updating =
    "update_stream split_shard merge_shards update_shard_count update_stream_mode "
    "start_encryption stop_encryption=";

TEST(foreign_settings, counts_most_as_a_flag_and_least_in_the_file) {
    user u{
        .arguments = {"--create-stream-ms", "1"},
        .variables = {{"FERROKINESIS_CREATE_STREAM_MS", "2"}},
        .file = "create_stream_ms = 3"};
    EXPECT_EQ(times_of(configure(u)), "create_stream=1");
    u.arguments.clear();
    EXPECT_EQ(times_of(configure(u)), "create_stream=2");
    u.variables.clear();
    EXPECT_EQ(times_of(configure(u)), "create_stream=3");
    u.variables = {{"CREATE_STREAM_DURATION", "4ms"}};
    EXPECT_EQ(times_of(configure(u)), "create_stream=4");
    u.arguments = {"--createStreamMs", "5"};
    EXPECT_EQ(times_of(configure(u)), "create_stream=5");
}

TEST(foreign_settings, of_one_kind_counts_more_than_of_all) {
    const configuration c = configure(
        {{},
         {{"KINESIS_LATENCY", "0"},
          {"SPLIT_SHARD_DURATION", "5s"},
          {"LOG_LEVEL", "WARN"},
          {"ROOT_LOG_LEVEL", "TRACE"}}});
    using kind = settings::transition_kind;
    EXPECT_EQ(c.transition_of(kind::split_shard).count(), 5000);
    EXPECT_EQ(c.transition_of(kind::merge_shards).count(), 0);
    EXPECT_EQ(c.log_level, log::level::warn);
}

TEST(foreign_settings, adds_to_a_list) {
    const configuration c = configure(
        {{},
         {{"KINESIS_MOCK_TLS_PORT", "4567"},
          {"KINESIS_MOCK_PLAIN_PORT", "4568"},
          {"INITIALIZE_STREAMS", "a"},
          {"KINESIS_INITIALIZE_STREAMS", "b:1"}}});
    EXPECT_EQ(c.ports, (std::vector<std::uint16_t>{4567, 4568}));
    ASSERT_EQ(c.streams.size(), 2U);
    EXPECT_EQ(c.streams[0].name, "b");
    EXPECT_EQ(c.streams[1].shards, 4);
}

TEST(foreign_settings, is_one_line_for_all_that_have_the_same_lack) {
    const configuration c = configure(
        {{"--ssl", "--path", "db"},
         {{"SHOULD_PERSIST_DATA", "true"},
          {"PERSIST_PATH", "data"},
          {"KINESIS_MOCK_CERT_PASSWORD", "secret"}}});
    EXPECT_EQ(
        c.warnings,
        (std::vector<std::string>{
            "SHOULD_PERSIST_DATA, PERSIST_PATH, --path: " + memory,
            "KINESIS_MOCK_CERT_PASSWORD: no keystore is read; --tls-cert and --tls-key take PEM "
            "files, else a certificate is made",
            "--ssl: " + tls}));
}

TEST(foreign_settings, that_says_false_asks_for_nothing) {
    const configuration c = configure(
        {{"--ssl=false", "--enforce-limits", "false", "--access-log=0", "--scrub", "false"},
         {{"SHOULD_PERSIST_DATA", "false"}, {"KINESIS_PERSISTENCE", "0"}, {"LOG_LEVEL", ""}}});
    EXPECT_TRUE(c.warnings.empty());
    EXPECT_EQ(c.limits, settings::limits_profile::relaxed);
    EXPECT_EQ(c.log_level, log::level::info);
}

TEST(foreign_settings, may_be_a_flag_alone) {
    const configuration c = configure({{"--enforce-limits", "--access-log", "serve", "--ssl"}});
    EXPECT_EQ(c.limits, settings::limits_profile::aws);
    EXPECT_EQ(c.log_level, log::level::debug);
    EXPECT_EQ(c.warnings, std::vector<std::string>{"--ssl: " + tls});
    EXPECT_EQ(configure({{"--ssl", "health-check"}}).wanted, program::command::health);
}

TEST(foreign_settings, logs_requests_without_taking_from_the_log) {
    EXPECT_EQ(configure({{"--access-log"}, {{"LOG_LEVEL", "TRACE"}}}).log_level, log::level::trace);
}

TEST(foreign_settings, may_name_the_settings_file) {
    const program::environment variables = {{"FERROKINESIS_CONFIG", file_path}};
    const configuration c = program::configure({}, variables, [](const std::string&) {
        return std::optional<std::string>("port = 4570\nupdate_stream_ms = 5\nscrub = true\n");
    });
    EXPECT_EQ(c.ports, std::vector<std::uint16_t>{4570});
    EXPECT_EQ(times_of(c), updating + "5");
    EXPECT_EQ(c.warnings, std::vector<std::string>{"scrub in kinetide.toml: " + none});
    EXPECT_EQ(
        complaint({{}, {{"FERROKINESIS_CONFIG", "absent"}}}),
        "FERROKINESIS_CONFIG: absent cannot be read");
}

TEST(foreign_settings, is_named_when_nobody_reads_it) {
    const configuration c = configure(
        {{},
         {{"FERROKINESIS_PROT", "1"},
          {"FERROKINESIS_PORT", "tcp://10.0.0.1:4567"},
          {"FERROKINESIS_SERVICE_HOST", "10.0.0.1"},
          {"PATH", "/bin"}}});
    EXPECT_EQ(
        c.warnings,
        std::vector<std::string>{"FERROKINESIS_PROT is not a setting and has no effect"});
    EXPECT_EQ(c.ports, std::vector<std::uint16_t>{4567});
}

TEST(foreign_settings, reads_every_unit_of_time) {
    const std::vector<std::pair<std::string, std::int64_t>> times = {
        {"1d", 86'400'000},
        {"24h", 86'400'000},
        {"1 hr", 3'600'000},
        {"2hrs", 7'200'000},
        {"2 hours", 7'200'000},
        {"1m", 60'000},
        {"3 mins", 180'000},
        {"1 minute", 60'000},
        {"1s", 1'000},
        {"2 secs", 2'000},
        {"1 second", 1'000},
        {"1ms", 1},
        {"2 milliseconds", 2},
        {"1 microsecond", 1},
        {"1000 micros", 1},
        {"1ns", 1},
        {"0 nanos", 0},
        {"2000000 nanoseconds", 2},
        {"0.0005s", 1}};
    for (const auto& [text, ms] : times) {
        const configuration c = configure({{}, {{"CREATE_STREAM_DURATION", text}}});
        EXPECT_EQ(c.transitions.at(settings::transition_kind::create_stream).count(), ms) << text;
    }
    for (const char* wrong : {"1mss", "1ss", "1hs", "s", "1 s s", "1e3s", "inf", "86401s"}) {
        EXPECT_NE(complaint({{}, {{"CREATE_STREAM_DURATION", wrong}}}), "none") << wrong;
    }
}

}  // namespace
}  // namespace kinetide::testing
