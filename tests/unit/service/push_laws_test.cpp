// Over random histories of puts, splits and merges: whoever follows a stream's shards from any
// place, and resubscribes wherever the last event says, gets each record once and in order.

#include <map>
#include <random>
#include <set>

#include "support/subscribing.hpp"

namespace kinetide::testing {
namespace {

using generator = std::mt19937_64;
using numbers = std::vector<std::string>;

const std::vector<std::string> types{
    "TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "AT_TIMESTAMP"};

// What was put into each shard, with arrivals.
struct history {
    std::map<std::string, numbers> put;
    std::map<std::string, std::vector<instant>> arrivals;
};

class follower {
public:
    follower(service_kit& service, const std::string& consumer) : service_(service) {
        const json named = {{"StreamARN", arn_of("orders")}, {"ConsumerName", consumer}};
        arn_ = service.call("RegisterStreamConsumer", named).body["Consumer"]["ConsumerARN"];
    }

    void subscribe(const std::string& shard, const std::string& type, json position = {}) {
        position["Type"] = type;
        const json body = {
            {"ConsumerARN", arn_}, {"ShardId", shard}, {"StartingPosition", position}};
        const reply r = service_.call("SubscribeToShard", body);
        ASSERT_TRUE(r.ok()) << r.error_code << ": " << r.message;
        open_[shard].reader = r.events;
        known_.insert(shard);
        note(shard);
    }

    // As of now, in a place of that type; what is to come of it is expected.
    void begin(const history& h, const std::string& shard, const std::string& type, generator& r) {
        const auto put = h.put.find(shard);
        const std::size_t count = put == h.put.end() ? 0 : put->second.size();
        std::size_t first = type == "TRIM_HORIZON" ? 0 : count;
        json position = json::object();
        std::string as = type;
        if (count == 0 && type.ends_with("SEQUENCE_NUMBER")) as = "LATEST";
        if (count != 0 && as != "TRIM_HORIZON" && as != "LATEST") {
            const std::size_t at = r() % count;
            const auto& arrivals = h.arrivals.at(shard);
            first = at;
            if (as == "AFTER_SEQUENCE_NUMBER") ++first;
            if (as == "AT_TIMESTAMP") {
                position["Timestamp"] = static_cast<double>(arrivals[at].ms) / 1000;
                while (first > 0 && arrivals[first - 1] == arrivals[at]) --first;
            } else {
                position["SequenceNumber"] = put->second[at];
            }
        } else if (as == "AT_TIMESTAMP") {
            position["Timestamp"] = static_cast<double>(service_.clock.now().ms) / 1000;
        }
        first_[shard] = first;
        subscribe(shard, as, position);
    }

    void take(generator& r) {
        for (auto& [shard, one] : open_) {
            if (one.reader == nullptr) continue;
            if (r() % 4 == 0) {
                const bool ready = one.reader->wakes != 0 || !one.reader->asleep;
                if (ready) one.reader->take();
            } else {
                one.reader->take_if_woken();
            }
            note(shard);
        }
        follow_children();
    }

    // Breaks off, maybe in the middle of an event, and goes on where the last whole one ended.
    void resubscribe(generator& r) {
        for (auto& [shard, one] : open_) {
            if (one.reader == nullptr || one.continuation.empty() || r() % 3 != 0) continue;
            one.reader->cancel();
            subscribe(shard, "AFTER_SEQUENCE_NUMBER", {{"SequenceNumber", one.continuation}});
        }
    }

    void finish() {
        for (int i = 0; i < 100; ++i) {
            service_.pass(4'500);
            for (auto& [shard, one] : open_) {
                if (one.reader != nullptr) one.reader->take_all();
                note(shard);
            }
            follow_children();
        }
    }

    void expect(const history& h) const {
        for (const auto& [shard, put] : h.put) {
            ASSERT_EQ(known_.count(shard), 1U) << shard << " was not followed";
            const auto first = first_.find(shard);
            const std::size_t skipped = first == first_.end() ? 0 : first->second;
            const numbers expected(put.begin() + static_cast<std::ptrdiff_t>(skipped), put.end());
            const auto seen = seen_.find(shard);
            EXPECT_EQ(seen == seen_.end() ? numbers{} : seen->second, expected) << shard;
        }
    }

private:
    struct subscription {
        std::shared_ptr<event_reader> reader;  // none behind the shard's end
        std::string continuation;
    };

    void note(const std::string& shard) {
        subscription& one = open_[shard];
        if (one.reader == nullptr) return;
        for (const json& e : one.reader->events()) {
            for (const json& record : e.at("Records")) {
                seen_[shard].push_back(record.at("SequenceNumber"));
            }
            EXPECT_NE(e.contains("ContinuationSequenceNumber"), e.contains("ChildShards"));
            for (const json& child : e.value("ChildShards", json::array())) {
                children_.insert(child.at("ShardId").get<std::string>());
            }
            const std::string next = e.value("ContinuationSequenceNumber", one.continuation);
            EXPECT_GE(next, one.continuation);
            one.continuation = next;
        }
        EXPECT_EQ(one.reader->exception(), "");
        if (one.reader->ended) one.reader = nullptr;
    }

    void follow_children() {
        for (const std::string& child : std::exchange(children_, {})) {
            if (known_.count(child) == 0) subscribe(child, "TRIM_HORIZON");
        }
    }

    service_kit& service_;
    std::string arn_;
    std::map<std::string, subscription> open_;
    std::map<std::string, numbers> seen_;
    std::map<std::string, std::size_t> first_;  // of the records put that are to come
    std::set<std::string> known_;
    std::set<std::string> children_;
};

class world {
public:
    explicit world(std::uint64_t seed) : r_(seed) {
        service.create_stream("orders", {.shards = static_cast<int>(1 + r_() % 3)});
        stream_ = kit.engine.find(test_tenant, "orders");
        service.clock.advance_ms(10'000);
        kit.engine.run_due();
    }

    void run() {
        for (int step = 0; step < 60; ++step) {
            if (step % 10 == 5) add_follower();
            for (auto n = r_() % 6; n > 0; --n) put();
            if (r_() % 8 == 0) reshard();
            kit.clock.advance_ms(static_cast<std::int64_t>(r_() % 1'500));
            service.pass(0);
            for (auto& f : followers_) f->take(r_);
            if (r_() % 4 == 0) {
                service.pass(5'000);
                for (auto& f : followers_) f->resubscribe(r_);
            }
        }
        for (auto& f : followers_) {
            f->finish();
            f->expect(history_of(*f));
        }
    }

private:
    // Followers follow what was open when they began, and its children.
    history history_of(const follower& f) const {
        history h;
        for (const auto& [shard, put] : all_.put) {
            if (before_.at(&f).count(shard) == 0) h.put[shard] = put;
        }
        return h;
    }

    void add_follower() {
        const std::string type = types[followers_.size() % types.size()];
        const std::string name = "c" + std::to_string(followers_.size());
        followers_.push_back(std::make_unique<follower>(service, name));
        service.pass(0);
        std::set<std::string> closed;
        for (const auto& s : stream_->shards()) closed.insert(s->birth().id.text());
        for (const auto& s : open_shards(*stream_)) {
            closed.erase(s->birth().id.text());
            followers_.back()->begin(all_, s->birth().id.text(), type, r_);
        }
        before_[followers_.back().get()] = closed;
    }

    void put() {
        const hash_key where{static_cast<uint128>(r_()) << 64U | r_()};
        const auto stored = kit.put_at(stream_, where, "data");
        const std::string shard = stored.shard.text();
        all_.put[shard].push_back(stored.number.text());
        all_.arrivals[shard].push_back(kit.clock.now());
    }

    void reshard() {
        const auto open = open_shards(*stream_);
        const std::size_t at = r_() % open.size();
        if (r_() % 2 == 0 && at + 1 < open.size()) {
            return kit.merge(stream_, open[at]->birth().id, open[at + 1]->birth().id);
        }
        const hash_range range = open[at]->birth().range;
        const uint128 width = range.end.value - range.start.value;
        if (width < 4) return;
        kit.split(stream_, open[at]->birth().id, {range.start.value + width / 2});
    }

    generator r_;
    engine_kit kit;
    service_kit service{wire::form::json, kit};
    std::shared_ptr<engine::stream> stream_;
    history all_;
    std::vector<std::unique_ptr<follower>> followers_;
    std::map<const follower*, std::set<std::string>> before_;
};

TEST(push_laws, each_record_once_and_in_order_from_every_place) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        SCOPED_TRACE(seed);
        world(seed).run();
        if (::testing::Test::HasFailure()) return;
    }
}

}  // namespace
}  // namespace kinetide::testing
