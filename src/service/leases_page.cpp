#include "leases_page.hpp"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "answers.hpp"

namespace kinetide::service {
namespace {

using json = nlohmann::json;
using stream_list = std::vector<std::shared_ptr<engine::stream>>;

// The content of an attribute that is a text or a number; empty when there is none.
std::string attribute(const json& item, const char* name) {
    const auto found = item.find(name);
    if (found == item.end() || !found->front().is_string()) return {};
    return found->front().get<std::string>();
}

struct lease {
    const json* item = nullptr;
    std::optional<shard_id> shard;
    std::string checkpoint;
    std::optional<sequence_number> number;  // when the checkpoint is one
};

// What is no lease (a lock, a worker's metrics, the state of a migration) names no shard.
std::optional<lease> lease_of(const json& item) {
    const std::string own = attribute(item, "shardId");  // where leases of many streams are kept
    const std::string shard = own.empty() ? attribute(item, "leaseKey") : own;
    if (!shard.starts_with("shardId-")) return std::nullopt;
    lease l{&item, shard_id::parse(shard), attribute(item, "checkpoint"), {}};
    if (!l.shard || l.checkpoint.empty()) return std::nullopt;
    const auto parsed = parse_sequence_number(l.checkpoint);
    if (parsed && parsed->version == 2) l.number = parsed->number;
    return l;
}

// Where one application reads many streams, each lease names its own: account:stream:creation.
std::string named_stream(const json& item) {
    const std::string whole = attribute(item, "streamName");
    const auto start = whole.find(':') + 1;
    return whole.substr(start, whole.rfind(':') - start);
}

// Whether the lease may be of this stream: it has that shard, and the record of the checkpoint.
// Only streams that were made in the same second can have one number twice.
bool may_be_of(const lease& l, const engine::stream& stream) {
    const auto shard = stream.find_shard(*l.shard);
    // One that ended long ago has younger ones after it.
    if (shard == nullptr) return !l.number && !stream.shards(*l.shard).empty();
    const std::string start = attribute(*l.item, "startingHashKey");
    const std::string end = attribute(*l.item, "endingHashKey");
    const hash_range& range = shard->birth().range;
    if (!start.empty() && start != to_decimal(range.start.value)) return false;
    if (!end.empty() && end != to_decimal(range.end.value)) return false;
    return !l.number || shard->has_issued(*l.number);
}

bool may_be_of(const std::vector<lease>& all, const engine::stream& stream) {
    const auto has_shard = [&](const lease& l) { return stream.find_shard(*l.shard) != nullptr; };
    const auto fits = [&](const lease& l) { return may_be_of(l, stream); };
    return std::any_of(all.begin(), all.end(), has_shard) &&
           std::all_of(all.begin(), all.end(), fits);
}

// The one stream that all leases of an application may be of; nullptr when there are more.
std::shared_ptr<engine::stream> stream_of(
    const std::vector<lease>& all, const stream_list& streams) {
    std::shared_ptr<engine::stream> found;
    for (const auto& stream : streams) {
        if (!may_be_of(all, *stream)) continue;
        if (found != nullptr) return nullptr;
        found = stream;
    }
    return found;
}

// Where a worker that has this checkpoint reads on; nothing when it reads no more, or nobody knows.
std::optional<std::uint64_t> position_of(
    const lease& l, const engine::shard& shard, instant horizon) {
    const std::uint64_t oldest = shard.position_at(horizon);
    if (l.number) return std::max(shard.position_at(*l.number, true), oldest);
    if (l.checkpoint == "TRIM_HORIZON") return oldest;
    return std::nullopt;
}

void add_lag(const lease& l, const engine::stream& stream, instant now, json& shown) {
    shown["stream"] = stream.id().name;
    const auto shard = stream.find_shard(*l.shard);
    if (shard == nullptr) return;
    const instant horizon = stream.horizon(now);
    const auto position = position_of(l, *shard, horizon);
    if (!position) return;
    engine::page_limits one;
    one.records = 1;
    const std::uint64_t end = shard->latest();
    shown["records_behind"] = end > *position ? end - *position : 0;
    // From the first record that is still to be read.
    const auto next = shard->peek(*position, one, now, horizon);
    engine::record_view first;
    const bool waits = engine::page::cursor(next.records).next(first);
    shown["milliseconds_behind"] = waits ? std::max<std::int64_t>(now.ms - first.arrival.ms, 0) : 0;
}

json shown(const lease& l) {
    const std::string worker = attribute(*l.item, "leaseOwner");
    return {
        {"shard", l.shard->text()},
        {"worker", worker.empty() ? json() : json(worker)},
        {"checkpoint", l.checkpoint},
        {"sub_sequence", attribute(*l.item, "checkpointSubSequenceNumber")}};
}

json application_of(const leases::table_view& table, const engine::engine& e) {
    const engine::tenant_id tenant{table.owner.account_id, table.owner.region};
    std::vector<lease> all;
    for (const json& item : table.items) {
        if (auto l = lease_of(item)) all.push_back(std::move(*l));
    }
    const auto common = stream_of(all, e.list(tenant, {}, e.stream_count()));
    json list = json::array();
    for (const lease& l : all) {
        json one = shown(l);
        const std::string named = named_stream(*l.item);
        const auto stream = named.empty() ? common : e.find(tenant, named);
        if (stream != nullptr) add_lag(l, *stream, e.now(), one);
        list.push_back(std::move(one));
    }
    return {
        {"application", table.name},
        {"account_id", tenant.account_id},
        {"region", tenant.region},
        {"leases", std::move(list)}};
}

}  // namespace

std::optional<http::response> leases_page::answer(const visit& v) {
    if (v.asked.method != "GET" && v.asked.method != "HEAD") return std::nullopt;
    if (v.asked.target != "/_kinetide/leases") return std::nullopt;
    json applications = json::array();
    for (const leases::table_view& table : store_.tables_keyed_by("leaseKey")) {
        applications.push_back(application_of(table, engine_));
    }
    http::response out;
    out.fields.emplace_back("Content-Type", content_type_plain_json);
    out.body = json{{"applications", std::move(applications)}}.dump(2) + "\n";
    return out;
}

}  // namespace kinetide::service
