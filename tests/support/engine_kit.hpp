// The engine alone, on a clock that tests move: streams made, split and merged, records put and
// read without operations or codecs.
#pragma once

#include <kinetide/base/clock.hpp>
#include <kinetide/engine/engine.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kinetide::testing {

inline const engine::tenant_id test_tenant{"000000000000", "us-east-1"};

struct read_record {
    sequence_number number;
    instant arrival;
    std::string key;
    std::string data;
};

class engine_kit {
public:
    explicit engine_kit(engine::options o = {}, engine::journal_port* journal = nullptr);

    // A new stream that is ACTIVE.
    std::shared_ptr<engine::stream> create(const std::string& name, std::uint32_t shards);
    void remove(const std::shared_ptr<engine::stream>& s);

    engine::put_result put(
        const std::shared_ptr<engine::stream>& s, std::string_view key, std::string_view data);
    // By hash key instead of a key's MD5.
    engine::put_result put_at(
        const std::shared_ptr<engine::stream>& s, hash_key where, std::string_view data);

    void split(const std::shared_ptr<engine::stream>& s, shard_id parent, hash_key second_start);
    void merge(const std::shared_ptr<engine::stream>& s, shard_id low, shard_id high);

    // Every record from TRIM_HORIZON, in pages of `page_records`.
    std::vector<read_record> read_all(
        const engine::stream& s, engine::shard& from, std::uint64_t page_records = 1000) const;

    manual_clock clock{instant{1'800'000'000'000}};
    engine::journal_position answer_after = 0;
    engine::engine engine;
};

// Open shards in the order of their ranges.
std::vector<std::shared_ptr<engine::shard>> open_shards(const engine::stream& s);

}  // namespace kinetide::testing
