// Random splits, merges and scalings while writers write and readers follow every lineage: each
// record is read once, each key's in the order of its numbers, and all shards keep the laws.

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "support/engine_kit.hpp"

namespace kinetide::testing {
namespace {

constexpr int writers = 3;
constexpr int records_each = 4'000;
constexpr int keys_each = 40;

// Orders one reshard at random, and lets it be done.
void reshard(engine_kit& kit, const std::shared_ptr<engine::stream>& s, std::mt19937_64& r) {
    const auto open = open_shards(*s);
    const std::size_t at = r() % open.size();
    engine::reshard_ordered c;
    c.stream = s->id();
    c.at = c.settles_at = kit.engine.now();
    switch (r() % 3) {
        case 0:
            if (at + 1 == open.size()) return;
            c.order = engine::merge_order{open[at]->birth().id, open[at + 1]->birth().id};
            break;
        case 1: {
            const hash_range range = open[at]->birth().range;
            const uint128 width = range.end.value - range.start.value;
            if (width < 16 || open.size() > 24) return;
            c.order =
                engine::split_order{open[at]->birth().id, {range.start.value + width / 3 + 1}};
            break;
        }
        default: c.order = engine::uniform_order{static_cast<std::uint32_t>(1 + r() % 16)};
    }
    {
        const auto control = kit.engine.control();
        kit.engine.commit(control, c, kit.answer_after);
    }
    kit.engine.run_due();
}

// One writer's records, "writer counter", each key by turns.
void write(engine_kit& kit, const std::shared_ptr<engine::stream>& s, int writer) {
    engine::journal_position at = 0;
    for (int i = 0; i < records_each; ++i) {
        const std::string key = std::to_string(writer) + "/" + std::to_string(i % keys_each);
        const std::string data = std::to_string(i);
        engine::put_entry e{hash_key::of_partition_key(key), key, blob_view(data)};
        engine::put_result r;
        ASSERT_TRUE(kit.engine.put(s, {&e, 1}, {&r, 1}, at));
        ASSERT_EQ(r.outcome, engine::put_outcome::stored);
    }
}

// Reads shards to their ends, parents before children, as a worker of a client library does.
class follower {
public:
    follower(engine_kit& kit, std::shared_ptr<engine::stream> s) : kit_(kit), s_(std::move(s)) {}

    // Until `total` records have been read.
    void follow(std::size_t total) {
        for (const auto& one : s_->shards()) {
            if (!one->birth().parent) positions_.emplace(one->birth().id.index, 0);
        }
        while (read_ < total) {
            const auto round = positions_;
            for (const auto& [index, position] : round) step(index, position);
            if (::testing::Test::HasFatalFailure()) return;
        }
    }
    [[nodiscard]] const std::map<std::string, int>& next_of_key() const { return next_of_key_; }

private:
    void step(std::uint32_t index, std::uint64_t position) {
        const auto shard = s_->find_shard(shard_id{index});
        ASSERT_TRUE(shard);
        const auto page = shard->read(position, 500, kit_.engine.now(), instant{});
        engine::page::cursor cursor(page.records);
        for (engine::record_view v; cursor.next(v); ++read_) {
            const std::string key(*v.partition_key);
            // Each key's records count up by the number of keys, whatever shards they went through.
            int& next = next_of_key_.try_emplace(key, std::stoi(key.substr(2))).first->second;
            ASSERT_EQ(std::string(v.data.as_text()), std::to_string(next)) << key;
            next += keys_each;
        }
        positions_[index] = page.next_position;
        if (page.at_end) finish(index);
    }
    // A child begins when all its parents are read.
    void finish(std::uint32_t index) {
        positions_.erase(index);
        done_.insert({index, true});
        const auto children = s_->children_of(shard_id{index});
        ASSERT_FALSE(children.empty());
        for (const auto& child : children) {
            const auto& b = child->birth();
            const bool ready = done_.count(b.parent->index) != 0 &&
                               (!b.adjacent_parent || done_.count(b.adjacent_parent->index) != 0);
            if (ready) positions_.emplace(b.id.index, 0);
        }
    }

    engine_kit& kit_;
    std::shared_ptr<engine::stream> s_;
    std::map<std::uint32_t, std::uint64_t> positions_;
    std::map<std::uint32_t, bool> done_;
    std::map<std::string, int> next_of_key_;
    std::size_t read_ = 0;
};

void expect_laws(const engine::stream& s) {
    const auto open = open_shards(s);
    EXPECT_TRUE(open.front()->birth().range.start.value == 0);
    EXPECT_TRUE(open.back()->birth().range.end.value == uint128_max);
    for (std::size_t i = 1; i < open.size(); ++i) {
        EXPECT_TRUE(open[i - 1]->birth().range.end.value + 1 == open[i]->birth().range.start.value);
    }
    for (const auto& one : s.shards()) {
        if (!one->birth().parent) continue;
        for (const auto& parent : {one->birth().parent, one->birth().adjacent_parent}) {
            if (!parent) continue;
            const auto p = s.find_shard(*parent);
            ASSERT_TRUE(p->closing());
            EXPECT_LT(p->ending_number(*p->closing()), one->starting_number());
        }
    }
}

TEST(resharding, loses_and_reorders_nothing_while_records_flow) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        std::mt19937_64 r(seed);
        engine_kit kit;
        const auto s = kit.create("s", 1 + static_cast<std::uint32_t>(seed));
        std::atomic<int> writing = writers;
        std::vector<std::thread> threads;
        for (int w = 0; w < writers; ++w) {
            threads.emplace_back([&, w] {
                write(kit, s, w);
                --writing;
            });
        }
        follower reader(kit, s);
        std::thread reading([&] { reader.follow(std::size_t{writers} * records_each); });
        while (writing > 0) {
            reshard(kit, s, r);
            kit.clock.advance_ms(static_cast<std::int64_t>(r() % 50));
        }
        for (std::thread& t : threads) t.join();
        reading.join();
        EXPECT_EQ(reader.next_of_key().size(), std::size_t{writers} * keys_each);
        expect_laws(*s);
    }
}

}  // namespace
}  // namespace kinetide::testing
