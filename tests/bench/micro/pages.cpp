// Records of a shard to a GetRecords answer and to an event, piece by piece as they are sent.  The
// bounds are copying the records and, for events, their check sum.

#include <benchmark/benchmark.h>
#include <zlib.h>

#include <kinetide/operations/record_output.hpp>

#include "samples.hpp"
#include "support/engine_kit.hpp"

namespace kinetide::bench {
namespace {

constexpr std::size_t piece_bytes = std::size_t{64} * 1024;

struct page_answer {
    std::int64_t millis_behind_latest = 0;
    operations::record_sequence records;
    static constexpr auto shape() {
        return wire::structure(
            wire::member("MillisBehindLatest", &page_answer::millis_behind_latest),
            wire::member("Records", &page_answer::records));
    }
};

class full_shard {
public:
    explicit full_shard(std::int64_t records) : stream_(kit_.create("orders", 1)) {
        for (std::int64_t i = 0; i < records; ++i) {
            kit_.put(stream_, "pk-0123456789abcdef", random_bytes(record_bytes));
        }
    }
    page_answer page() {
        const instant now = kit_.clock.now();
        auto read = stream_->find_shard({0})->read(0, 10'000, now, stream_->horizon(now));
        return {0, {std::move(read.records), true}};
    }

private:
    testing::engine_kit kit_;
    std::shared_ptr<engine::stream> stream_;
};

template <class Source>
std::int64_t drain(Source& source, std::string& out) {
    std::int64_t bytes = 0;
    for (bool more = true; more;) {
        out.clear();
        more = source.next(out, piece_bytes);
        benchmark::DoNotOptimize(out.data());
        bytes += static_cast<std::int64_t>(out.size());
    }
    return bytes;
}

void encode_page(benchmark::State& state, wire::form f) {
    full_shard shard(state.range(0));
    std::string out;
    std::int64_t bytes = 0;
    for (auto _ : state) {
        auto body = wire::encode_later(f, shard.page());
        bytes += drain(*body, out);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.SetBytesProcessed(bytes);
}

void event_frame(benchmark::State& state) {
    full_shard shard(state.range(0));
    std::string out;
    std::int64_t bytes = 0;
    for (auto _ : state) {
        wire::event_message event(
            wire::message_kind::event,
            "SubscribeToShardEvent",
            wire::encode_later(wire::form::json, shard.page()));
        bytes += drain(event, out);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.SetBytesProcessed(bytes);
}

void bound_check_sum(benchmark::State& state) {
    const std::string piece = random_bytes(piece_bytes);
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            crc32_z(0, reinterpret_cast<const unsigned char*>(piece.data()), piece.size()));
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(piece.size()));
}

BENCHMARK_CAPTURE(encode_page, json, wire::form::json)->Arg(100)->Arg(10'000);
BENCHMARK_CAPTURE(encode_page, cbor, wire::form::cbor)->Arg(100)->Arg(10'000);
BENCHMARK(event_frame)->Arg(10)->Arg(1'000);
BENCHMARK(bound_check_sum);

}  // namespace
}  // namespace kinetide::bench
