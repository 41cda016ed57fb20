#include <kinetide/engine/consumers.hpp>

#include <algorithm>

namespace kinetide::engine {

std::optional<consumer> consumer_table::find(std::string_view name) const {
    const base::read_guard lock(mutex_);
    const auto it = consumers_.find(name);
    if (it == consumers_.end()) return std::nullopt;
    return it->second;
}

std::vector<consumer> consumer_table::list(std::string_view after, std::size_t count_max) const {
    const base::read_guard lock(mutex_);
    std::vector<consumer> found;
    for (auto it = consumers_.upper_bound(after); it != consumers_.end(); ++it) {
        if (found.size() == count_max) break;
        found.push_back(it->second);
    }
    return found;
}

std::size_t consumer_table::size() const {
    const base::read_guard lock(mutex_);
    return consumers_.size();
}

std::size_t consumer_table::count(consumer_status s) const {
    const base::read_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::count_if(consumers_.begin(), consumers_.end(), [s](const auto& one) {
            return one.second.status == s;
        }));
}

instant consumer_table::next_creation(instant now) const {
    const base::read_guard lock(mutex_);
    return {std::max(now.seconds(), newest_gone_.seconds() + 1) * 1000};
}

std::optional<instant> consumer_table::next_due() const {
    const base::read_guard lock(mutex_);
    std::optional<instant> due;
    for (const auto& [name, one] : consumers_) {
        if (one.status == consumer_status::active) continue;
        if (!due || one.settles_at < *due) due = one.settles_at;
    }
    return due;
}

std::vector<std::string> consumer_table::settling_by(instant now) const {
    const base::read_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [name, one] : consumers_) {
        const bool settles = one.status != consumer_status::active && one.settles_at <= now;
        if (settles) names.push_back(name);
    }
    return names;
}

void consumer_table::apply(const consumer_registered& c) {
    const base::write_guard lock(mutex_);
    consumers_.insert_or_assign(
        c.name,
        consumer{
            c.name, c.created, consumer_status::creating, c.settles_at, c.tags, std::string()});
}

void consumer_table::apply(const consumer_deregistering& c) {
    const base::write_guard lock(mutex_);
    const auto it = consumers_.find(c.name);
    if (it == consumers_.end()) return;
    it->second.status = consumer_status::deleting;
    it->second.settles_at = c.settles_at;
}

void consumer_table::apply(const consumer_settled& c) {
    const base::write_guard lock(mutex_);
    const auto it = consumers_.find(c.name);
    if (it == consumers_.end()) return;
    if (it->second.status == consumer_status::deleting) {
        newest_gone_ = std::max(newest_gone_, it->second.created);
        consumers_.erase(it);
    } else {
        it->second.status = consumer_status::active;
    }
}

void consumer_table::set_tags(const std::string& name, const tag_list& tags) {
    const base::write_guard lock(mutex_);
    const auto it = consumers_.find(name);
    if (it != consumers_.end()) it->second.tags = tags;
}

void consumer_table::set_policy(const std::string& name, const std::string& policy) {
    const base::write_guard lock(mutex_);
    const auto it = consumers_.find(name);
    if (it != consumers_.end()) it->second.policy = policy;
}

}  // namespace kinetide::engine
