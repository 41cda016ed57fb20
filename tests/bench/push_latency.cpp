// How long from a put to its event: ten subscribers, each on an HTTP/2 connection of its own, and
// one producer at a steady rate.  The time is taken before the request is sent and after the event
// is decoded, on the same machine.
//
//     push_latency [--check]   prints p50 and p99; with --check, fails above 0.5 ms and 3 ms

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <kinetide/server.hpp>

#include "support/event_stream.hpp"
#include "support/http2_peer.hpp"
#include "support/http_client.hpp"
#include "support/raw_client.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

constexpr int subscribers = 10;
constexpr int puts = 2'000;
constexpr std::chrono::microseconds between_puts{2'000};

std::int64_t now_ns() {
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

// What all subscribers saw.
class latencies {
public:
    void add(const std::vector<double>& some) {
        const std::lock_guard held(mutex_);
        all_ms_.insert(all_ms_.end(), some.begin(), some.end());
    }
    double at(double part) {
        std::sort(all_ms_.begin(), all_ms_.end());
        return all_ms_.empty() ? -1
                               : all_ms_[static_cast<std::size_t>(
                                     part * static_cast<double>(all_ms_.size() - 1))];
    }
    [[nodiscard]] std::size_t size() const { return all_ms_.size(); }

private:
    std::mutex mutex_;
    std::vector<double> all_ms_;
};

// Reads until it has every record.
void subscribe(
    std::uint16_t port, const std::string& arn, std::atomic<int>& ready, latencies& seen) {
    const json body = {
        {"ConsumerARN", arn},
        {"ShardId", "shardId-000000000000"},
        {"StartingPosition", {{"Type", "TRIM_HORIZON"}}}};
    raw_client client(port);
    http2_peer peer;
    const auto id = peer.post(
        body.dump(),
        {{"content-type", "application/x-amz-json-1.1"},
         {"x-amz-target", "Kinesis_20131202.SubscribeToShard"}});
    client.send(peer.take());
    event_decoder decoder;
    std::vector<double> took_ms;
    std::size_t read = 0;
    while (took_ms.size() < puts) {
        const std::string bytes = client.some();
        if (bytes.empty()) return;
        peer.received(bytes);
        client.send(peer.take());
        std::string& stream = peer.replies[id].body;
        decoder.feed(std::string_view(stream).substr(read));
        read = stream.size();
        while (const auto message = decoder.next()) {
            if (message->type() == "initial-response") ++ready;
            if (message->type() != "SubscribeToShardEvent") continue;
            const std::int64_t now = now_ns();
            const json event = message->json();
            for (const json& record : event["Records"]) {
                const std::string sent = from_base64(record["Data"].get<std::string>());
                took_ms.push_back(static_cast<double>(now - std::stoll(sent)) / 1e6);
            }
        }
    }
    seen.add(took_ms);
}

int run(bool check) {
    settings s;
    s.ports = {0};
    s.auth = settings::auth_mode::off;
    server kinesis(s);
    kinesis.start();
    const std::string address = kinesis.addresses().front();
    const auto port = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
    http_client client(port);
    client.call("CreateStream", {{"StreamName", "s"}, {"ShardCount", 1}});

    latencies seen;
    std::atomic<int> ready{0};
    std::vector<std::thread> all;
    for (int i = 0; i < subscribers; ++i) {
        const json made =
            client
                .call(
                    "RegisterStreamConsumer",
                    {{"StreamARN", arn_of("s")}, {"ConsumerName", "c" + std::to_string(i)}})
                .body;
        const std::string arn = made["Consumer"]["ConsumerARN"];
        all.emplace_back([&, arn] { subscribe(port, arn, ready, seen); });
    }
    while (ready < subscribers) std::this_thread::yield();
    for (int i = 0; i < puts; ++i) {
        std::this_thread::sleep_for(between_puts);
        client.call(
            "PutRecord",
            {{"StreamName", "s"},
             {"PartitionKey", "k"},
             {"Data", base64(std::to_string(now_ns()))}});
    }
    for (auto& one : all) one.join();
    const double p50 = seen.at(0.5);
    const double p99 = seen.at(0.99);
    std::printf(
        "put to event, %d subscribers: p50 %.3f ms, p99 %.3f ms, %zu events\n",
        subscribers,
        p50,
        p99,
        seen.size());
    const bool whole = seen.size() == static_cast<std::size_t>(subscribers) * puts;
    return whole && (!check || (p50 < 0.5 && p99 < 3)) ? 0 : 1;
}

}  // namespace
}  // namespace kinetide::testing

int main(int count, char** arguments) {
    return kinetide::testing::run(count > 1 && std::string(arguments[1]) == "--check");
}
