// Bodies of puts to typed values, and their answers to bytes.  The bound is reading the bytes once.

#include <benchmark/benchmark.h>

#include <variant>

#include "samples.hpp"

namespace kinetide::bench {
namespace {

json record() {
    return {
        {"PartitionKey", "pk-0123456789abcdef"},
        {"Data", testing::base64(random_bytes(record_bytes))}};
}

std::string body_of(wire::form f, std::int64_t records) {
    json body = {{"StreamName", "orders"}};
    if (records == 1) {
        body.update(record());
    } else {
        body["Records"] = json::array();
        for (std::int64_t i = 0; i < records; ++i) body["Records"].push_back(record());
    }
    return testing::encoded(f, body);
}

template <class Input>
void decode(benchmark::State& state, wire::form f) {
    const std::string body = body_of(f, state.range(0));
    wire::arena memory;
    for (auto _ : state) {
        memory.reset();
        auto decoded = wire::decode<Input>(f, body, memory);
        if (decoded.index() != 0) state.SkipWithError("not decoded");
        benchmark::DoNotOptimize(decoded);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}

void decode_put(benchmark::State& state, wire::form f) {
    if (state.range(0) == 1) {
        decode<put_one>(state, f);
    } else {
        decode<put_many>(state, f);
    }
}

BENCHMARK_CAPTURE(decode_put, json, wire::form::json)->Arg(1)->Arg(10)->Arg(500);
BENCHMARK_CAPTURE(decode_put, cbor, wire::form::cbor)->Arg(1)->Arg(10)->Arg(500);

void encode_answer(benchmark::State& state, wire::form f) {
    put_results answer;
    for (std::int64_t i = 0; i < state.range(0); ++i) {
        const shard_id shard{static_cast<std::uint32_t>(i % 64)};
        const auto counter = static_cast<std::uint64_t>(1'000 + i);
        answer.results.push_back({{1'800'000'000, counter, 1'800'000'001, shard}, shard});
    }
    std::string out;
    for (auto _ : state) {
        out.clear();
        wire::encode(f, answer, out);
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
}

BENCHMARK_CAPTURE(encode_answer, json, wire::form::json)->Arg(1)->Arg(10)->Arg(500);
BENCHMARK_CAPTURE(encode_answer, cbor, wire::form::cbor)->Arg(1)->Arg(10)->Arg(500);

void bound_read(benchmark::State& state) {
    const std::string body = body_of(wire::form::json, 500);
    for (auto _ : state) {
        benchmark::DoNotOptimize(body.find('\x01'));  // which is not in it
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}

BENCHMARK(bound_read);

}  // namespace
}  // namespace kinetide::bench
