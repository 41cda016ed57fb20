#include "put_to_get.hpp"

#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <unordered_map>

#include "client.hpp"
#include "figures.hpp"
#include "poller.hpp"
#include "scenario.hpp"
#include "text.hpp"

namespace kinetide::load {
namespace {

class put_to_get {
public:
    explicit put_to_get(const options& o) : o_(o), data_(base64(random_bytes(o.record_bytes))) {
        if (o.iterators.size() != 1) throw std::runtime_error("the latency wants one iterator");
        iterator_ = o.iterators.front();
        producer_ = client_to([this](const answer& a) { stored(a); });
        reader_ = client_to([this](const answer& a) { came(a); });
    }

    nlohmann::json run() {
        const std::int64_t begin = now_ns();
        from_ = begin + static_cast<std::int64_t>(o_.warmup_seconds * 1e9);
        to_ = from_ + static_cast<std::int64_t>(o_.seconds * 1e9);
        const std::int64_t patience_ends =
            to_ + static_cast<std::int64_t>(o_.patience_seconds * 1e9);
        next_put_ = begin;
        const cpu_times used_from = cpu_times::now(o_.processes);
        read();
        while (now_ns() < to_ || !sent_at_.empty() || putting_) {
            const std::int64_t now = now_ns();
            if (now > patience_ends) throw std::runtime_error("records that were never read");
            if (!putting_ && now >= next_put_ && now < to_) put(now);
            poller_.wait(1);  // the reader is answered much sooner
        }
        const double seconds = static_cast<double>(now_ns() - begin) / 1e9;
        auto out = used_between(used_from, cpu_times::now(o_.processes), seconds);
        out["requests"] = taken_.count();
        out["p50_ms"] = taken_.at(0.5);
        out["p99_ms"] = taken_.at(0.99);
        out["max_ms"] = taken_.at(1);
        out["polls_rate"] = static_cast<double>(polls_) / seconds;
        return out;
    }

private:
    std::unique_ptr<client> client_to(std::function<void(const answer&)> answered) {
        auto l = connect(o_.port, security::plain);
        const int descriptor = l->descriptor();
        auto made =
            http1_client(std::move(l), [answered](unsigned, const answer& a) { answered(a); });
        poller_.watch(descriptor, *made);
        return made;
    }

    void put(std::int64_t now) {
        // Half the gap and up to as much again, so that puts and polls do not fall into step.
        const auto gap = static_cast<std::int64_t>(1e9 / o_.rate);
        next_put_ = std::max(next_put_, now - gap) + gap / 2 +
                    static_cast<std::int64_t>(chance_() % static_cast<std::uint64_t>(gap));
        const std::string key = "put-" + std::to_string(++puts_);
        put_ = std::make_unique<request>(
            "/",
            kinesis,
            "PutRecord",
            R"({"StreamName":")" + o_.stream + R"(","PartitionKey":")" + key + R"(","Data":")" +
                data_ + R"("})");
        putting_ = true;
        sent_at_[key] = now_ns();
        producer_->submit(0, *put_);
        producer_->flush();
    }

    void stored(const answer& a) {
        if (a.status != 200) throw wrong_answer("a put is refused", a);
        putting_ = false;
    }

    void read() {
        ++polls_;
        get_ = std::make_unique<request>(
            "/", kinesis, "GetRecords", R"({"ShardIterator":")" + iterator_ + R"("})");
        reader_->submit(0, *get_);
        reader_->flush();
    }

    void came(const answer& a) {
        const std::int64_t now = now_ns();
        if (a.status != 200) throw wrong_answer("GetRecords is refused", a);
        std::string_view rest = a.body;
        iterator_ = take_text(rest, "NextShardIterator", false);
        rest = a.body;
        while (true) {
            const auto key = take_text(rest, "PartitionKey", false);
            if (key.empty()) break;
            const auto sent = sent_at_.find(std::string(key));
            if (sent == sent_at_.end()) throw wrong_answer("a record that came twice", a);
            if (sent->second >= from_) taken_.add(now - sent->second);
            sent_at_.erase(sent);
        }
        read();
    }

    const options o_;
    const std::string data_;
    poller poller_;
    std::unique_ptr<client> producer_;
    std::unique_ptr<client> reader_;
    std::unique_ptr<request> put_;
    std::unique_ptr<request> get_;
    std::string iterator_;
    std::unordered_map<std::string, std::int64_t> sent_at_;
    std::mt19937_64 chance_{3};
    bool putting_ = false;
    std::uint64_t puts_ = 0;
    std::uint64_t polls_ = 0;
    std::int64_t from_ = 0;
    std::int64_t to_ = 0;
    std::int64_t next_put_ = 0;
    latencies taken_;
};

}  // namespace

nlohmann::json run_put_to_get(const options& o) { return put_to_get(o).run(); }

}  // namespace kinetide::load
