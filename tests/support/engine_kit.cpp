#include "support/engine_kit.hpp"

#include <algorithm>

namespace kinetide::testing {

engine_kit::engine_kit(engine::options o, engine::journal_port* journal)
    : engine(o, clock, journal) {}

std::shared_ptr<engine::stream> engine_kit::create(const std::string& name, std::uint32_t shards) {
    {
        const auto control = engine.control();
        engine::stream_created c;
        c.stream = {test_tenant, name, engine.next_generation(control, test_tenant)};
        c.at = engine.now();
        c.settles_at = c.at;
        c.shard_count = shards;
        engine.commit(control, c, answer_after);
    }
    engine.run_due();
    return engine.find(test_tenant, name);
}

void engine_kit::remove(const std::shared_ptr<engine::stream>& s) {
    {
        const auto control = engine.control();
        engine.commit(control, engine::stream_deleting{s->id(), engine.now()}, answer_after);
    }
    engine.run_due();
}

engine::put_result engine_kit::put(
    const std::shared_ptr<engine::stream>& s, std::string_view key, std::string_view data) {
    engine::put_entry e{hash_key::of_partition_key(key), key, blob_view(data)};
    engine::put_result r;
    engine.put(s, {&e, 1}, {&r, 1}, answer_after);
    return r;
}

engine::put_result engine_kit::put_at(
    const std::shared_ptr<engine::stream>& s, hash_key where, std::string_view data) {
    engine::put_entry e{where, "k", blob_view(data)};
    engine::put_result r;
    engine.put(s, {&e, 1}, {&r, 1}, answer_after);
    return r;
}

void engine_kit::split(
    const std::shared_ptr<engine::stream>& s, shard_id parent, hash_key second_start) {
    const auto control = engine.control();
    const hash_range whole = s->find_shard(parent)->birth().range;
    const std::vector<hash_range> halves{
        {whole.start, {second_start.value - 1}}, {second_start, whole.end}};
    engine.commit(control, engine.plan_reshard(control, *s, {{{parent}, halves}}), answer_after);
}

void engine_kit::merge(const std::shared_ptr<engine::stream>& s, shard_id low, shard_id high) {
    const auto control = engine.control();
    const hash_range whole{
        s->find_shard(low)->birth().range.start, s->find_shard(high)->birth().range.end};
    engine.commit(
        control, engine.plan_reshard(control, *s, {{{low, high}, {whole}}}), answer_after);
}

std::vector<read_record> engine_kit::read_all(
    const engine::stream& s, engine::shard& from, std::uint64_t page_records) const {
    std::vector<read_record> all;
    std::uint64_t position = 0;
    while (true) {
        const instant now = engine.now();
        const engine::read_result r = from.read(position, page_records, now, s.horizon(now));
        engine::page::cursor cursor(r.records);
        for (engine::record_view v; cursor.next(v);) {
            all.push_back(
                {v.number,
                 v.arrival,
                 std::string(v.partition_key.value_or("")),
                 std::string(v.data.as_text())});
        }
        if (r.records.size() == 0) return all;
        position = r.next_position;
    }
}

std::vector<std::shared_ptr<engine::shard>> open_shards(const engine::stream& s) {
    auto open = s.shards();
    std::erase_if(open, [](const auto& one) { return one->closing().has_value(); });
    std::sort(open.begin(), open.end(), [](const auto& a, const auto& b) {
        return a->birth().range.start < b->birth().range.start;
    });
    return open;
}

}  // namespace kinetide::testing
