#include <kinetide/model/arn.hpp>
#include <kinetide/operations/shapes.hpp>

namespace kinetide::operations {

shard_shape describe(const engine::shard& s) {
    const engine::shard_birth& birth = s.birth();
    shard_shape out;
    out.id = birth.id;
    out.parent = birth.parent;
    out.adjacent_parent = birth.adjacent_parent;
    out.hash_range = {birth.range.start, birth.range.end};
    out.numbers.start = s.starting_number();
    if (const auto closing = s.closing()) out.numbers.end = s.ending_number(*closing);
    return out;
}

std::vector<child_shard_shape> describe_children(const engine::stream& s, shard_id parent) {
    std::vector<child_shard_shape> out;
    for (const auto& child : s.children_of(parent)) {
        const engine::shard_birth& birth = child->birth();
        child_shard_shape one;
        one.id = birth.id;
        one.parents.push_back(*birth.parent);
        if (birth.adjacent_parent) one.parents.push_back(*birth.adjacent_parent);
        one.hash_range = {birth.range.start, birth.range.end};
        out.push_back(std::move(one));
    }
    return out;
}

std::string arn_of(const engine::stream_id& s) {
    stream_arn arn;
    arn.partition = partition_of(s.tenant.region);
    arn.region = s.tenant.region;
    arn.account_id = s.tenant.account_id;
    arn.stream_name = s.name;
    return arn.text();
}

instant shown_creation(const engine::stream& s) { return {s.created().seconds() * 1000}; }

stream_facts describe(const engine::stream& s, const engine::stream_state& now) {
    stream_facts out;
    out.name = s.id().name;
    out.arn = arn_of(s.id());
    out.status = now.status;
    out.mode = {now.settings.mode};
    out.retention_hours = now.settings.retention_hours;
    out.created = shown_creation(s);
    out.monitoring.push_back({metrics_in(now.settings.metrics)});
    out.encryption = now.settings.encryption;
    if (out.encryption == engine::encryption_type::kms) out.key_id = now.settings.key_id;
    return out;
}

std::vector<shard_metric> metrics_in(engine::metric_set set) {
    std::vector<shard_metric> metrics;
    for (std::size_t i = 0; i < engine::metric_set::size; ++i) {
        if ((set.bits >> i & 1U) != 0) metrics.push_back(static_cast<shard_metric>(i));
    }
    return metrics;
}

}  // namespace kinetide::operations
