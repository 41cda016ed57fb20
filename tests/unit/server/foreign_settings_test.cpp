// Every setting of every other emulator: what it does here, and what is said of a wrong value.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <kinetide/server/configuration.hpp>
#include <kinetide/server/foreign_setting.hpp>
#include <kinetide/server/setting.hpp>

#include "configuring.hpp"

namespace kinetide::testing {
namespace {

using program::configuration;
using program::foreign_setting;
using program::foreign_settings;

// For each setting a value, what our setting is shown as then, and values that are refused.  Times
// are shown as the kinds that have one of their own.
struct example {
    std::string name;  // its variable, or else its flag
    std::string value;
    std::string effect;
    std::vector<std::string> wrong;
    std::string notice = {};
};

const std::string memory = "records are kept in memory only for now";
const std::string tls = "every port takes TLS as well as plain HTTP";
const std::string pem =
    "no keystore is read; --tls-cert and --tls-key take PEM files, else a certificate is made";
const std::string none = "understood, but without effect here";

const std::vector<std::string> bad_limits = {"0", "-1", "infinity", "2147483648", "1.5"};
const std::vector<std::string> bad_ms = {"-1", "500ms", "86400001", "1.5", "x"};
const std::vector<std::string> bad_durations = {"500", "ms", "-1s", "1 fortnight", "25h", "1.2.3s"};
const std::vector<std::string> bad_booleans = {"maybe", "2", "yes!"};
const std::vector<std::string> bad_ports = {"http", "65536", "-1"};
const std::vector<std::string> bad_levels = {"loud", "0"};
const std::vector<std::string> bad_streams = {"a b", "a:0", "a:b", "a:1:us-east-1:x", ","};
const std::string updating =
    "update_stream split_shard merge_shards update_shard_count update_stream_mode "
    "start_encryption stop_encryption=";

const std::vector<example> examples = {
    {"KINESIS_SHARD_LIMIT", "100", "100", bad_limits},
    {"KINESIS_ON_DEMAND_STREAM_COUNT_LIMIT", "10", "10", {"-1", "ten", "2147483648"}},
    {"KINESIS_LATENCY",
     "250",
     "create_stream delete_stream update_stream split_shard merge_shards update_shard_count "
     "update_stream_mode start_encryption stop_encryption register_consumer "
     "deregister_consumer=250",
     bad_ms},
    {"KINESIS_ERROR_PROBABILITY", "0.5", "0.5", {"1.5", "-0.5", "often"}},
    {"KINESIS_INITIALIZE_STREAMS", "a:1,b", "a:1,b:4", bad_streams},
    {"KINESIS_PERSISTENCE", "1", "", bad_booleans, memory},
    {"KINESIS_PROVIDER", "kinesalite", "", {}, none},
    {"KINESIS_MOCK_PROVIDER_ENGINE", "scala", "", {}, none},
    {"KINESIS_MOCK_PERSIST_INTERVAL", "5s", "", {}, none},
    {"KINESIS_MOCK_LOG_LEVEL", "INFO", "", {}, none},
    {"KINESIS_MOCK_MAXIMUM_HEAP_SIZE", "512m", "", {}, none},
    {"KINESIS_MOCK_INITIAL_HEAP_SIZE", "256m", "", {}, none},
    {"FERROKINESIS_CONFIG", file_path, file_path, {}},
    {"FERROKINESIS_PORT", "4999", "4999", bad_ports},
    {"FERROKINESIS_SHARD_LIMIT", "20", "20", {"0", "Infinity", "x"}},
    {"FERROKINESIS_LOG_LEVEL", "warn", "warn", bad_levels},
    {"FERROKINESIS_LOG_FORMAT", "json", "json", {"xml"}},
    {"FERROKINESIS_ACCESS_LOG", "true", "debug", bad_booleans},
    {"FERROKINESIS_CREATE_STREAM_MS", "100", "create_stream=100", bad_ms},
    {"FERROKINESIS_DELETE_STREAM_MS", "0", "delete_stream=0", bad_ms},
    {"FERROKINESIS_UPDATE_STREAM_MS", "300", updating + "300", bad_ms},
    {"FERROKINESIS_ITERATOR_TTL_SECONDS", "60", "60000", {"0", "86401", "1m"}},
    {"FERROKINESIS_MAX_REQUEST_BODY_MB", "7", "7340032", {"0", "4097", "7M"}},
    {"FERROKINESIS_ENFORCE_LIMITS", "true", "aws", bad_booleans},
    {"FERROKINESIS_STATE_DIR", "state", "", {}, memory},
    {"FERROKINESIS_SNAPSHOT_INTERVAL_SECS", "0", "", {"-1", "86401", "5s"}, memory},
    {"FERROKINESIS_MAX_RETAINED_BYTES", "1", "", {"0", "1G"}, none},
    {"FERROKINESIS_RETENTION_CHECK_INTERVAL_SECS", "0", "", {"-1", "86401", "5s"}, none},
    {"FERROKINESIS_CAPTURE", "records.ndjson", "", {}, none},
    {"FERROKINESIS_SCRUB", "true", "", bad_booleans, none},
    {"FERROKINESIS_TLS_CERT", "cert.pem", "cert.pem", {}},
    {"FERROKINESIS_TLS_KEY", "key.pem", "key.pem", {}},
    {"--createStreamMs", "50", "create_stream=50", bad_ms},
    {"--deleteStreamMs", "60", "delete_stream=60", bad_ms},
    {"--updateStreamMs", "70", updating + "70", bad_ms},
    {"--shardLimit", "Infinity", "2147483647", bad_limits},
    {"--path", "db", "", {""}, memory},
    {"--ssl", "true", "", bad_booleans, tls},
    {"CREATE_STREAM_DURATION", "500ms", "create_stream=500", bad_durations},
    {"DELETE_STREAM_DURATION", "5s", "delete_stream=5000", bad_durations},
    {"REGISTER_STREAM_CONSUMER_DURATION", "2 seconds", "register_consumer=2000", bad_durations},
    {"DEREGISTER_STREAM_CONSUMER_DURATION", "1 m", "deregister_consumer=60000", bad_durations},
    {"START_STREAM_ENCRYPTION_DURATION", "1.5s", "start_encryption=1500", bad_durations},
    {"STOP_STREAM_ENCRYPTION_DURATION", "0ms", "stop_encryption=0", bad_durations},
    {"MERGE_SHARDS_DURATION", "1 hour", "merge_shards=3600000", bad_durations},
    {"SPLIT_SHARD_DURATION", "7 millis", "split_shard=7", bad_durations},
    {"UPDATE_SHARD_COUNT_DURATION", "1 day", "update_shard_count=86400000", bad_durations},
    {"UPDATE_STREAM_MODE_DURATION", "1500 micros", "update_stream_mode=2", bad_durations},
    {"INITIALIZE_STREAMS", "a:1,b::us-west-2,c", "a:1,b:4:us-west-2,c:4", bad_streams},
    {"KINESIS_MOCK_TLS_PORT", "4001", "4001", bad_ports},
    {"KINESIS_MOCK_PLAIN_PORT", "4002", "4002", bad_ports},
    {"SHARD_LIMIT", "50", "50", bad_limits},
    {"ON_DEMAND_STREAM_COUNT_LIMIT", "3", "3", {"-1", "x"}},
    {"ROOT_LOG_LEVEL", "ERROR", "error", bad_levels},
    {"LOG_LEVEL", "DEBUG", "debug", bad_levels},
    {"SHOULD_PERSIST_DATA", "true", "", bad_booleans, memory},
    {"PERSIST_PATH", "data", "", {}, memory},
    {"PERSIST_FILE_NAME", "kinesis-data.json", "", {}, memory},
    {"PERSIST_INTERVAL", "5s", "", bad_durations, memory},
    {"LOAD_DATA_IF_EXISTS", "TRUE", "", bad_booleans, memory},
    {"KINESIS_MOCK_CERT_PATH", "cert.p12", "", {}, pem},
    {"KINESIS_MOCK_CERT_PASSWORD", "secret", "", {}, pem},
    {"KINESIS_MOCK_KEYSTORE_PASSWORD", "secret", "", {}, pem},
    {"KINESIS_MOCK_KEYMANAGER_PASSWORD", "secret", "", {}, pem},
};

std::string name_of(const foreign_setting& f) { return f.variable.empty() ? f.flag : f.variable; }

const foreign_setting& setting_of(const example& e) {
    const auto& all = foreign_settings();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const foreign_setting& f) { return name_of(f) == e.name; });
    return found == all.end() ? throw std::out_of_range(e.name) : *found;
}

const program::setting* ours_of(const foreign_setting& f) {
    const auto& all = program::all_settings();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const program::setting& s) { return s.name == f.sets; });
    return found == all.end() ? nullptr : &*found;
}

std::string effect_of(const foreign_setting& f, const configuration& c) {
    if (f.sets == "transition-ms") return times_of(c);
    const program::setting* const ours = ours_of(f);
    return ours == nullptr ? "" : ours->value.show(c);
}

std::string in_quotes(const std::string& text) { return "'" + text + "'"; }

// What users write to give `value` in each way that the setting knows, and its name there.
struct way {
    std::string source;
    user words;
};
std::vector<way> ways_of(const foreign_setting& f, const std::string& value) {
    std::vector<way> out;
    if (!f.flag.empty()) {
        out.push_back({f.flag, {.arguments = {f.flag, value}}});
        out.push_back({f.flag, {.arguments = {"serve", f.flag + "=" + value}}});
    }
    if (!f.variable.empty() && !value.empty()) {
        out.push_back({f.variable, {.arguments = {}, .variables = {{f.variable, value}}}});
    }
    if (!f.key.empty() && !value.empty()) {
        out.push_back(
            {f.key + " in kinetide.toml",
             {.arguments = {}, .file = f.key + " = " + in_quotes(value)}});
    }
    if (f.sets == "config") {
        for (way& w : out) w.words.file = {};
    }
    return out;
}

// A file is there for FERROKINESIS_CONFIG to name.
configuration configured(const user& u) {
    if (!u.file.empty()) return configure(u);
    return program::configure(u.arguments, u.variables, [](const std::string& path) {
        return path == file_path ? std::optional<std::string>("") : std::nullopt;
    });
}

TEST(foreign_setting, has_an_example_each) {
    std::vector<std::string> declared;
    for (const foreign_setting& f : foreign_settings()) declared.push_back(name_of(f));
    std::vector<std::string> shown;
    shown.reserve(examples.size());
    for (const example& e : examples) shown.push_back(e.name);
    EXPECT_EQ(declared, shown);
}

TEST(foreign_setting, has_its_effect_and_its_line_in_the_log) {
    for (const example& e : examples) {
        const foreign_setting& f = setting_of(e);
        if (!e.effect.empty()) {
            EXPECT_NE(effect_of(f, configure({})), e.effect) << e.name;
        }
        for (const way& w : ways_of(f, e.value)) {
            SCOPED_TRACE(w.source);
            const configuration c = configured(w.words);
            EXPECT_EQ(effect_of(f, c), e.effect);
            std::vector<std::string> lines;
            if (!e.notice.empty()) lines.push_back(w.source + ": " + e.notice);
            EXPECT_EQ(c.warnings, lines);
        }
    }
}

TEST(foreign_setting, names_setting_value_and_form_when_it_refuses) {
    for (const example& e : examples) {
        const foreign_setting& f = setting_of(e);
        for (const std::string& wrong : e.wrong) {
            for (const way& w : ways_of(f, wrong)) {
                EXPECT_EQ(
                    complaint(w.words),
                    w.source + " is \"" + wrong + "\"; accepted: " + std::string(f.accepted));
            }
        }
    }
}

TEST(foreign_setting, is_weaker_than_ours) {
    const std::map<std::string_view, std::string> values = {
        {"port", "1"},
        {"streams", "z:1"},
        {"transition-ms", "9"},
        {"limits", "relaxed"},
        {"shard-limit", "7"},
        {"on-demand-stream-limit", "7"},
        {"iterator-age-ms", "7"},
        {"error-probability", "0.75"},
        {"body-bytes-max", "4096"},
        {"tls-cert", "ours.pem"},
        {"tls-key", "ours.pem"},
        {"log-level", "off"},
        {"log-format", "text"}};
    for (const example& e : examples) {
        const foreign_setting& f = setting_of(e);
        const program::setting* const ours = ours_of(f);
        if (ours == nullptr || !ours->in_file) continue;
        const std::string& value = values.at(ours->name);
        const std::vector<way> stronger = {
            {ours->flag(), {.arguments = {ours->flag(), value}}},
            {ours->variable(), {.arguments = {}, .variables = {{ours->variable(), value}}}},
            {ours->key() + " in kinetide.toml",
             {.arguments = {}, .file = ours->key() + " = " + in_quotes(value)}}};
        for (const way& own : stronger) {
            // Not even a wrong value is looked at.
            for (way w : ways_of(f, "wrong!")) {
                SCOPED_TRACE(w.source + " against " + own.source);
                const auto& arguments = own.words.arguments;
                w.words.arguments.insert(
                    w.words.arguments.end(), arguments.begin(), arguments.end());
                w.words.variables.insert(own.words.variables.begin(), own.words.variables.end());
                w.words.file += "\n" + own.words.file;
                const configuration c = configure(w.words);
                EXPECT_EQ(ours->value.show(c), value);
                EXPECT_TRUE(c.transitions.empty());
                EXPECT_EQ(
                    c.warnings,
                    std::vector<std::string>{
                        w.source + " has no effect: " + own.source + " is stronger"});
            }
        }
    }
}

TEST(foreign_setting, has_a_name_of_its_own) {
    std::set<std::string> names;
    for (const program::setting& s : program::all_settings()) {
        names.insert({s.flag(), s.variable(), s.key()});
    }
    for (const foreign_setting& f : foreign_settings()) {
        for (const std::string& name : {f.flag, f.variable, f.key}) {
            if (name.empty()) continue;
            EXPECT_TRUE(names.insert(name).second) << name;
        }
    }
}

}  // namespace
}  // namespace kinetide::testing
