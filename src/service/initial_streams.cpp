#include "initial_streams.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <variant>

#include <kinetide/base/log.hpp>
#include <kinetide/operations/operation.hpp>

namespace kinetide::service {
namespace {

struct creation {
    std::string_view name;
    std::int32_t shards = 0;

    static constexpr auto shape() {
        return wire::structure(
            wire::member("StreamName", &creation::name),
            wire::member("ShardCount", &creation::shards));
    }
};

const operations::operation& create_stream() {
    const auto all = operations::all();
    return *std::find_if(all.begin(), all.end(), [](const operations::operation& op) {
        return op.name == "CreateStream";
    });
}

// Empty when it was created.
std::string problem_of(const operations::outcome& out) {
    if (const auto* no = std::get_if<refusal>(&out)) {
        return std::string(no->code) + ": " + no->message;
    }
    if (const auto* failed = std::get_if<wire::failure>(&out)) return failed->message;
    return {};
}

}  // namespace

void create_initial_streams(
    engine::engine& e,
    const engine::tenant_id& defaults,
    const std::vector<initial_stream>& streams) {
    for (const initial_stream& s : streams) {
        engine::tenant_id owner = defaults;
        if (!s.region.empty()) owner.region = s.region;
        std::string body;
        wire::encode(wire::form::json, creation{s.name, s.shards}, body);
        e.run_due();  // as before any request: a stream may be there at once
        const operations::operation& op = create_stream();
        // Nobody is to wait at start: the rate of calls is for clients.
        operations::call c{e, owner, op.name, operations::without_rate, e.now()};
        wire::arena memory;
        const std::string problem = problem_of(op.run(wire::form::json, body, memory, c));
        if (!problem.empty()) {
            throw std::runtime_error("stream " + s.name + " cannot be created: " + problem);
        }
        log::info(
            "created stream " + s.name + " in " + owner.region +
            ", shards: " + std::to_string(s.shards));
    }
}

}  // namespace kinetide::service
