#include "stream_metrics.hpp"

#include <algorithm>
#include <utility>

namespace kinetide::service {
namespace {

struct name_and_unit {
    std::string_view name;
    std::string_view unit;
};

constexpr std::array<name_and_unit, stream_metric_count> stream_names{{
    {"GetRecords.Bytes", "Bytes"},
    {iterator_age_name, "Milliseconds"},
    {"GetRecords.Latency", "Milliseconds"},
    {"GetRecords.Records", "Count"},
    {"GetRecords.Success", "Count"},
    {"IncomingBytes", "Bytes"},
    {"IncomingRecords", "Count"},
    {"PutRecord.Bytes", "Bytes"},
    {"PutRecord.Latency", "Milliseconds"},
    {"PutRecord.Success", "Count"},
    {"PutRecords.Bytes", "Bytes"},
    {"PutRecords.Latency", "Milliseconds"},
    {"PutRecords.Records", "Count"},
    {"PutRecords.Success", "Count"},
    {"PutRecords.TotalRecords", "Count"},
    {"PutRecords.SuccessfulRecords", "Count"},
    {"PutRecords.FailedRecords", "Count"},
    {"PutRecords.ThrottledRecords", "Count"},
    {"ReadProvisionedThroughputExceeded", "Count"},
    {"WriteProvisionedThroughputExceeded", "Count"},
}};

constexpr std::array<name_and_unit, shard_metric_count> shard_names{{
    {"IncomingBytes", "Bytes"},
    {"IncomingRecords", "Count"},
    {"OutgoingBytes", "Bytes"},
    {"OutgoingRecords", "Count"},
    {"WriteProvisionedThroughputExceeded", "Count"},
    {"ReadProvisionedThroughputExceeded", "Count"},
    {"IteratorAgeMilliseconds", "Milliseconds"},
}};

constexpr std::array<name_and_unit, consumer_metric_count> consumer_names{{
    {"SubscribeToShard.RateExceeded", "Count"},
    {"SubscribeToShard.Success", "Count"},
    {"SubscribeToShardEvent.Bytes", "Bytes"},
    {"SubscribeToShardEvent.MillisBehindLatest", "Milliseconds"},
    {"SubscribeToShardEvent.Records", "Count"},
    {"SubscribeToShardEvent.Success", "Count"},
}};

// Sorted, as a metric's dimensions are.
std::vector<metrics::dimension> of_stream(const std::string& stream) {
    return {{"StreamName", stream}};
}
std::vector<metrics::dimension> of_shard(const std::string& stream, shard_id shard) {
    return {{"ShardId", shard.text()}, {"StreamName", stream}};
}
std::vector<metrics::dimension> of_consumer(
    const std::string& stream, const std::string& consumer) {
    return {{"ConsumerName", consumer}, {"StreamName", stream}};
}

class storing {
public:
    storing(const engine::tenant_id& tenant, instant minute, metrics::metric_store& into)
        : of_{tenant.account_id, tenant.region}, minute_(minute), into_(into) {}

    template <std::size_t Size>
    void operator()(
        const std::array<name_and_unit, Size>& names,
        const std::array<metrics::aggregate, Size>& values,
        std::vector<metrics::dimension> dimensions) {
        metrics::metric what{std::string(kinesis_namespace), "", std::move(dimensions)};
        for (std::size_t i = 0; i < Size; ++i) {
            if (values[i].empty()) continue;
            what.name = names[i].name;
            into_.add(of_, what, metrics::unit_named(names[i].unit), minute_, values[i]);
        }
    }

private:
    const metrics::owner of_;
    const instant minute_;
    metrics::metric_store& into_;
};

}  // namespace

bool stream_row::empty() const {
    return values.empty() &&
           std::all_of(
               shards.begin(),
               shards.end(),
               [](const auto& s) { return s.second.values.empty(); }) &&
           std::all_of(
               consumers.begin(), consumers.end(), [](const auto& c) { return c.second.empty(); });
}

void stream_row::clear() {
    std::erase_if(shards, [](const auto& s) { return s.second.values.empty(); });
    std::erase_if(consumers, [](const auto& c) { return c.second.empty(); });
    values.clear();
    for (auto& [shard, row] : shards) row.values.clear();
    for (auto& [name, c] : consumers) c.clear();
}

void store_row(const stream_row& row, metrics::metric_store& into) {
    storing store(row.id.tenant, row.minute, into);
    store(stream_names, row.values.all(), of_stream(row.id.name));
    for (const auto& [id, s] : row.shards) {
        store(shard_names, s.values.all(), of_shard(row.id.name, id));
    }
    for (const auto& [name, c] : row.consumers) {
        store(consumer_names, c.all(), of_consumer(row.id.name, name));
    }
}

}  // namespace kinetide::service
