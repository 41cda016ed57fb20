// The metrics that Kinesis itself has: of streams, of their shards, and of their consumers.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <kinetide/base/clock.hpp>
#include <kinetide/engine/change.hpp>
#include <kinetide/metrics/metric.hpp>
#include <kinetide/metrics/metric_store.hpp>
#include <kinetide/model/shard_id.hpp>

namespace kinetide::service {

enum class stream_metric : std::uint8_t {
    get_bytes,
    get_iterator_age,
    get_latency,
    get_records,
    get_success,
    incoming_bytes,
    incoming_records,
    put_record_bytes,
    put_record_latency,
    put_record_success,
    put_records_bytes,
    put_records_latency,
    put_records_records,
    put_records_success,
    put_records_total,
    put_records_successful,
    put_records_failed,
    put_records_throttled,
    read_exceeded,
    write_exceeded
};
inline constexpr std::size_t stream_metric_count = 20;

// In the order of engine::metric_set's bits.
enum class shard_metric : std::uint8_t {
    incoming_bytes,
    incoming_records,
    outgoing_bytes,
    outgoing_records,
    write_exceeded,
    read_exceeded,
    iterator_age
};
inline constexpr std::size_t shard_metric_count = engine::metric_set::size;

enum class consumer_metric : std::uint8_t {
    rate_exceeded,
    success,
    event_bytes,
    event_millis_behind,
    event_records,
    event_success
};
inline constexpr std::size_t consumer_metric_count = 6;

// A value for each name of an enumeration above.
template <class Name, std::size_t Size>
class aggregates {
public:
    void add(Name n, double value) { all_[static_cast<std::size_t>(n)].add(value); }
    void add(Name n, std::int64_t value) { add(n, static_cast<double>(value)); }
    void clear() { all_ = {}; }
    [[nodiscard]] bool empty() const { return all_ == decltype(all_){}; }
    [[nodiscard]] const std::array<metrics::aggregate, Size>& all() const { return all_; }

private:
    std::array<metrics::aggregate, Size> all_{};
};

// What one call did to one shard, while its records are gone through.
struct shard_tally {
    std::int64_t bytes = 0;
    std::int64_t records = 0;
    std::int64_t throttled = 0;
    bool touched = false;
};

struct shard_row {
    aggregates<shard_metric, shard_metric_count> values;
    shard_tally of_call;
};

using consumer_values = aggregates<consumer_metric, consumer_metric_count>;

// A stream's metrics of one minute, or of a part of it.
struct stream_row {
    engine::stream_id id;
    instant minute;  // that the values are of
    aggregates<stream_metric, stream_metric_count> values;
    std::map<shard_id, shard_row> shards;
    std::map<std::string, consumer_values, std::less<>> consumers;

    [[nodiscard]] bool empty() const;
    // Keeps its places for the next values; those that had none are given up.
    void clear();
};

inline constexpr std::string_view kinesis_namespace = "AWS/Kinesis";
inline constexpr std::string_view iterator_age_name = "GetRecords.IteratorAgeMilliseconds";

void store_row(const stream_row& row, metrics::metric_store& into);

}  // namespace kinetide::service
