// Records into shards.  The bounds are copying them to memory that was used before, and to fresh
// memory, which is what a growing log has.

#include <benchmark/benchmark.h>
#include <sys/mman.h>

#include <cstring>
#include <memory>

#include "samples.hpp"
#include "support/engine_kit.hpp"

namespace kinetide::bench {
namespace {

constexpr std::size_t batch = 500;
constexpr std::size_t batch_bytes = batch * record_bytes;
constexpr int batches_before_renewal = 1000;  // 500 MB

// A new stream now and then, of a new engine or, with memory that is kept, of the same.
void append(benchmark::State& state, bool keeps_memory) {
    const auto shards = static_cast<std::uint32_t>(state.range(0));
    const std::string data = random_bytes(record_bytes);
    const auto all = keys(batch);
    std::vector<engine::put_entry> entries;
    for (const std::string& key : all) {
        entries.push_back({hash_key::of_partition_key(key), key, blob_view(data)});
    }
    std::vector<engine::put_result> results(batch);
    std::unique_ptr<testing::engine_kit> kit;
    std::shared_ptr<engine::stream> stream;
    int puts = batches_before_renewal;
    for (auto _ : state) {
        if (puts++ == batches_before_renewal) {
            state.PauseTiming();
            if (stream) kit->remove(stream);
            stream.reset();
            if (!kit || !keeps_memory) {
                kit = std::make_unique<testing::engine_kit>();
                if (keeps_memory) kit->engine.keep_spare_memory([] {});
            }
            stream = kit->create("orders", shards);
            puts = 0;
            state.ResumeTiming();
        }
        auto copy = entries;
        kit->engine.put(stream, copy, results, kit->answer_after);
        benchmark::DoNotOptimize(results.data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(batch));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(batch_bytes));
}

void append_to_fresh_memory(benchmark::State& state) { append(state, false); }
void append_to_spare_memory(benchmark::State& state) { append(state, true); }

void bound_copy_to_used_memory(benchmark::State& state) {
    const std::string data = random_bytes(batch_bytes);
    std::string out(batch_bytes, '\0');
    for (auto _ : state) {
        std::memcpy(out.data(), data.data(), batch_bytes);
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(batch_bytes));
}

void bound_copy_to_fresh_memory(benchmark::State& state) {
    const std::string data = random_bytes(batch_bytes);
    for (auto _ : state) {
        void* const fresh = ::mmap(
            nullptr, batch_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (fresh == MAP_FAILED) {
            state.SkipWithError("no memory");
            break;
        }
        std::memcpy(fresh, data.data(), batch_bytes);
        benchmark::ClobberMemory();
        ::munmap(fresh, batch_bytes);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(batch_bytes));
}

// Larger than any cache.
void bound_memory_bandwidth(benchmark::State& state) {
    constexpr std::size_t size = std::size_t{256} << 20U;
    const std::string data(size, 'x');
    std::string out(size, '\0');
    for (auto _ : state) {
        std::memcpy(out.data(), data.data(), size);
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(size));
}

BENCHMARK(append_to_fresh_memory)->Arg(1)->Arg(64);
BENCHMARK(append_to_spare_memory)->Arg(1)->Arg(64);
BENCHMARK(bound_copy_to_used_memory);
BENCHMARK(bound_copy_to_fresh_memory);
BENCHMARK(bound_memory_bandwidth);

}  // namespace
}  // namespace kinetide::bench
