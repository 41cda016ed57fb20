// The table of the foreign settings.  To add one, add its entry here, its example to the test, and
// the row that the test then asks for to docs/configuration.md.

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <utility>

#include <kinetide/server/foreign_setting.hpp>
#include <kinetide/server/setting.hpp>

#include "foreign_bindings.hpp"
#include "spelling.hpp"

namespace kinetide::program {
namespace {

using kind = settings::transition_kind;
using s = settings;

constexpr std::string_view any_transition =
    "Time that streams spend CREATING, UPDATING or DELETING";
constexpr std::string_view creating = "Time that streams spend CREATING";
constexpr std::string_view updating = "Time that streams spend UPDATING";
constexpr std::string_view deleting = "Time that streams spend DELETING";
constexpr std::string_view in_memory = "records are kept in memory only for now";
constexpr std::string_view any_port = "every port takes TLS as well as plain HTTP";
constexpr std::string_view pem_only =
    "no keystore is read; --tls-cert and --tls-key take PEM files, else a certificate is made";
constexpr std::string_view no_effect = "understood, but without effect here";

// What is true of many entries.
foreign_setting variable(emulator from, std::string name) {
    foreign_setting out;
    out.from = from;
    out.variable = std::move(name);
    return out;
}

// ferrokinesis spells each of its settings in three ways, as we do.
foreign_setting spelled_in_three_ways(std::string_view name) {
    foreign_setting out;
    out.from = emulator::ferrokinesis;
    out.flag = spelled("--", name, '-', false);
    out.variable = spelled("FERROKINESIS_", name, '_', true);
    out.key = spelled("", name, '_', false);
    return out;
}

std::vector<foreign_setting> of_localstack() {
    const auto named = [](const char* name) { return variable(emulator::localstack, name); };
    std::vector<foreign_setting> table{
        shard_limit_of(named("KINESIS_SHARD_LIMIT")),
        on_demand_limit_of(named("KINESIS_ON_DEMAND_STREAM_COUNT_LIMIT")),
        milliseconds_of(named("KINESIS_LATENCY"), every_kind(), any_transition),
        same_as("error-probability", named("KINESIS_ERROR_PROBABILITY")),
        same_as("streams", named("KINESIS_INITIALIZE_STREAMS")),
        ignored_boolean(named("KINESIS_PERSISTENCE"), in_memory),
    };
    for (const char* name :
         {"KINESIS_PROVIDER",
          "KINESIS_MOCK_PROVIDER_ENGINE",
          "KINESIS_MOCK_PERSIST_INTERVAL",
          "KINESIS_MOCK_LOG_LEVEL",
          "KINESIS_MOCK_MAXIMUM_HEAP_SIZE",
          "KINESIS_MOCK_INITIAL_HEAP_SIZE"}) {
        table.push_back(ignored_text(named(name), no_effect));
    }
    return table;
}

std::vector<foreign_setting> of_ferrokinesis() {
    const auto named = [](std::string_view name) { return spelled_in_three_ways(name); };
    // Where a flag and a key are ours as well, the variable is all that is foreign.
    const auto ours = [](std::string name) {
        return variable(emulator::ferrokinesis, std::move(name));
    };
    return {
        same_as("config", ours("FERROKINESIS_CONFIG")),
        same_as("port", ours("FERROKINESIS_PORT")),
        same_as("shard-limit", ours("FERROKINESIS_SHARD_LIMIT")),
        same_as("log-level", ours("FERROKINESIS_LOG_LEVEL")),
        same_as("log-format", ours("FERROKINESIS_LOG_FORMAT")),
        access_log_of(named("access-log")),
        milliseconds_of(named("create-stream-ms"), {kind::create_stream}, creating),
        milliseconds_of(named("delete-stream-ms"), {kind::delete_stream}, deleting),
        milliseconds_of(named("update-stream-ms"), updating_kinds(), updating),
        scaled(
            "iterator-age-ms",
            named("iterator-ttl-seconds"),
            &s::iterator_age,
            {1, 86'400},
            1'000,
            "seconds from 1 to 86400"),
        scaled(
            "body-bytes-max",
            named("max-request-body-mb"),
            &s::body_bytes_max,
            {1, 4'096},
            1'024 * 1'024,
            "megabytes from 1 to 4096"),
        enforce_limits_of(named("enforce-limits")),
        ignored_text(named("state-dir"), in_memory),
        ignored_number(
            named("snapshot-interval-secs"), {0, 86'400}, "seconds from 0 to 86400", in_memory),
        ignored_number(
            named("max-retained-bytes"),
            {1, std::numeric_limits<std::uint64_t>::max()},
            "a number from 1 on",
            no_effect),
        ignored_number(
            named("retention-check-interval-secs"),
            {0, 86'400},
            "seconds from 0 to 86400",
            no_effect),
        ignored_text(named("capture"), no_effect),
        ignored_boolean(named("scrub"), no_effect),
        same_as("tls-cert", ours("FERROKINESIS_TLS_CERT")),
        same_as("tls-key", ours("FERROKINESIS_TLS_KEY")),
    };
}

std::vector<foreign_setting> of_kinesalite() {
    const auto named = [](const char* flag) {
        foreign_setting out;
        out.from = emulator::kinesalite;
        out.flag = flag;
        return out;
    };
    return {
        milliseconds_of(named("--createStreamMs"), {kind::create_stream}, creating),
        milliseconds_of(named("--deleteStreamMs"), {kind::delete_stream}, deleting),
        milliseconds_of(named("--updateStreamMs"), updating_kinds(), updating),
        shard_limit_of(named("--shardLimit")),
        ignored_text(named("--path"), in_memory),
        ignored_boolean(named("--ssl"), any_port),
    };
}

std::vector<foreign_setting> durations_of_kinesis_mock() {
    const auto entry = [](const char* name, kind what, std::string_view meaning) {
        return duration_of(variable(emulator::kinesis_mock, name), what, meaning);
    };
    return {
        entry("CREATE_STREAM_DURATION", kind::create_stream, creating),
        entry("DELETE_STREAM_DURATION", kind::delete_stream, deleting),
        entry(
            "REGISTER_STREAM_CONSUMER_DURATION",
            kind::register_consumer,
            "Time that consumers spend CREATING"),
        entry(
            "DEREGISTER_STREAM_CONSUMER_DURATION",
            kind::deregister_consumer,
            "Time that consumers spend DELETING"),
        entry(
            "START_STREAM_ENCRYPTION_DURATION",
            kind::start_encryption,
            "Time of UPDATING after StartStreamEncryption"),
        entry(
            "STOP_STREAM_ENCRYPTION_DURATION",
            kind::stop_encryption,
            "Time of UPDATING after StopStreamEncryption"),
        entry("MERGE_SHARDS_DURATION", kind::merge_shards, "Time of UPDATING after MergeShards"),
        entry("SPLIT_SHARD_DURATION", kind::split_shard, "Time of UPDATING after SplitShard"),
        entry(
            "UPDATE_SHARD_COUNT_DURATION",
            kind::update_shard_count,
            "Time of UPDATING after UpdateShardCount"),
        entry(
            "UPDATE_STREAM_MODE_DURATION",
            kind::update_stream_mode,
            "Time of UPDATING after UpdateStreamMode"),
    };
}

std::vector<foreign_setting> of_kinesis_mock() {
    const auto named = [](const char* name) { return variable(emulator::kinesis_mock, name); };
    std::vector<foreign_setting> table = durations_of_kinesis_mock();
    table.insert(
        table.end(),
        {same_as("streams", named("INITIALIZE_STREAMS")),
         same_as("port", named("KINESIS_MOCK_TLS_PORT")),
         same_as("port", named("KINESIS_MOCK_PLAIN_PORT")),
         shard_limit_of(named("SHARD_LIMIT")),
         on_demand_limit_of(named("ON_DEMAND_STREAM_COUNT_LIMIT")),
         log_level_of(named("ROOT_LOG_LEVEL")),
         log_level_of(named("LOG_LEVEL")),
         ignored_boolean(named("SHOULD_PERSIST_DATA"), in_memory),
         ignored_text(named("PERSIST_PATH"), in_memory),
         ignored_text(named("PERSIST_FILE_NAME"), in_memory),
         ignored_duration(named("PERSIST_INTERVAL"), in_memory),
         ignored_boolean(named("LOAD_DATA_IF_EXISTS"), in_memory)});
    for (const char* name :
         {"KINESIS_MOCK_CERT_PATH",
          "KINESIS_MOCK_CERT_PASSWORD",
          "KINESIS_MOCK_KEYSTORE_PASSWORD",
          "KINESIS_MOCK_KEYMANAGER_PASSWORD"}) {
        table.push_back(ignored_text(named(name), pem_only));
    }
    return table;
}

}  // namespace

std::string_view name_of(emulator e) {
    switch (e) {
        case emulator::localstack: return "LocalStack";
        case emulator::ferrokinesis: return "ferrokinesis";
        case emulator::kinesalite: return "kinesalite";
        case emulator::kinesis_mock: break;
    }
    return "kinesis-mock";
}

const std::vector<foreign_setting>& foreign_settings() {
    static const std::vector<foreign_setting> all = [] {
        std::vector<foreign_setting> table;
        for (auto part : {of_localstack(), of_ferrokinesis(), of_kinesalite(), of_kinesis_mock()}) {
            table.insert(table.end(), part.begin(), part.end());
        }
        return table;
    }();
    return all;
}

}  // namespace kinetide::program
