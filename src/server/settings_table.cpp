// The table itself: to add a setting, add its member to `settings` (or `configuration`) and its
// entry here, and copy the row that the test then asks for into docs/configuration.md.

#include <cstdint>
#include <limits>

#include <kinetide/server/setting.hpp>

#include "bindings.hpp"
#include "forms.hpp"
#include "spelling.hpp"

namespace kinetide::program {
namespace {

constexpr std::uint64_t day_ms = 24ULL * 60 * 60 * 1000;
constexpr range up_to_a_day = {0, day_ms};
// A time of 0 would end every connection before it has begun.
constexpr range some_of_a_day = {1, day_ms};
constexpr std::string_view milliseconds_up_to_a_day = "milliseconds from 0 to 86400000";
constexpr std::string_view some_milliseconds = "milliseconds from 1 to 86400000";
constexpr std::string_view any_path = "the path of a file";

std::string itself(const std::string& item) { return item; }
std::string decimal(const std::uint16_t& item) { return std::to_string(item); }

bool add_port(std::string_view text, std::vector<std::uint16_t>& out) {
    const auto port = parse_number(text, 0, std::numeric_limits<std::uint16_t>::max());
    if (port) out.push_back(static_cast<std::uint16_t>(*port));
    return port.has_value();
}

bool add_stream(std::string_view text, std::vector<settings::initial_stream>& out) {
    const auto stream = parse_initial_stream(text);
    if (stream) out.push_back(*stream);
    return stream.has_value();
}

std::string stream_text(const settings::initial_stream& s) {
    std::string text = s.name + ":" + std::to_string(s.shards);
    if (!s.region.empty()) text += ":" + s.region;
    return text;
}

binding clock_binding() {
    return {
        .assign =
            [](configuration& c, std::string_view text) {
                // Sequence numbers have room for times up to 2477.
                constexpr std::chrono::sys_days bound = std::chrono::year{2400} / 1 / 1;
                const auto start = parse_instant(text);
                if (!start || *start >= bound) return false;
                c.clock = start;
                return true;
            },
        .show =
            [](const configuration& c) {
                return c.clock ? instant_text(*c.clock) : "the system's time";
            }};
}

std::vector<setting> process_settings() {
    using c = configuration;
    return {
        {"config",
         "Settings file (TOML) to read",
         any_path,
         text(&c::config_file, is_path),
         {},
         false},
        {"log-level",
         "Least level that is logged, to stderr",
         "trace, debug, info, warn, error or off",
         choice(
             &c::log_level,
             {{"trace", log::level::trace},
              {"debug", log::level::debug},
              {"info", log::level::info},
              {"warn", log::level::warn},
              {"error", log::level::error},
              {"off", log::level::off}})},
        {"log-format",
         "How log lines look",
         "text or json",
         choice(&c::log_format, {{"text", log::format::text}, {"json", log::format::json}})},
        {"port-file",
         "File that says which port was taken, once requests are answered",
         any_path,
         text(&c::port_file, is_path)},
    };
}

std::vector<setting> listening_settings() {
    using s = settings;
    return {
        {"host",
         "Addresses to listen at; 0.0.0.0 lets other machines in",
         "IP addresses or localhost, separated by commas",
         list(&s::hosts, add_addresses, 1, itself)},
        {"port",
         "Ports to listen at, on each address; 0 takes a free one",
         "numbers from 0 to 65535, separated by commas",
         list(&s::ports, add_port, 1, decimal)},
        {"workers",
         "Threads that serve connections",
         "a number from 1 to 1024",
         number(&s::workers, {1, 1024}, "one for each core")},
        {"allowed-hosts",
         "Host names to answer to, beside the usual local ones; * for every name",
         "host names without port, or .domain for all below it, separated by commas",
         list(&s::allowed_hosts, add_host_name, 0, itself)},
        {"cors-origin",
         "Origins of web pages to let in, beside loopback ones; * for every origin",
         "origins like https://app.example.com, without a path, separated by commas",
         list(&s::cors_origins, add_origin, 0, itself)},
    };
}

std::vector<setting> tls_settings() {
    using s = settings;
    return {
        {"tls",
         "on: a connection's first bytes tell TLS from plain HTTP; only: plain HTTP is refused",
         "on, off or only",
         choice(
             &s::tls,
             {{"on", s::tls_mode::on}, {"off", s::tls_mode::off}, {"only", s::tls_mode::only}})},
        {"tls-cert",
         "Certificate to show, and what lies between it and its authority (PEM)",
         any_path,
         text(&s::tls_cert, is_path)},
        {"tls-key", "Key of --tls-cert (PEM)", any_path, text(&s::tls_key, is_path)},
        {"tls-dir",
         "Directory that keeps the authority and certificate that are made without --tls-cert",
         "the path of a directory",
         text(&s::tls_dir, is_path)},
        {"tls-san",
         "What the made certificate is for, beside the usual local names",
         "host names, *.domain, or IP addresses, separated by commas",
         list(&s::tls_names, add_certificate_name, 0, itself)},
    };
}

std::vector<setting> api_settings() {
    using s = settings;
    constexpr auto largest = std::numeric_limits<std::int64_t>::max();
    return {
        {"account-id",
         "Account of requests whose access key does not name one",
         "12 digits",
         text(&s::account_id, is_account_id),
         {"AWS_ACCOUNT_ID"}},
        {"region",
         "Region of requests that do not name one",
         "up to 32 lower-case letters, digits and hyphens",
         text(&s::region, is_region),
         {"AWS_REGION", "AWS_DEFAULT_REGION"}},
        {"auth",
         "any: well-formed signatures, by any key; off: unsigned requests as well",
         "any or off",
         choice(&s::auth, {{"any", s::auth_mode::any}, {"off", s::auth_mode::off}})},
        {"streams",
         "Streams to create at start; an empty number of shards is 4",
         streams_form,
         list(&s::streams, add_stream, 0, stream_text)},
        {"transition-ms",
         "Time that streams spend CREATING, UPDATING or DELETING",
         milliseconds_up_to_a_day,
         number(&s::transition, up_to_a_day)},
        {"limits",
         "relaxed: sizes and counts are enforced; aws: rates and quotas as well",
         "relaxed or aws",
         choice(
             &s::limits,
             {{"relaxed", s::limits_profile::relaxed}, {"aws", s::limits_profile::aws}})},
        {"shard-limit",
         "Open shards that an account may have in a region",
         "a number from 1 on",
         number(&s::shard_limit, {1, static_cast<std::uint64_t>(largest)}, "that of --limits")},
        {"on-demand-stream-limit",
         "Streams on demand that an account may have in a region",
         "a number from 0 on",
         number(
             &s::on_demand_stream_limit,
             {0, static_cast<std::uint64_t>(largest)},
             "that of --limits")},
        {"iterator-age-ms",
         "Time that a shard iterator is good for",
         some_milliseconds,
         number(&s::iterator_age, some_of_a_day)},
        {"error-probability",
         "Share of puts and gets that are throttled for no reason, to try a client's retries",
         probability_form,
         probability(&s::error_probability)},
        {"seed",
         "Makes ids, sequence numbers and tokens the same in every run",
         "a number from 0 to 18446744073709551615",
         number(&s::seed, {0, std::numeric_limits<std::uint64_t>::max()}, "a random one")},
        {"clock",
         "Where the API's time stands still",
         "an instant in UTC from 1970 to 2399, like 2026-01-01T00:00:00Z or "
         "2026-01-01T00:00:00.000Z",
         clock_binding()},
    };
}

std::vector<setting> connection_settings() {
    using s = settings;
    constexpr std::uint64_t body_bytes_least = 1024;
    constexpr std::uint64_t body_bytes_most = 1024ULL * 1024 * 1024;
    return {
        {"body-bytes-max",
         "Largest body of a request",
         "bytes from 1024 to 1073741824",
         number(&s::body_bytes_max, {body_bytes_least, body_bytes_most})},
        {"header-time-ms",
         "Time for a request's header to arrive",
         some_milliseconds,
         number(&s::header_time, some_of_a_day)},
        {"body-idle-ms",
         "Longest pause within a request's body",
         some_milliseconds,
         number(&s::body_idle_time, some_of_a_day)},
        {"keep-alive-ms",
         "Time that an idle connection is kept",
         some_milliseconds,
         number(&s::keep_alive_time, some_of_a_day)},
        {"drain-ms",
         "Time for requests in flight to finish at stop",
         milliseconds_up_to_a_day,
         number(&s::drain_time, up_to_a_day)},
    };
}

}  // namespace

std::string setting::flag() const { return spelled("--", name, '-', false); }
std::string setting::variable() const { return spelled("KINETIDE_", name, '_', true); }
std::string setting::key() const { return spelled("", name, '_', false); }
std::string setting::default_text() const { return value.show(configuration()); }

const std::vector<setting>& all_settings() {
    static const std::vector<setting> all = [] {
        std::vector<setting> table;
        for (auto part :
             {listening_settings(),
              tls_settings(),
              api_settings(),
              connection_settings(),
              process_settings()}) {
            table.insert(table.end(), part.begin(), part.end());
        }
        return table;
    }();
    return all;
}

}  // namespace kinetide::program
