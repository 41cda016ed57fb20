#include "catalog.hpp"

#include <utility>

namespace kinetide::leases {

std::shared_ptr<table> catalog::find(const owner& whose, std::string_view name) const {
    const base::read_guard lock(mutex_);
    const auto tables = tables_.find(whose);
    if (tables == tables_.end()) return nullptr;
    const auto found = tables->second.find(name);
    return found == tables->second.end() ? nullptr : found->second;
}

bool catalog::add(const owner& whose, std::shared_ptr<table> made) {
    const base::write_guard lock(mutex_);
    const std::string name = made->told().name;
    return tables_[whose].try_emplace(name, std::move(made)).second;
}

bool catalog::erase(const owner& whose, const table& one) {
    const base::write_guard lock(mutex_);
    const auto tables = tables_.find(whose);
    if (tables == tables_.end()) return false;
    const auto found = tables->second.find(one.told().name);
    if (found == tables->second.end() || found->second.get() != &one) return false;
    tables->second.erase(found);
    return true;
}

std::vector<std::pair<owner, std::shared_ptr<table>>> catalog::all() const {
    const base::read_guard lock(mutex_);
    std::vector<std::pair<owner, std::shared_ptr<table>>> out;
    for (const auto& [whose, tables] : tables_) {
        for (const auto& [name, one] : tables) out.emplace_back(whose, one);
    }
    return out;
}

}  // namespace kinetide::leases
