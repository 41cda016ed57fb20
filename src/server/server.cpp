// Joins clock, service and transport.

#include <kinetide/server.hpp>

#include <algorithm>
#include <atomic>
#include <string_view>
#include <thread>
#include <utility>

#include <kinetide/base/clock.hpp>
#include <kinetide/http/server.hpp>
#include <kinetide/server/texts.hpp>
#include <kinetide/service/service.hpp>

#include "tls_options.hpp"

namespace kinetide {
namespace {

std::unique_ptr<clock> clock_of(const settings& s) {
    if (!s.clock) return std::make_unique<system_clock>();
    return std::make_unique<manual_clock>(instant{s.clock->time_since_epoch().count()});
}

engine::transition_times transitions_of(const settings& s) {
    using kind = settings::transition_kind;
    // The two lists are one: only what is public is ours to name.
    static_assert(
        static_cast<std::size_t>(kind::deregister_consumer) + 1 == engine::transition_count);
    engine::transition_times times;
    for (std::size_t i = 0; i < engine::transition_count; ++i) {
        times.ms[i] = s.transition_of(static_cast<kind>(i)).count();
    }
    return times;
}

service::options service_options(const settings& s) {
    service::options o;
    o.engine.transitions = transitions_of(s);
    o.engine.limits = s.limits == settings::limits_profile::aws ? engine::limits_profile::aws
                                                                : engine::limits_profile::relaxed;
    o.engine.shard_limit = s.shard_limit;
    o.engine.on_demand_stream_limit = s.on_demand_stream_limit;
    o.engine.iterator_age_ms_max = s.iterator_age.count();
    o.engine.seed = s.seed;
    o.auth = s.auth == settings::auth_mode::off ? service::auth_mode::off : service::auth_mode::any;
    o.account_id = s.account_id;
    o.region = s.region;
    o.version = program::version;
    for (const auto& one : s.streams) o.streams.push_back({one.name, one.shards, one.region});
    o.error_probability = s.error_probability;
    return o;
}

http::options http_options(const settings& s) {
    http::options o;
    o.hosts = s.hosts;
    o.ports = s.ports;
    // hardware_concurrency is 0 where it is not known.
    o.workers = s.workers.value_or(std::max(1U, std::thread::hardware_concurrency()));
    o.bounds.body_bytes_max = s.body_bytes_max;
    o.bounds.header_time = s.header_time;
    o.bounds.body_idle_time = s.body_idle_time;
    o.bounds.keep_alive_time = s.keep_alive_time;
    o.bounds.drain_time = s.drain_time;
    o.guard = {.allowed_hosts = s.allowed_hosts, .cors_origins = s.cors_origins};
    o.tls = tls_options_of(s);
    return o;
}

std::string url_of(const http::listening_address& a, std::string_view scheme) {
    const bool ipv6 = a.host.find(':') != std::string::npos;
    return std::string(scheme) + (ipv6 ? "[" + a.host + "]" : a.host) + ":" +
           std::to_string(a.port);
}

settings on_a_free_port() {
    settings s;
    s.ports = {0};
    return s;
}

}  // namespace

// The transport is declared last, so that its workers have ended before the service that they call
// goes, and that before the clock.
class server::impl {
public:
    explicit impl(const settings& s)
        : scheme_(s.tls == settings::tls_mode::only ? "https://" : "http://"), clock_(clock_of(s)) {
        service::options o = service_options(s);
        o.run_after = [this](
                          service::timer which, std::int64_t delay_ms, std::function<void()> task) {
            transport_->run_after(
                static_cast<int>(which), std::chrono::milliseconds(delay_ms), std::move(task));
        };
        o.authority_pem = [this] { return transport_->authority_pem(); };
        service_ = std::make_unique<service::service>(std::move(o), *clock_);
        transport_ = std::make_unique<http::server>(http_options(s), *service_);
    }

    void start() {
        service_->create_streams();
        transport_->start();
        running_ = true;
        for (const auto& a : transport_->addresses()) addresses_.push_back(url_of(a, scheme_));
    }

    void stop() {
        if (running_.exchange(false)) transport_->stop();
    }

    [[nodiscard]] std::uint16_t port() const { return transport_->addresses().at(0).port; }
    [[nodiscard]] const std::vector<std::string>& addresses() const { return addresses_; }

private:
    const std::string_view scheme_;  // that every address takes
    std::vector<std::string> addresses_;
    std::atomic<bool> running_ = false;
    std::unique_ptr<clock> clock_;
    std::unique_ptr<service::service> service_;
    std::unique_ptr<http::server> transport_;
};

server::server() : server(on_a_free_port()) {}
server::server(const settings& s) : impl_(std::make_unique<impl>(s)) {}
server::~server() = default;

void server::start() { impl_->start(); }
std::uint16_t server::port() const { return impl_->port(); }
const std::vector<std::string>& server::addresses() const { return impl_->addresses(); }
void server::stop() { impl_->stop(); }

}  // namespace kinetide
