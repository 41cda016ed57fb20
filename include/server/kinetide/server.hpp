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

    std::vector<std::string> hosts{"127.0.0.1", "::1"};  // IP literals
    std::vector<std::uint16_t> ports{4567};              // 0 takes a free one
    std::optional<unsigned> workers;                     // absent: one for each core

    std::string account_id = "000000000000";  // when the access key is not one
    std::string region = "us-east-1";         // when the request names none
    auth_mode auth = auth_mode::any;

    std::chrono::milliseconds transition{0};  // how long a stream is CREATING, UPDATING, DELETING
    limits_profile limits = limits_profile::relaxed;
    std::optional<std::int64_t> shard_limit;  // absent: that of the profile

    std::vector<std::string> cors_origins;   // beside the loopback ones; "*" is every origin
    std::vector<std::string> allowed_hosts;  // beside the usual local names; "*" is every name

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
    // why it cannot (a port is taken, an address is not the machine's).
    void start();

    // After start: the port of the first address, and every address as `http://host:port`.
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
