#include "idle_connections.hpp"

#include <sys/resource.h>

#include <stdexcept>
#include <string>

#include "client.hpp"
#include "poller.hpp"

namespace kinetide::load {
namespace {

void allow_descriptors(unsigned count) {
    rlimit most{};
    ::getrlimit(RLIMIT_NOFILE, &most);
    most.rlim_cur = most.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &most);
    constexpr unsigned others = 1'000;
    if (most.rlim_cur < count + others) {
        throw std::runtime_error(
            "so many connections want ulimit -n " + std::to_string(count + others));
    }
}

}  // namespace

idle_connections::idle_connections(const options& o) {
    if (o.idle == 0) return;
    allow_descriptors(o.idle);
    const request once("/", kinesis, "ListStreams", "{}");
    for (unsigned i = 0; i < o.idle; ++i) {
        all_.push_back(connect(o.port, security::plain));
        link& l = *all_.back();
        std::string_view rest = once.message();
        while (!rest.empty()) rest.remove_prefix(l.send(rest));
        char first = 0;
        while (l.receive(&first, 1) == 0) {
        }
        char more[4'096];
        l.receive(more, sizeof more);
    }
}

}  // namespace kinetide::load
