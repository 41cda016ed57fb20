// A connection that asks for much at once, or ends with much open, lets the others of its worker
// in.

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "support/http2_peer.hpp"
#include "support/raw_client.hpp"
#include "support/secure_client.hpp"

namespace kinetide::testing {
namespace {

constexpr int many = 1'000;
// Two turns, and what is asked within a piece of the last.
constexpr int few = 100;

class freed_source final : public http::body_source {
public:
    explicit freed_source(std::atomic<int>& freed) : freed_(freed) {}
    ~freed_source() override { ++freed_; }
    [[nodiscard]] std::uint64_t size() const override { return 1; }
    bool next(std::string& out, std::size_t) override {
        out += 's';
        return false;
    }

private:
    std::atomic<int>& freed_;
};

class http_turns : public http_test {
protected:
    http_turns() {
        options.workers = 1;
        handler.serve_with = [this](http::exchange& e) {
            const std::string_view target = e.asked().target;
            if (target == "/hold") {
                held.set_value();
                go_on.get_future().wait();
            }
            if (target == "/other") {
                asked_before = asked;
                freed_before = freed;
            }
            asked += target.starts_with("/much") ? 1 : 0;
            http::response r = text("s");
            if (target == "/much/kept") r.source = std::make_unique<freed_source>(freed);
            e.answer(std::move(r));
        };
        start();
    }

    // What two say while the worker is busy is there for its next turn, in this order.
    template <class Much>
    void beside(Much much) {
        raw_client other(port);
        raw_client holder(port);
        other.send(get("/"));
        EXPECT_EQ(other.answer().status, 200);
        holder.send(get("/hold"));
        held.get_future().wait();
        much();
        other.send(get("/other"));
        go_on.set_value();
        EXPECT_EQ(other.answer().status, 200);
    }

    static std::string get(const std::string& target) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    // Not sent yet, but a first request: before it had SETTINGS a peer asks for little.
    template <class Client>
    static void ask_for_much(Client& client, http2_peer& peer, const char* target = "/much") {
        peer.get("/");
        client.send(peer.take());
        read(client, peer, 1);
        for (int i = 1; i < many; ++i) peer.get(target);
    }
    // Until so many answers have begun.
    template <class Client>
    static void read(Client& client, http2_peer& peer, int answers) {
        while (peer.replies[2 * answers - 1].status == 0) {
            const std::string some = client.some();
            ASSERT_FALSE(some.empty());
            peer.received(some);
        }
    }

    std::promise<void> held;
    std::promise<void> go_on;
    int asked = 0;  // the worker's, as the next
    int asked_before = 0;
    std::atomic<int> freed = 0;
    int freed_before = 0;
};

TEST_F(http_turns, pipelined_requests) {
    raw_client greedy(port);
    greedy.send(get("/"));
    EXPECT_EQ(greedy.answer().status, 200);
    std::string requests;
    for (int i = 0; i < many; ++i) requests += get("/much");
    beside([&] { greedy.send(requests); });
    EXPECT_LE(asked_before, few);
    for (int i = 0; i < many; ++i) ASSERT_EQ(greedy.answer().body, "s");
}

TEST_F(http_turns, streams) {
    http2_peer peer;
    raw_client greedy(port);
    ask_for_much(greedy, peer);
    beside([&] { greedy.send(peer.take()); });
    EXPECT_LE(asked_before, few);
    read(greedy, peer, many);
}

TEST_F(http_turns, a_goodbye_behind_many_streams_is_heard) {
    http2_peer peer;
    secure_client greedy(port);
    ask_for_much(greedy, peer);
    beside([&] {
        greedy.send(peer.take());
        greedy.say_goodbye();
    });
    while (!greedy.some().empty()) {
    }
    EXPECT_TRUE(greedy.saw_goodbye());
}

TEST_F(http_turns, the_end_of_many_streams) {
    http2_peer peer(0);
    raw_client greedy(port);
    ask_for_much(greedy, peer, "/much/kept");
    greedy.send(peer.take());
    read(greedy, peer, many);
    EXPECT_EQ(freed, 0);
    beside([&] { greedy.close(); });
    EXPECT_LE(freed_before, few);
    server->stop();
    EXPECT_EQ(freed, many - 1);
}

}  // namespace
}  // namespace kinetide::testing
