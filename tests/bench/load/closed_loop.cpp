#include "closed_loop.hpp"

#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "client.hpp"
#include "figures.hpp"
#include "idle_connections.hpp"
#include "poller.hpp"
#include "scenario.hpp"

namespace kinetide::load {
namespace {

constexpr double longest_counted_seconds = 600;

std::int64_t in_ns(double seconds) { return static_cast<std::int64_t>(seconds * 1e9); }

class closed_loop {
public:
    explicit closed_loop(const options& o) : o_(o), scenario_(scenario_of(o)), idle_(o) {
        for (unsigned i = 0; i < o_.connections; ++i) connect_one(i * o_.streams);
        asked_at_.resize(std::size_t{o_.connections} * o_.streams);
    }

    nlohmann::json run() {
        // A counted run has no end in time but patience.
        from_ = now_ns() + (o_.requests > 0 ? 0 : in_ns(o_.warmup_seconds));
        to_ = from_ + in_ns(o_.requests > 0 ? longest_counted_seconds : o_.seconds);
        const std::int64_t patience_ends = to_ + in_ns(o_.patience_seconds);
        ask_all();
        while (waiting_ > 0 || rest()) {
            poller_.wait(50);
            const std::int64_t now = now_ns();
            note(now);
            if (now > patience_ends) throw std::runtime_error("requests without an answer");
        }
        note(to_);
        return told();
    }

private:
    void connect_one(unsigned first_slot) {
        auto l = connect(o_.port, o_.secured());
        const int descriptor = l->descriptor();
        const std::size_t number = clients_.size();
        const auto answered = [this, number, first_slot](unsigned slot, const answer& a) {
            took(*clients_[number], first_slot, slot, a);
        };
        clients_.push_back(
            o_.http2 ? http2_client(std::move(l), o_.streams, answered)
                     : http1_client(std::move(l), answered));
        poller_.watch(descriptor, *clients_.back());
    }

    void ask_all() {
        burst_began_ = now_ns();
        burst_left_ = o_.burst;
        for (unsigned slot = 0; slot < asked_at_.size(); ++slot) ask(slot);
        for (const auto& c : clients_) c->flush();
    }

    // Between bursts.  False: there is none to come.
    bool rest() {
        const std::int64_t next = burst_began_ + in_ns(o_.burst_ms / 1e3);
        if (o_.burst == 0 || next >= to_) return false;
        std::this_thread::sleep_for(std::chrono::nanoseconds(next - now_ns()));
        ask_all();
        return true;
    }

    void ask(unsigned slot) {
        if (burst_left_ > 0) --burst_left_;
        ++asked_;
        ++waiting_;
        asked_at_[slot] = now_ns();
        clients_[slot / o_.streams]->submit(slot % o_.streams, scenario_->next(slot));
    }

    void took(client& c, unsigned first_slot, unsigned slot_of_client, const answer& a) {
        const unsigned slot = first_slot + slot_of_client;
        const std::size_t records = scenario_->check(slot, a);
        const std::int64_t now = now_ns();
        note(now);
        --waiting_;
        if (now >= from_ && now < to_) {
            latencies_.add(now - asked_at_[slot]);
            records_ += records;
            bytes_ += a.size;
            last_ = now;
        }
        const bool goes_on = o_.requests > 0 ? asked_ < o_.requests : now < to_;
        if (!goes_on || (o_.burst > 0 && burst_left_ == 0)) return;
        ask(slot);
        // HTTP/2's own ready() flushes once for all that it brought.
        if (!o_.http2) c.flush();
    }

    // Looks at the CPU when the window begins and ends.
    void note(std::int64_t now) {
        if (!begun_ && now >= from_) {
            begun_ = true;
            used_from_ = cpu_times::now(o_.processes);
            seen_from_ = now;
        }
        if (!ended_ && (now >= to_ || (o_.requests > 0 && waiting_ == 0))) {
            ended_ = true;
            used_to_ = cpu_times::now(o_.processes);
            seen_to_ = now_ns();
        }
    }

    nlohmann::json told() {
        if (latencies_.count() == 0) throw std::runtime_error("no answer within the time");
        const std::int64_t end = o_.requests > 0 ? last_ : to_;
        const double seconds = static_cast<double>(end - from_) / 1e9;
        const auto in_a_second = [&](std::uint64_t n) { return static_cast<double>(n) / seconds; };
        nlohmann::json out =
            used_between(used_from_, used_to_, static_cast<double>(seen_to_ - seen_from_) / 1e9);
        out["seconds"] = seconds;
        out["requests"] = latencies_.count();
        out["rate"] = in_a_second(latencies_.count());
        out["records_rate"] = in_a_second(records_);
        out["answer_bytes_rate"] = in_a_second(bytes_);
        out["p50_ms"] = latencies_.at(0.5);
        out["p99_ms"] = latencies_.at(0.99);
        out["max_ms"] = latencies_.at(1);
        out["resident_bytes"] = resident_bytes(o_.processes);
        return out;
    }

    const options o_;
    const std::unique_ptr<scenario> scenario_;
    const idle_connections idle_;  // kept, not used
    std::vector<std::unique_ptr<client>> clients_;
    poller poller_;
    std::vector<std::int64_t> asked_at_;  // of each slot
    std::uint64_t asked_ = 0;
    std::uint64_t waiting_ = 0;
    std::int64_t burst_began_ = 0;
    unsigned burst_left_ = 0;

    // The window that counts.
    std::int64_t from_ = 0;
    std::int64_t to_ = 0;
    std::int64_t last_ = 0;
    bool begun_ = false;
    bool ended_ = false;
    cpu_times used_from_;
    cpu_times used_to_;
    std::int64_t seen_from_ = 0;
    std::int64_t seen_to_ = 0;
    latencies latencies_;
    std::uint64_t records_ = 0;
    std::uint64_t bytes_ = 0;
};

}  // namespace

nlohmann::json run_closed_loop(const options& o) { return closed_loop(o).run(); }

}  // namespace kinetide::load
