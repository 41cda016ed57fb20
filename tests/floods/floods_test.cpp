// Peers that only cost: what they send is bounded in memory, and a client beside them does not
// notice.
//
// An attacker on the same machine takes a core away whatever the server does; so the measure is the
// client's p99 beside a thread that burns a core for nothing.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "support/child_process.hpp"
#include "support/http2_peer.hpp"
#include "support/http_client.hpp"
#include "support/raw_client.hpp"
#include "support/secure_client.hpp"
#include "support/service_test.hpp"

namespace kinetide::testing {
namespace {

using std::chrono::steady_clock;

// Below it is the scheduler that is measured.
constexpr double noise_ms = 0.5;

constexpr std::uint8_t end_headers = 4;
constexpr std::uint8_t end_both = 5;
// GET / of localhost, from the static table and one literal.
const std::string get_block = std::string("\x82\x86\x84\x41\x09localhost", 14);
const std::string preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + http2_frame(4, 0, 0, "");

class floods : public ::testing::Test {
protected:
    // Sends `bytes_of(i)` on a new connection until the server ends it, or `count` times.
    std::function<void()> http2_flood(int count, std::function<std::string(int)> bytes_of) {
        return [this, count, bytes_of = std::move(bytes_of)] {
            raw_client attacker(port);
            if (!attacker.send(preface)) return;
            std::string bytes;
            for (int i = 0; i < count; ++i) {
                bytes += bytes_of(i);
                if (bytes.size() < 16 * 1024) continue;
                if (!attacker.send(bytes)) return;
                bytes.clear();
                if (attacker.readable(std::chrono::milliseconds(0)) && attacker.some().empty())
                    return;
            }
            attacker.send(bytes);
        };
    }

    // `attack` again and again, with an honest client beside it.
    void survive(const std::function<void()>& attack) {
        const std::int64_t before_kib = resident_kib();
        expect_unnoticed(attack);
        EXPECT_LT(resident_kib() - before_kib, 32 * 1024);
    }

    // With more threads than cores one waits a slice of the scheduler's now and then, and a machine
    // may have a slow second: rounds are short and measured in turn, and one that is good shows
    // what the server itself does.  http_turns_test counts the same without a clock.
    void expect_unnoticed(const std::function<void()>& attack) {
        double noticed_ms = 0;
        double flooded_ms = 0;
        for (int round = 0; round < 30; ++round) {
            const double calm_ms = p99_beside([](const std::atomic<bool>& stop) {
                while (!stop) {
                }
            });
            noticed_ms = 2 * std::max(calm_ms, noise_ms);
            flooded_ms = p99_beside([&](const std::atomic<bool>& stop) {
                while (!stop) attack();
            });
            if (flooded_ms < noticed_ms) return;
        }
        EXPECT_LT(flooded_ms, noticed_ms);
    }

    double p99_beside(const std::function<void(const std::atomic<bool>&)>& neighbour) {
        constexpr int requests = 1000;
        std::atomic<bool> stop{false};
        std::thread other([&] { neighbour(stop); });
        raw_client honest(port);
        std::vector<double> took_ms;
        for (int i = 0; i < requests; ++i) {
            const auto start = steady_clock::now();
            honest.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            EXPECT_EQ(honest.answer().status, 200);
            const std::chrono::duration<double, std::milli> took = steady_clock::now() - start;
            took_ms.push_back(took.count());
        }
        stop = true;
        other.join();
        std::sort(took_ms.begin(), took_ms.end());
        return took_ms[requests * 99 / 100];
    }

    [[nodiscard]] std::int64_t resident_kib() const {
        std::ifstream status("/proc/" + std::to_string(server.id()) + "/status");
        std::string word;
        while (status >> word && word != "VmRSS:") {
        }
        std::int64_t kib = 0;
        status >> kib;
        return kib;
    }

    child_process server{{"--host", "127.0.0.1", "--port", "0", "--auth", "off"}};
    const std::uint16_t port = port_in(server.out.read_line());
};

TEST_F(floods, of_continuations) {
    survive(http2_flood(100'000, [](int i) {
        return i == 0 ? http2_frame(1, 0, 1, get_block)
                      : http2_frame(9, 0, 1, std::string(100, '\x82'));
    }));
}

TEST_F(floods, of_streams_that_are_reset_at_once) {
    survive(http2_flood(100'000, [](int i) {
        const auto id = static_cast<std::uint32_t>(1 + 2 * i);
        return http2_frame(1, end_both, id, get_block) +
               http2_frame(3, 0, id, std::string("\0\0\0\x08", 4));
    }));
}

TEST_F(floods, of_settings) {
    survive(http2_flood(100'000, [](int) { return http2_frame(4, 0, 0, ""); }));
}

TEST_F(floods, of_pings) {
    survive(http2_flood(100'000, [](int) { return http2_frame(6, 0, 0, "12345678"); }));
}

TEST_F(floods, of_empty_data) {
    survive(http2_flood(100'000, [](int i) {
        const std::string post = std::string("\x83\x86\x84\x41\x09localhost", 14);
        return i == 0 ? http2_frame(1, end_headers, 1, post) : http2_frame(0, 0, 1, "");
    }));
}

// Requests whose answers may never be sent.
TEST_F(floods, of_windows_of_nothing) {
    survive(http2_flood(100'000, [](int i) {
        if (i == 0) return http2_frame(4, 0, 0, std::string("\0\4\0\0\0\0", 6));
        return http2_frame(1, end_both, static_cast<std::uint32_t>(2 * i - 1), get_block);
    }));
}

TEST_F(floods, of_compressed_bombs) {
    const std::string field = "\x40\x01x" + std::string("\x7f\x80\x1e", 3) + std::string(3967, 'v');
    const std::string bomb = get_block + field + std::string(10'000, '\xbe');
    survive(http2_flood(1'000, [bomb](int i) {
        return http2_frame(1, end_both, static_cast<std::uint32_t>(1 + 2 * i), bomb);
    }));
}

TEST_F(floods, of_heads_that_never_end) {
    std::vector<std::unique_ptr<raw_client>> slow;
    survive([&] {
        if (slow.size() == 1'000) return std::this_thread::yield();
        slow.push_back(std::make_unique<raw_client>(port));
        slow.back()->send("GET / HTTP/1.1\r\nHost: loc");
    });
}

// A subscriber that never reads, while a thousand large records are put for it.
TEST_F(floods, of_pushes_that_nobody_reads) {
    http_client client(port);
    client.call("CreateStream", {{"StreamName", "s"}, {"ShardCount", 1}});
    const json made =
        client.call("RegisterStreamConsumer", {{"StreamARN", arn_of("s")}, {"ConsumerName", "c"}})
            .body;
    const json body = {
        {"ConsumerARN", made["Consumer"]["ConsumerARN"]},
        {"ShardId", "shardId-000000000000"},
        {"StartingPosition", {{"Type", "TRIM_HORIZON"}}}};
    http2_peer deaf(64 * 1024);
    deaf.post(
        body.dump(),
        {{"content-type", "application/x-amz-json-1.1"},
         {"x-amz-target", "Kinesis_20131202.SubscribeToShard"}});
    raw_client subscriber(port);
    subscriber.send(deaf.take());

    constexpr int records_least = 1'000;
    constexpr int record_kib = 30;
    const std::string data = base64(std::string(record_kib * 1000, 'x'));
    int put = 0;
    const auto put_one = [&] {
        client.call("PutRecord", {{"StreamName", "s"}, {"PartitionKey", "k"}, {"Data", data}});
        ++put;
    };
    const std::int64_t before_kib = resident_kib();
    expect_unnoticed(put_one);
    while (put < records_least) put_one();
    // The reader pins the records and adds no copy.
    EXPECT_LT(resident_kib() - before_kib, put * record_kib + 18 * 1024);
}

// Enough descriptors for ten thousand connections, where the system lets us.
int connections_max() {
    rlimit l{};
    getrlimit(RLIMIT_NOFILE, &l);
    l.rlim_cur = l.rlim_max;
    setrlimit(RLIMIT_NOFILE, &l);
    return static_cast<int>(std::min<rlim_t>(10'000, l.rlim_max - 200));
}

// What each of ten thousand connections costs that said `hello`, had an answer and says no more.
class idle_connections : public floods {
protected:
    template <class Client>
    std::int64_t bytes_each(const std::string& hello) {
        Client first(port);  // makes what all share
        const int count = connections_max();
        std::vector<std::unique_ptr<Client>> idle;
        const std::int64_t before_kib = resident_kib();
        for (int i = 0; i < count; ++i) {
            idle.push_back(std::make_unique<Client>(port));
            idle.back()->send(hello);
            EXPECT_FALSE(idle.back()->some().empty());
        }
        return (resident_kib() - before_kib) * 1024 / count;
    }

    const std::string get_health = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
};

TEST_F(idle_connections, cost_little) { EXPECT_LE(bytes_each<raw_client>(get_health), 16 * 1024); }

TEST_F(idle_connections, cost_little_over_http2) {
    const std::string hello = preface + http2_frame(1, end_both, 1, get_block);
    EXPECT_LE(bytes_each<raw_client>(hello), 16 * 1024);
}

TEST_F(idle_connections, cost_little_through_tls) {
    EXPECT_LE(bytes_each<secure_client>(get_health), 48 * 1024);
}

}  // namespace
}  // namespace kinetide::testing
