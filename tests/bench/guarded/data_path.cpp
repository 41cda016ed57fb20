// data_path --list | NAME: one request of the data path, often enough to count what it takes; the
// service without sockets.  Prints JSON: how many requests the counted function served, and what
// they took from the heap, operator new's and OpenSSL's.  tests/bench/guard runs it under
// callgrind.

#include <openssl/crypto.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/allocation_count.hpp"
#include "support/quiet_service.hpp"

namespace {

std::int64_t openssl_allocations = 0;

void* counted_malloc(std::size_t size, const char*, int) {
    ++openssl_allocations;
    return std::malloc(size);
}
void* counted_realloc(void* p, std::size_t size, const char*, int) {
    ++openssl_allocations;
    return std::realloc(p, size);
}
void given_back(void* p, const char*, int) { std::free(p); }

}  // namespace

// What callgrind counts, by this name.
extern "C" __attribute__((noinline)) void counted_requests(
    kinetide::testing::quiet_service& service,
    const std::vector<kinetide::testing::quiet_request>& all,
    int* failed) {
    for (const auto& r : all) {
        if (service.serve(r) != 200) ++*failed;
    }
}

namespace kinetide::testing {
namespace {

constexpr auto json_form = wire::form::json;
constexpr auto cbor_form = wire::form::cbor;

std::string random_data(std::size_t bytes) {
    static std::mt19937_64 chance(1);
    std::string data(bytes, '\0');
    for (char& c : data) c = static_cast<char>(chance());
    return base64(data);
}

json record(int number, std::size_t bytes = 1024) {
    return {
        {"PartitionKey", "pk-" + std::to_string(1'000'000 + number)}, {"Data", random_data(bytes)}};
}

quiet_request put(const quiet_service& s, int records) {
    static int number = 0;
    json body = {{"StreamName", "orders"}};
    if (records == 1) {
        body.update(record(++number));
        return s.request("PutRecord", body);
    }
    body["Records"] = json::array();
    for (int i = 0; i < records; ++i) body["Records"].push_back(record(++number));
    return s.request("PutRecords", body);
}

quiet_request get(quiet_service& s, const std::string& from, int limit) {
    return s.request(
        "GetRecords", {{"ShardIterator", s.iterator("orders", from)}, {"Limit", limit}});
}

struct scenario {
    std::string_view name;
    wire::form form;
    int shards;
    int stored;   // records there beforehand
    int repeats;  // of which as many go uncounted before
    quiet_request (*make)(quiet_service&);
};

constexpr scenario scenarios[] = {
    {"put1_json", json_form, 64, 0, 500, [](quiet_service& s) { return put(s, 1); }},
    {"put1_cbor", cbor_form, 64, 0, 500, [](quiet_service& s) { return put(s, 1); }},
    {"put10_json", json_form, 64, 0, 100, [](quiet_service& s) { return put(s, 10); }},
    {"put10_cbor", cbor_form, 64, 0, 100, [](quiet_service& s) { return put(s, 10); }},
    {"put500_json", json_form, 64, 0, 8, [](quiet_service& s) { return put(s, 500); }},
    {"put500_cbor", cbor_form, 64, 0, 8, [](quiet_service& s) { return put(s, 500); }},
    {"get100_json",
     json_form,
     1,
     100,
     50,
     [](quiet_service& s) { return get(s, "TRIM_HORIZON", 100); }},
    {"get100_cbor",
     cbor_form,
     1,
     100,
     50,
     [](quiet_service& s) { return get(s, "TRIM_HORIZON", 100); }},
    {"page_json",
     json_form,
     1,
     10'000,
     1,
     [](quiet_service& s) { return get(s, "TRIM_HORIZON", 10'000); }},
    {"tip_json", json_form, 1, 0, 500, [](quiet_service& s) { return get(s, "LATEST", 10'000); }},
};

int run(const scenario& what) {
    quiet_service service(what.form);
    service.create("orders", what.shards);
    int failed = 0;
    for (int i = 0; i < what.stored; i += 100) {
        if (service.serve(put(service, 100)) != 200) ++failed;
    }
    std::vector<quiet_request> before;
    std::vector<quiet_request> counted;
    for (int i = 0; i < what.repeats; ++i) {
        before.push_back(what.make(service));
        counted.push_back(what.make(service));
    }
    for (const auto& r : before) {
        if (service.serve(r) != 200) ++failed;
    }
    const std::int64_t already = allocations() + openssl_allocations;
    counted_requests(service, counted, &failed);
    const std::int64_t taken = allocations() + openssl_allocations - already;
    if (failed != 0) {
        std::fprintf(stderr, "error: %d requests were refused\n", failed);
        return 1;
    }
    std::printf(
        R"({"compiler":%d,"requests":%d,"allocations":%lld,"answer_bytes":%zu})"
        "\n",
        __GNUC__,
        what.repeats,
        static_cast<long long>(taken),
        service.answer_bytes());
    return 0;
}

}  // namespace
}  // namespace kinetide::testing

int main(int count, char** arguments) {
    CRYPTO_set_mem_functions(&counted_malloc, &counted_realloc, &given_back);
    const std::string_view asked = count > 1 ? arguments[1] : "--list";
    for (const auto& what : kinetide::testing::scenarios) {
        if (asked == "--list") std::puts(what.name.data());
        if (asked == what.name) return kinetide::testing::run(what);
    }
    return asked == "--list" ? 0 : 1;
}
