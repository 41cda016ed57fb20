// Base64 both ways, of a record and of a page, beside OpenSSL's and our plain one.  The bound is
// copying the text.

#include "wire/base64.hpp"

#include <benchmark/benchmark.h>
#include <openssl/evp.h>

#include <cstring>

#include "samples.hpp"

namespace kinetide::bench {
namespace {

const auto* bytes_of(const std::string& s) {
    return reinterpret_cast<const unsigned char*>(s.data());
}
auto* bytes_of(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }

// All count the bytes of data, not of text.
template <class Step>
void run(benchmark::State& state, Step step) {
    const std::string data = random_bytes(static_cast<std::size_t>(state.range(0)));
    const std::string text = testing::base64(data);
    std::string out(text.size() + 64, '\0');
    for (auto _ : state) {
        step(data, text, out);
        benchmark::DoNotOptimize(out.data());
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}

void base64_encode(benchmark::State& state) {
    run(state, [](const std::string& data, const std::string&, std::string& out) {
        wire::base64_encode(blob_view(data), out.data());
    });
}
void base64_encode_plain(benchmark::State& state) {
    run(state, [](const std::string& data, const std::string&, std::string& out) {
        wire::base64_parts::encode_scalar(bytes_of(data), data.size(), out.data());
    });
}
void base64_encode_openssl(benchmark::State& state) {
    run(state, [](const std::string& data, const std::string&, std::string& out) {
        EVP_EncodeBlock(bytes_of(out), bytes_of(data), static_cast<int>(data.size()));
    });
}
void base64_decode(benchmark::State& state) {
    run(state, [](const std::string&, const std::string& text, std::string& out) {
        wire::base64_decode(text, out.data());
    });
}
void base64_decode_plain(benchmark::State& state) {
    run(state, [](const std::string&, const std::string& text, std::string& out) {
        wire::base64_parts::decode_scalar(text.data(), text.size(), out.data());
    });
}
void base64_decode_openssl(benchmark::State& state) {
    run(state, [](const std::string&, const std::string& text, std::string& out) {
        EVP_DecodeBlock(bytes_of(out), bytes_of(text), static_cast<int>(text.size()));
    });
}
void bound_copy_text(benchmark::State& state) {
    run(state, [](const std::string&, const std::string& text, std::string& out) {
        std::memcpy(out.data(), text.data(), text.size());
    });
}

void sizes(benchmark::internal::Benchmark* b) { b->Arg(record_bytes)->Arg(500 * record_bytes); }

BENCHMARK(base64_encode)->Apply(sizes);
BENCHMARK(base64_encode_plain)->Apply(sizes);
BENCHMARK(base64_encode_openssl)->Apply(sizes);
BENCHMARK(base64_decode)->Apply(sizes);
BENCHMARK(base64_decode_plain)->Apply(sizes);
BENCHMARK(base64_decode_openssl)->Apply(sizes);
BENCHMARK(bound_copy_text)->Apply(sizes);

}  // namespace
}  // namespace kinetide::bench
