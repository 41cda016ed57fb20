// What the benchmarks work on: the same random bytes in every run, and the shapes of puts.
#pragma once

#include <kinetide/model/sequence_number.hpp>
#include <kinetide/model/shard_id.hpp>
#include <kinetide/wire/wire.hpp>
#include <random>
#include <string>
#include <vector>

#include "support/service_test.hpp"

namespace kinetide::bench {

using testing::json;

constexpr std::size_t record_bytes = 1024;

inline std::string random_bytes(std::size_t count) {
    static std::mt19937_64 chance(1);
    std::string bytes(count, '\0');
    for (char& c : bytes) c = static_cast<char>(chance());
    return bytes;
}

inline std::vector<std::string> keys(std::size_t count) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back("pk-" + std::to_string(1'000'000 + i));
    return all;
}

struct put_entry {
    std::string_view partition_key;
    blob_view data;
    static constexpr auto shape() {
        return wire::structure(
            wire::member("PartitionKey", &put_entry::partition_key, wire::length{1, 256}),
            wire::member("Data", &put_entry::data, wire::length{0, 10'485'760}));
    }
};

struct put_one {
    std::string_view stream;
    put_entry entry;
    static constexpr auto shape() {
        return wire::structure(
            wire::member("StreamName", &put_one::stream), wire::inline_members(&put_one::entry));
    }
};

struct put_many {
    std::string_view stream;
    wire::list<put_entry> records;
    static constexpr auto shape() {
        return wire::structure(
            wire::member("StreamName", &put_many::stream),
            wire::member("Records", &put_many::records, wire::count{1, 500}));
    }
};

struct put_result {
    sequence_number number;
    shard_id shard;
    static constexpr auto shape() {
        return wire::structure(
            wire::member("SequenceNumber", &put_result::number),
            wire::member("ShardId", &put_result::shard));
    }
};

struct put_results {
    std::int32_t failed = 0;
    std::vector<put_result> results;
    static constexpr auto shape() {
        return wire::structure(
            wire::member("FailedRecordCount", &put_results::failed),
            wire::member("Records", &put_results::results));
    }
};

}  // namespace kinetide::bench
