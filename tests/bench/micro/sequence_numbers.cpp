// Sequence numbers to text and back.

#include <benchmark/benchmark.h>

#include <kinetide/model/sequence_number.hpp>

#include "samples.hpp"

namespace kinetide::bench {
namespace {

const sequence_number sample{1'800'000'000, 123'456, 1'800'000'777, {42}};

void sequence_number_to_text(benchmark::State& state) {
    sequence_number n = sample;
    char out[sequence_number::text_bytes_max];
    for (auto _ : state) {
        ++n.counter;
        benchmark::DoNotOptimize(n.write_text(out));
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations());
}

void sequence_number_from_text(benchmark::State& state) {
    const std::string text = sample.text();
    for (auto _ : state) benchmark::DoNotOptimize(parse_sequence_number(text));
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(sequence_number_to_text);
BENCHMARK(sequence_number_from_text);

}  // namespace
}  // namespace kinetide::bench
