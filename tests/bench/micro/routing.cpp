// From partition keys to hash keys.  The bound is OpenSSL's MD5 of one block of 64 bytes a key, at
// the speed that it has on long input.

#include <benchmark/benchmark.h>
#include <openssl/evp.h>

#include <kinetide/model/hash_key.hpp>
#include <memory>
#include <vector>

#include "samples.hpp"

namespace kinetide::bench {
namespace {

constexpr std::size_t key_count = 500;

void md5_routing(benchmark::State& state) {
    const auto all = keys(key_count);
    for (auto _ : state) {
        for (const std::string& key : all) {
            benchmark::DoNotOptimize(hash_key::of_partition_key(key));
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(key_count));
}

void md5_routing_of_many(benchmark::State& state) {
    const auto all = keys(key_count);
    std::vector<hash_key> hashed(key_count);
    for (auto _ : state) {
        key_hasher hasher;
        for (std::size_t i = 0; i < key_count; ++i) hasher.add(all[i], hashed[i]);
        hasher.finish();
        benchmark::DoNotOptimize(hashed.data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(key_count));
}

struct freed {
    void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
    void operator()(EVP_MD* m) const { EVP_MD_free(m); }
};

void bound_md5(benchmark::State& state) {
    constexpr std::size_t block = 64;
    const std::string input = random_bytes(key_count * block);
    const std::unique_ptr<EVP_MD_CTX, freed> context(EVP_MD_CTX_new());
    const std::unique_ptr<EVP_MD, freed> md5(EVP_MD_fetch(nullptr, "MD5", nullptr));
    unsigned char out[EVP_MAX_MD_SIZE];
    for (auto _ : state) {
        EVP_DigestInit_ex2(context.get(), md5.get(), nullptr);
        EVP_DigestUpdate(context.get(), input.data(), input.size());
        EVP_DigestFinal_ex(context.get(), out, nullptr);
        benchmark::DoNotOptimize(out);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(key_count));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(input.size()));
}

BENCHMARK(md5_routing);
BENCHMARK(md5_routing_of_many);
BENCHMARK(bound_md5);

}  // namespace
}  // namespace kinetide::bench
