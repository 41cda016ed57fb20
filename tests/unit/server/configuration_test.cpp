// Every setting from every source, which source wins, and what is said of a wrong value.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <kinetide/server/configuration.hpp>
#include <kinetide/server/setting.hpp>

#include "configuring.hpp"

namespace kinetide::testing {
namespace {

using program::all_settings;
using program::command;
using program::configuration;
using program::environment;
using program::setting;

// For each setting a value that is not the default, how it is shown then, the same in the file, and
// values that are refused.
struct example {
    std::string name;
    std::string value;
    std::string shown;
    std::string in_file;
    std::vector<std::string> wrong;
};

const std::vector<example> examples = {
    {"host",
     "[::1], 10.1.2.3",
     "::1,10.1.2.3",
     R"(["::1", "10.1.2.3"])",
     {"", "example.com", "10.1.2", "::1,", "[10.1.2.3"}},
    {"port", "4566,4568", "4566,4568", "[4566, 4568]", {"", "-1", "65536", "45 66", "x", "1,,2"}},
    {"workers", "3", "3", "3", {"", "0", "1025", "many"}},
    {"allowed-hosts",
     "Kinesis.dev,.test,*",
     "Kinesis.dev,.test,*",
     R"("Kinesis.dev,.test,*")",
     {"kinesis.dev:4567", "http://kinesis.dev", ".", ","}},
    {"cors-origin",
     "https://a.dev,http://b:8080",
     "https://a.dev,http://b:8080",
     R"(["https://a.dev", "http://b:8080"])",
     {"a.dev", "https://a.dev/", "://a.dev", "https://", "https://*.dev", "null"}},
    {"tls", "only", "only", R"("only")", {"", "yes", "Off"}},
    {"tls-cert", "cert.pem", "cert.pem", R"("cert.pem")", {""}},
    {"tls-key", "key.pem", "key.pem", R"("key.pem")", {""}},
    {"tls-dir", "tls", "tls", R"("tls")", {""}},
    {"tls-san",
     "a.dev,*.b.dev,10.1.2.3,::1",
     "a.dev,*.b.dev,10.1.2.3,::1",
     R"(["a.dev", "*.b.dev", "10.1.2.3", "::1"])",
     {"a b", "*", ".a.dev", "*.*.a", "https://a.dev", "a:1", ","}},
    {"account-id",
     "123456789012",
     "123456789012",
     R"("123456789012")",
     {"", "12345678901", "1234567890123", "12345678901x"}},
    {"region", "eu-west-1", "eu-west-1", R"("eu-west-1")", {"", "EU-WEST-1", "eu west"}},
    {"auth", "off", "off", R"("off")", {"", "verify", "Off"}},
    {"streams",
     "orders,events:2,audit::eu-west-1,a.b_c-d:1:us-east-1",
     "orders:4,events:2,audit:4:eu-west-1,a.b_c-d:1:us-east-1",
     R"(["orders", "events:2", "audit::eu-west-1", "a.b_c-d:1:us-east-1"])",
     {"a,", ":1", "a:0", "a:x", "a:2147483648", "a b", "a:1:EU", "a:1:us-east-1:x"}},
    {"transition-ms", "500", "500", "500", {"", "500ms", "-1", "86400001", "1.5"}},
    {"limits", "aws", "aws", R"("aws")", {"", "strict"}},
    {"shard-limit", "50", "50", "50", {"", "0", "Infinity", "9223372036854775808"}},
    {"on-demand-stream-limit", "0", "0", "0", {"", "-1", "ten", "9223372036854775808"}},
    {"iterator-age-ms", "1000", "1000", "1000", {"", "0", "86400001", "5m"}},
    {"error-probability",
     "0.25",
     "0.25",
     "0.25",
     {"", "-0.1", "1.1", "25%", ".5", "1e-3", "nan", "0.1.2"}},
    {"seed",
     "18446744073709551615",
     "18446744073709551615",
     R"("18446744073709551615")",
     {"", "18446744073709551616", "0x1"}},
    {"clock",
     "2026-01-01T00:00:00Z",
     "2026-01-01T00:00:00.000Z",
     "2026-01-01T00:00:00Z",
     {"",
      "2026-01-01",
      "2026-01-01T00:00:00",
      "2026-02-30T00:00:00Z",
      "1969-12-31T23:59:59Z",
      "2026-01-01T24:00:00Z",
      "2026-01-01T00:60:00Z",
      "2026-01-01T00:00:60Z",
      "2026-01-01T00:00:00.Z",
      "2026-01-01T00:00:00.1234Z",
      "2026-01-01 00:00:00Z",
      "2026-01-01T00:00:00+01:00"}},
    {"body-bytes-max", "1024", "1024", "1024", {"", "1023", "1073741825", "16M"}},
    {"header-time-ms", "1", "1", "1", {"", "0", "86400001"}},
    {"body-idle-ms", "1", "1", "1", {"", "0", "86400001"}},
    {"keep-alive-ms", "1", "1", "1", {"", "0", "86400001"}},
    {"drain-ms", "0", "0", "0", {"", "86400001"}},
    {"config", file_path, file_path, "", {""}},
    {"log-level", "off", "off", R"("off")", {"", "warning", "INFO"}},
    {"log-format", "json", "json", R"("json")", {"", "xml"}},
    {"port-file", "/run/port", "/run/port", R"("/run/port")", {""}},
};

const setting& setting_of(const example& e) {
    const auto& all = all_settings();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const setting& s) { return s.name == e.name; });
    return found == all.end() ? throw std::out_of_range(e.name) : *found;
}

TEST(configuration, has_an_example_of_each_setting) {
    std::vector<std::string> declared;
    for (const setting& s : all_settings()) declared.emplace_back(s.name);
    std::vector<std::string> shown;
    shown.reserve(examples.size());
    for (const example& e : examples) shown.push_back(e.name);
    EXPECT_EQ(declared, shown);
}

TEST(configuration, takes_each_setting_from_each_source) {
    for (const example& e : examples) {
        SCOPED_TRACE(e.name);
        const setting& s = setting_of(e);
        const auto shown = [&](user u) {
            u.file += "\n";  // so that there is one
            return s.value.show(configure(u));
        };
        EXPECT_NE(s.default_text(), e.shown);
        EXPECT_EQ(shown({.arguments = {s.flag(), e.value}}), e.shown);
        EXPECT_EQ(shown({.arguments = {s.flag() + "=" + e.value}}), e.shown);
        EXPECT_EQ(shown({.arguments = {"serve", s.flag(), e.value}}), e.shown);
        EXPECT_EQ(shown({.variables = {{s.variable(), e.value}}}), e.shown);
        if (!s.in_file) continue;
        EXPECT_EQ(shown({.file = s.key() + " = " + e.in_file}), e.shown);
    }
}

TEST(configuration, names_setting_value_and_form_when_it_refuses) {
    for (const example& e : examples) {
        const setting& s = setting_of(e);
        for (const std::string& wrong : e.wrong) {
            SCOPED_TRACE(e.name + " " + wrong);
            const std::string rest = " is \"" + wrong + "\"; accepted: " + std::string(s.accepted);
            EXPECT_EQ(complaint({{s.flag(), wrong}}), s.flag() + rest);
            EXPECT_EQ(complaint({{s.flag() + "=" + wrong, "serve"}}), s.flag() + rest);
            if (wrong.empty()) continue;
            EXPECT_EQ(complaint({{}, {{s.variable(), wrong}}}), s.variable() + rest);
            if (!s.in_file) continue;
            EXPECT_EQ(
                complaint({.file = s.key() + " = '" + wrong + "'"}),
                s.key() + " in kinetide.toml" + rest);
        }
    }
}

TEST(configuration, takes_small_numbers_from_a_file) {
    EXPECT_EQ(configure({.file = "error_probability = 0.0001"}).error_probability, 0.0001);
    EXPECT_EQ(configure({.file = "error_probability = 2e-5"}).error_probability, 0.00002);
}

TEST(configuration, lets_the_stronger_source_win) {
    user u{
        .arguments = {"--region", "from-flag"},
        .variables =
            {{"KINETIDE_REGION", "from-variable"},
             {"AWS_REGION", "from-aws"},
             {"AWS_DEFAULT_REGION", "from-aws-default"}},
        .file = "region = 'from-file'"};
    EXPECT_EQ(configure(u).region, "from-flag");
    u.arguments.clear();
    EXPECT_EQ(configure(u).region, "from-variable");
    u.variables.erase("KINETIDE_REGION");
    EXPECT_EQ(configure(u).region, "from-file");
    u.file.clear();
    EXPECT_EQ(configure(u).region, "from-aws");
    u.variables.erase("AWS_REGION");
    EXPECT_EQ(configure(u).region, "from-aws-default");
    u.variables.clear();
    EXPECT_EQ(configure(u).region, "us-east-1");
}

TEST(configuration, judges_the_strongest_value_only) {
    EXPECT_EQ(
        configure({{"--port", "1"}, {{"KINETIDE_PORT", "x"}}, "port = 'y'"}).ports,
        std::vector<std::uint16_t>{1});
}

TEST(configuration, reads_the_account_of_aws_tools) {
    EXPECT_EQ(configure({{}, {{"AWS_ACCOUNT_ID", "123456789012"}}}).account_id, "123456789012");
    EXPECT_EQ(
        complaint({{}, {{"AWS_ACCOUNT_ID", "me"}}}),
        "AWS_ACCOUNT_ID is \"me\"; accepted: 12 digits");
}

TEST(configuration, lets_the_last_flag_win_and_gathers_lists) {
    const configuration c = configure(
        {{"--region", "a", "--host", "127.0.0.1", "--region", "b", "--host", "127.0.0.2,::1"}});
    EXPECT_EQ(c.region, "b");
    EXPECT_EQ(c.hosts, (std::vector<std::string>{"127.0.0.1", "127.0.0.2", "::1"}));
}

TEST(configuration, names_an_address_once) {
    EXPECT_EQ(
        configure({{"--host", "::1,localhost"}}).hosts,
        (std::vector<std::string>{"::1", "127.0.0.1"}));
}

TEST(configuration, takes_an_empty_variable_as_none) {
    EXPECT_EQ(configure({{}, {{"KINETIDE_PORT", ""}}}).ports, std::vector<std::uint16_t>{4567});
}

TEST(configuration, empties_a_list) {
    const environment variables = {{"KINETIDE_CORS_ORIGIN", "*"}};
    EXPECT_EQ(configure({{"--cors-origin=", "--seed", "1"}, variables}).cors_origins.size(), 0U);
    EXPECT_EQ(configure({.file = "cors_origin = []"}).cors_origins.size(), 0U);
}

TEST(configuration, warns_of_variables_that_nobody_reads) {
    const auto warnings = configure({{}, {{"KINETIDE_PROT", "1"}, {"AWS_PROFILE", "me"}}}).warnings;
    EXPECT_EQ(
        warnings, std::vector<std::string>{"KINETIDE_PROT is not a setting and has no effect"});
}

TEST(configuration, passes_over_the_service_links_of_a_cluster) {
    const configuration c = configure(
        {{},
         {{"KINETIDE_PORT", "tcp://10.0.0.1:4567"},
          {"KINETIDE_PORT_4567_TCP", "tcp://10.0.0.1:4567"},
          {"KINETIDE_PORT_FILE", "/run/port"},
          {"KINETIDE_SERVICE_HOST", "10.0.0.1"}}});
    EXPECT_EQ(c.ports, std::vector<std::uint16_t>{4567});
    EXPECT_EQ(c.port_file, "/run/port");
    EXPECT_TRUE(c.warnings.empty());
}

TEST(configuration, refuses_what_it_does_not_know) {
    EXPECT_EQ(complaint({{"--prot", "1"}}), "unknown flag --prot\nsee kinetide --help");
    EXPECT_EQ(complaint({{"--prot=1"}}), "unknown flag --prot\nsee kinetide --help");
    EXPECT_EQ(complaint({{"start"}}), "unknown command start\nsee kinetide --help");
    EXPECT_EQ(
        complaint({.file = "prot = 1"}), "unknown key prot in kinetide.toml\nsee kinetide --help");
    EXPECT_EQ(
        complaint({.file = "config = 'other.toml'"}),
        "unknown key config in kinetide.toml\nsee kinetide --help");
    EXPECT_TRUE(complaint({{"--port"}}).starts_with("--port: "));
    EXPECT_TRUE(complaint({.file = "port = \n"}).starts_with("kinetide.toml, line 1: "));
}

TEST(configuration, refuses_what_has_no_place_in_a_setting) {
    EXPECT_TRUE(complaint({.file = "[port]\nfirst = 1"}).starts_with("port in kinetide.toml is "));
    EXPECT_TRUE(complaint({.file = "port = 1.5"}).starts_with("port in kinetide.toml is \"1.5\""));
}

TEST(configuration, complains_on_one_line) {
    EXPECT_TRUE(complaint({{"--region", "a\nb"}}).starts_with("--region is \"a?b\"; "));
}

TEST(configuration, names_a_file_that_cannot_be_read) {
    EXPECT_EQ(complaint({{"--config", "absent"}}), "--config: absent cannot be read");
    EXPECT_EQ(
        complaint({{}, {{"KINETIDE_CONFIG", "absent"}}}), "KINETIDE_CONFIG: absent cannot be read");
}

TEST(configuration, knows_the_commands) {
    EXPECT_EQ(configure({}).wanted, command::serve);
    EXPECT_EQ(configure({{"serve"}}).wanted, command::serve);
    EXPECT_EQ(configure({{"--port", "1", "health"}}).wanted, command::health);
    EXPECT_EQ(configure({{"health", "--port", "1"}}).ports, std::vector<std::uint16_t>{1});
    EXPECT_EQ(configure({{"--version"}}).wanted, command::version);
}

TEST(configuration, helps_whatever_else_is_wrong) {
    EXPECT_EQ(
        configure({{"health", "--bogus", "-h"}, {{"KINETIDE_PORT", "x"}}}).wanted, command::help);
}

TEST(configuration, reads_a_clock) {
    const auto ms = [](const char* text) {
        return configure({{"--clock", text}}).clock->time_since_epoch().count();
    };
    EXPECT_EQ(ms("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(ms("2026-01-01T00:00:00Z"), 1767225600000);
    EXPECT_EQ(ms("2026-01-01T00:00:00.5Z"), 1767225600500);
    EXPECT_EQ(ms("2024-02-29T23:59:59.007Z"), 1709251199007);
    EXPECT_FALSE(configure({}).clock.has_value());
}

}  // namespace
}  // namespace kinetide::testing
