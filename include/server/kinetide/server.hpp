// Kinetide inside a C++ process: the whole program on ports of its own, for test suites.
//
//     kinetide::server kinesis;  // on a free port of the loopback addresses
//     kinesis.start();
//     client_config.endpointOverride = kinesis.addresses().front();
//
// Servers in one process share nothing but the log: streams of one are unknown to the others.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kinetide {

// The program's own defaults; docs/configuration.md says more of each.
struct settings {
    // any: a request must be signed in a well-formed way, by any key.  off: unsigned ones pass too.
    enum class auth_mode { any, off };
    // relaxed: sizes and counts are enforced.  aws: rates and quotas as well.
    enum class limits_profile { relaxed, aws };
    // on: a connection's first bytes tell TLS from plain HTTP.  only: plain HTTP is refused.
    enum class tls_mode { off, on, only };
    // What keeps a stream or consumer in CREATING, UPDATING or DELETING for a while.
    enum class transition_kind : std::uint8_t {
        create_stream,
        delete_stream,
        update_stream,  // every UPDATING without a kind of its own
        split_shard,
        merge_shards,
        update_shard_count,
        update_stream_mode,
        start_encryption,
        stop_encryption,
        register_consumer,
        deregister_consumer,
    };
    struct initial_stream {
        std::string name;
        std::int32_t shards = 4;
        std::string region;  // empty: `region` below
        bool operator==(const initial_stream&) const = default;
    };

    std::vector<std::string> hosts{"127.0.0.1", "::1"};  // IP literals
    std::vector<std::uint16_t> ports{4567};              // 0 takes a free one
    std::optional<unsigned> workers;                     // absent: one for each core

    std::string account_id = "000000000000";  // when the access key is not one
    std::string region = "us-east-1";         // when the request names none
    auth_mode auth = auth_mode::any;

    std::vector<initial_stream> streams;  // made at start, before the first request

    std::chrono::milliseconds transition{0};  // how long a stream is CREATING, UPDATING, DELETING
    std::map<transition_kind, std::chrono::milliseconds> transitions;  // those that differ from it
    [[nodiscard]] std::chrono::milliseconds transition_of(transition_kind kind) const {
        const auto own = transitions.find(kind);
        return own == transitions.end() ? transition : own->second;
    }
    limits_profile limits = limits_profile::relaxed;
    std::optional<std::int64_t> shard_limit;             // absent: that of the profile
    std::optional<std::int64_t> on_demand_stream_limit;  // absent: that of the profile
    std::chrono::milliseconds iterator_age{300'000};     // how long a shard iterator is good for
    double error_probability = 0;  // how often puts and gets are throttled for no reason, 0 to 1

    std::vector<std::string> cors_origins;   // beside the loopback ones; "*" is every origin
    std::vector<std::string> allowed_hosts;  // beside the usual local names; "*" is every name

    tls_mode tls = tls_mode::on;
    std::string tls_cert;                // PEM file; empty: a certificate is made on first use
    std::string tls_key;                 // PEM file, with tls_cert
    std::string tls_dir;                 // keeps what is made over restarts; empty: nothing does
    std::vector<std::string> tls_names;  // of a made certificate, beside the usual local ones

    std::optional<std::uint64_t> seed;  // absent: ids and tokens differ in every run
    // The API's time stands still here.  Absent: the system's time.
    std::optional<std::chrono::sys_time<std::chrono::milliseconds>> clock;

    std::size_t body_bytes_max = 16 * 1024 * 1024;
    std::chrono::milliseconds header_time{10'000};
    std::chrono::milliseconds body_idle_time{30'000};
    std::chrono::milliseconds keep_alive_time{75'000};
    std::chrono::milliseconds drain_time{5'000};  // at stop, for what is in flight
};

class server {
public:
    server();  // the defaults, but on a free port
    explicit server(const settings& s);
    ~server();  // stops at once if still running
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    // Once.  Answers requests when it returns.  Throws std::runtime_error with one line that says
    // why it cannot (a port is taken, an address is not the machine's, a stream is refused).
    void start();

    // After start: the port of the first address, and every address as `http://host:port`
    // (https:// where nothing else is taken).
    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] const std::vector<std::string>& addresses() const;

    // Any thread.  Lets what is in flight finish within drain_time; returns when all has ended.
    // Does nothing when there is nothing to stop.
    void stop();

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace kinetide
