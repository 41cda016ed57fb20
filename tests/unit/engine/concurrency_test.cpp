// 16 writers and 4 readers over 8 shards: each key in order, no record lost or doubled.

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <thread>

#include "support/engine_kit.hpp"

namespace kinetide::testing {
namespace {

constexpr int writers = 16;
constexpr int readers = 4;
constexpr int keys_of_writer = 8;

// A million in all, under sanitizers too.
constexpr int records_of_writer = 62'500;

void write_records(engine_kit& kit, const std::shared_ptr<engine::stream>& s, int writer) {
    for (int i = 0; i < records_of_writer; i += 2) {
        const std::string key =
            std::to_string(writer) + "-" + std::to_string(i / 2 % keys_of_writer);
        const std::string data[2] = {std::to_string(i), std::to_string(i + 1)};
        engine::put_entry entries[2];
        engine::put_result results[2];
        for (int n = 0; n < 2; ++n) {
            entries[n] = {
                hash_key::of_partition_key(key), key, blob_view(std::string_view(data[n]))};
        }
        engine::journal_position at = 0;
        ASSERT_TRUE(kit.engine.put(s, entries, results, at));
    }
}

// Reads a shard to the end of everything, and checks order by key on the way.
std::size_t read_shard(
    engine_kit& kit, const engine::stream& s, engine::shard& shard, const std::atomic<bool>& done) {
    std::map<std::string, int> last_of_key;
    std::uint64_t position = 0;
    std::size_t count = 0;
    while (true) {
        const bool was_done = done;
        const instant now = kit.engine.now();
        const auto r = shard.read(position, 700, now, s.horizon(now));
        engine::page::cursor cursor(r.records);
        for (engine::record_view v; cursor.next(v); ++count) {
            const int value = std::atoi(std::string(v.data.as_text()).c_str());
            const auto [it, fresh] = last_of_key.try_emplace(std::string(*v.partition_key), -1);
            EXPECT_GT(value, it->second) << "out of order in key " << it->first;
            it->second = value;
        }
        if (r.records.size() == 0 && was_done) return count;
        position = r.next_position;
    }
}

TEST(concurrency, writers_and_readers_lose_nothing_and_keep_each_keys_order) {
    engine_kit kit;
    const auto s = kit.create("s", 8);
    const auto shards = s->shards();
    std::atomic<bool> done = false;
    std::atomic<std::size_t> seen = 0;

    std::vector<std::thread> reading;
    for (std::size_t i = 0; i < readers; ++i) {
        reading.emplace_back([&, i] {
            for (std::size_t n = i; n < shards.size(); n += readers) {
                seen += read_shard(kit, *s, *shards[n], done);
            }
        });
    }
    std::vector<std::thread> writing;
    for (int w = 0; w < writers; ++w) {
        writing.emplace_back([&, w] { write_records(kit, s, w); });
    }
    for (auto& t : writing) t.join();
    done = true;
    for (auto& t : reading) t.join();
    EXPECT_EQ(seen, static_cast<std::size_t>(writers) * records_of_writer);
}

TEST(concurrency, writers_lose_nothing_while_shards_split_and_merge) {
    engine_kit kit;
    const auto s = kit.create("s", 2);
    std::vector<std::thread> writing;
    for (int w = 0; w < 4; ++w) {
        writing.emplace_back([&, w] { write_records(kit, s, w); });
    }
    for (int i = 0; i < 20; ++i) {
        const auto open = open_shards(*s);
        const hash_range range = open.front()->birth().range;
        kit.split(
            s,
            open.front()->birth().id,
            {range.start.value + (range.end.value - range.start.value) / 2});
        const auto split = open_shards(*s);
        if (i % 3 == 2) kit.merge(s, split[0]->birth().id, split[1]->birth().id);
    }
    for (auto& t : writing) t.join();
    std::size_t found = 0;
    for (const auto& one : s->shards()) found += kit.read_all(*s, *one).size();
    EXPECT_EQ(found, 4U * records_of_writer);
}

}  // namespace
}  // namespace kinetide::testing
