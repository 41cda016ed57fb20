#include "table.hpp"

#include <algorithm>

#include "digest.hpp"

namespace kinetide::leases {
namespace {

json throughput_of(const table::facts& f) {
    json shown = f.throughput.is_null() ? json{{"ReadCapacityUnits", 0}, {"WriteCapacityUnits", 0}}
                                        : f.throughput;
    shown["NumberOfDecreasesToday"] = 0;
    return shown;
}

json key_elements(const key_schema& keys) {
    json shown = json::array({{{"AttributeName", keys.hash.name}, {"KeyType", "HASH"}}});
    if (keys.range) {
        shown.push_back({{"AttributeName", keys.range->name}, {"KeyType", "RANGE"}});
    }
    return shown;
}

json described_index(const table::index& i, const table::facts& f) {
    json shown{
        {"IndexName", i.name},
        {"IndexStatus", "ACTIVE"},
        {"KeySchema", key_elements(i.keys)},
        {"Projection", i.projection},
        {"IndexArn", f.arn + "/index/" + i.name},
        {"ItemCount", i.entries.size()},
        {"IndexSizeBytes", 0},
        {"ProvisionedThroughput", throughput_of(f)}};
    return shown;
}

}  // namespace

std::size_t table::hash_of_key::operator()(const item_key& key) const {
    return digest(key.range, digest(key.hash));
}

const table::index* table::find_index(std::string_view name) const {
    const auto found = std::find_if(
        indexes_.begin(), indexes_.end(), [&](const index& i) { return i.name == name; });
    return found == indexes_.end() ? nullptr : &*found;
}

value table::find(const item_key& key) const {
    const auto found = by_hash_.find(key);
    return found == by_hash_.end() ? value() : (*found)->second.top();
}

void table::put(const item_key& key, document item) {
    const auto found = by_hash_.find(key);
    if (found == by_hash_.end()) {
        items::value_type& made = *items_.try_emplace(key, std::move(item)).first;
        by_hash_.insert(&made);
        return enter(made);
    }
    items::value_type& there = **found;
    const bool moves = std::any_of(indexes_.begin(), indexes_.end(), [&](const index& i) {
        return !same_key(i.keys, there.second.top(), item.top());
    });
    if (moves) leave(there);
    there.second = std::move(item);
    if (moves) enter(there);
}

void table::erase(const item_key& key) {
    const auto found = items_.find(key);
    if (found == items_.end()) return;
    leave(*found);
    by_hash_.erase(&*found);
    items_.erase(found);
}

void table::enter(const items::value_type& one) {
    for (index& i : indexes_) {
        if (auto key = key_if_any(i.keys, one.second.top())) {
            i.entries.emplace(std::pair(std::move(*key), one.first), &one.second);
        }
    }
}

void table::leave(const items::value_type& one) {
    for (index& i : indexes_) {
        if (auto key = key_if_any(i.keys, one.second.top())) {
            i.entries.erase(std::pair(std::move(*key), one.first));
        }
    }
}

void table::add_index(index made, value definitions) {
    for (const value given : definitions) {
        const json one = given.to_json();
        const auto known = [&](const json& list) {
            return std::find(list.begin(), list.end(), one) != list.end();
        };
        if (!known(facts_.definitions) && !known(definitions_of_indexes_)) {
            definitions_of_indexes_.push_back(one);
        }
    }
    for (const auto& one : items_) {
        if (auto key = key_if_any(made.keys, one.second.top())) {
            made.entries.emplace(std::pair(std::move(*key), one.first), &one.second);
        }
    }
    indexes_.push_back(std::move(made));
}

void table::erase_index(std::string_view name) {
    std::erase_if(indexes_, [&](const index& i) { return i.name == name; });
}

json table::described() const {
    std::size_t bytes = 0;
    for (const auto& [key, item] : items_) bytes += item_bytes(item.top());
    json definitions = facts_.definitions;
    definitions.insert(
        definitions.end(), definitions_of_indexes_.begin(), definitions_of_indexes_.end());
    constexpr double ms_per_s = 1000;
    json shown{
        {"TableName", facts_.name},
        {"TableStatus", "ACTIVE"},
        {"TableArn", facts_.arn},
        {"TableId", facts_.id},
        {"CreationDateTime", static_cast<double>(facts_.created.ms) / ms_per_s},
        {"ItemCount", items_.size()},
        {"TableSizeBytes", bytes},
        {"KeySchema", facts_.key_schema_given},
        {"AttributeDefinitions", std::move(definitions)},
        {"ProvisionedThroughput", throughput_of(facts_)},
        {"DeletionProtectionEnabled", facts_.protected_from_deletion}};
    if (facts_.throughput.is_null()) {
        shown["BillingModeSummary"] = {{"BillingMode", "PAY_PER_REQUEST"}};
    }
    for (const index& i : indexes_) {
        shown["GlobalSecondaryIndexes"].push_back(described_index(i, facts_));
    }
    return shown;
}

}  // namespace kinetide::leases
