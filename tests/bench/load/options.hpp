// What the command line asks for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "link.hpp"

namespace kinetide::load {

struct options {
    std::uint16_t port = 0;
    bool tls = false;
    bool http2 = false;
    unsigned connections = 16;
    unsigned streams = 1;  // at once on each connection

    std::string scenario;
    std::string path = "/";
    std::string stream = "bench";
    std::vector<std::string> iterators;  // connections take them in turn
    unsigned records = 1;                // in a put; in a page, as its Limit and what must come
    unsigned record_bytes = 1024;
    bool cbor = false;
    bool fixed = false;  // the answer is always the same text: numbers do not rise

    double seconds = 3;
    double warmup_seconds = 1;
    double patience_seconds = 30;  // for the last answers
    std::uint64_t requests = 0;    // end after so many, all of which count; 0: by time
    unsigned burst = 0;    // ask for so many, then rest until it's time for the next; 0: never
    double burst_ms = 30;  // from the beginning of one to that of the next
    double rate = 500;     // of puts a second, for the latency
    unsigned idle = 0;     // connections that were used once and are silent
    std::string consumer;  // whose subscription, by ARN
    std::string shard = "shardId-000000000000";
    std::vector<int> processes;  // of the server, for its CPU time and memory

    [[nodiscard]] security secured() const {
        if (!tls) return security::plain;
        return http2 ? security::tls_http2 : security::tls_http1;
    }
};

}  // namespace kinetide::load
