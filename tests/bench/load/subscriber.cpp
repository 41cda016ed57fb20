#include "subscriber.hpp"

#include <poll.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "client.hpp"
#include "event_frames.hpp"
#include "figures.hpp"
#include "http1_answer.hpp"
#include "idle_connections.hpp"
#include "page_check.hpp"
#include "scenario.hpp"

namespace kinetide::load {
namespace {

class subscriber {
public:
    explicit subscriber(const options& o)
        : o_(o),
          idle_(o),
          link_(connect(o.port, security::plain)),
          some_(std::size_t{256} * 1024) {}

    nlohmann::json run() {
        const cpu_times used_from = cpu_times::now(o_.processes);
        const std::int64_t begin = now_ns();
        subscribe();
        std::uint64_t records = 0;
        std::uint64_t bytes = 0;
        std::uint64_t events = 0;
        rising numbers;
        while (records < o_.records) {
            std::string_view payload = frames_.next();
            if (payload.empty()) {
                frames_.feed(some());
                continue;
            }
            if (payload == "{}") continue;  // the initial response
            const answer event{200, payload, payload.size(), true};
            records += records_in(event, o_.record_bytes, numbers);
            bytes += payload.size();
            ++events;
        }
        const double seconds = static_cast<double>(now_ns() - begin) / 1e9;
        auto out = used_between(used_from, cpu_times::now(o_.processes), seconds);
        out["seconds"] = seconds;
        out["requests"] = events;
        out["rate"] = static_cast<double>(records) / seconds;
        out["records_rate"] = out["rate"];
        out["answer_bytes_rate"] = static_cast<double>(bytes) / seconds;
        return out;
    }

private:
    void subscribe() {
        const request ask(
            "/",
            kinesis,
            "SubscribeToShard",
            R"({"ConsumerARN":")" + o_.consumer + R"(","ShardId":")" + o_.shard +
                R"(","StartingPosition":{"Type":"TRIM_HORIZON"}})");
        std::string_view rest = ask.message();
        while (!rest.empty()) rest.remove_prefix(link_->send(rest));
        std::string came;
        std::optional<http1_head> head;
        while (!head) {
            came += some();
            head = http1_head::in(came);
        }
        if (head->status != 200) throw wrong_answer("refused", {head->status, came, came.size()});
        frames_.feed(std::string_view(came).substr(head->size));
    }

    // At least one byte, waited for.
    std::string_view some() {
        while (true) {
            const std::size_t got = link_->receive(some_.data(), some_.size());
            if (got > 0) return {some_.data(), got};
            pollfd waiting{link_->descriptor(), POLLIN, 0};
            const int patience_ms = static_cast<int>(o_.patience_seconds * 1000);
            if (::poll(&waiting, 1, patience_ms) == 0) {
                throw std::runtime_error("the subscription says nothing");
            }
        }
    }

    const options o_;
    const idle_connections idle_;  // kept, not used
    const std::unique_ptr<link> link_;
    std::vector<char> some_;
    event_frames frames_;
};

}  // namespace

nlohmann::json run_subscriber(const options& o) { return subscriber(o).run(); }

}  // namespace kinetide::load
