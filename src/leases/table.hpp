// A table: its items in the order of their keys, and its indexes beside them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <kinetide/base/mutex.hpp>
#include <kinetide/leases/store.hpp>

#include "keys.hpp"

namespace kinetide::leases {

class table {
public:
    using items = std::map<item_key, document>;

    // The items that have its key, and no others.
    struct index {
        std::string name;
        key_schema keys;
        json projection;
        // By its key and then the table's.  An item stays where it is while it is in the table.
        std::map<std::pair<item_key, item_key>, const document*> entries;
    };

    // What CreateTable says of a table and DescribeTable repeats.
    struct facts {
        std::string name;
        std::string arn;
        std::string id;
        instant created;
        key_schema keys;
        json definitions;
        json key_schema_given;
        json throughput;  // of a provisioned table, else null
        bool protected_from_deletion = false;
    };

    explicit table(facts f) : facts_(std::move(f)) {}

    // Everything below wants it.
    base::mutex mutex;

    [[nodiscard]] const facts& told() const { return facts_; }  // it never changes
    [[nodiscard]] const items& all() const REQUIRES(mutex) { return items_; }
    [[nodiscard]] const std::vector<index>& indexes() const REQUIRES(mutex) { return indexes_; }
    [[nodiscard]] const index* find_index(std::string_view name) const REQUIRES(mutex);

    // None when there is none.
    [[nodiscard]] value find(const item_key& key) const REQUIRES(mutex);
    // An index is left alone where the item had the same place: a renewal moves a counter, and no
    // lease within an index.
    void put(const item_key& key, document item) REQUIRES(mutex);
    void erase(const item_key& key) REQUIRES(mutex);

    // Another definition of an attribute is kept beside the ones there are.
    void add_index(index made, value definitions) REQUIRES(mutex);
    void erase_index(std::string_view name) REQUIRES(mutex);

    // As DescribeTable shows it.
    [[nodiscard]] json described() const REQUIRES(mutex);

private:
    struct hash_of_key {
        using is_transparent = void;
        std::size_t operator()(const item_key& key) const;
        std::size_t operator()(const items::value_type* one) const { return (*this)(one->first); }
    };
    struct same_item {
        using is_transparent = void;
        bool operator()(const items::value_type* a, const items::value_type* b) const {
            return a == b;
        }
        bool operator()(const item_key& a, const items::value_type* b) const {
            return a == b->first;
        }
    };

    // In all indexes.
    void enter(const items::value_type& one) REQUIRES(mutex);
    void leave(const items::value_type& one) REQUIRES(mutex);

    const facts facts_;
    items items_ GUARDED_BY(mutex);
    // The same by hash: ten thousand keys in order are a dozen places in memory away.
    std::unordered_set<items::value_type*, hash_of_key, same_item> by_hash_ GUARDED_BY(mutex);
    std::vector<index> indexes_ GUARDED_BY(mutex);
    json definitions_of_indexes_ GUARDED_BY(mutex) = json::array();
};

}  // namespace kinetide::leases
